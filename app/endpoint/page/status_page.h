// app/endpoint/page/status_page.h - the status page as HTML: no script, nothing from elsewhere,
// every text escaped. Pure: a view in, a page out.
#pragma once

#include <string>
#include <string_view>

#include "app/endpoint/page/status_view.h"
#include "app/http/message.h"

namespace bordereau::app::endpoint {

std::string status_page(const StatusView& view);

/// The form that asks for a token. `wrong`: one was given that does not count.
std::string login_page(bool wrong);

/// The style sheet that both pages name.
std::string_view status_style();

/// A page with the headers that keep a browser from doing anything else with it.
http::Answer page_answer(int status, std::string html);
http::Answer style_answer();

}  // namespace bordereau::app::endpoint
