// tests/assets/sample.h - feeds the answers of assets/samples to a session, line by line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/form/session/session.h"

namespace bordereau::form::test {

/// A session over an embedded form ("grpa_main"), its lists from assets/forms. The clock stands at
/// 2026-03-07, in English. Fails the test if the form does not load.
Session start_built_in(std::string_view form_id);

/// Gives the answers of a sample; says which lines were refused, left invalid or lead nowhere.
std::vector<std::string> feed_sample(Session& session, std::string_view sample_text);

}  // namespace bordereau::form::test
