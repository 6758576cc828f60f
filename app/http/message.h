// app/http/message.h - one request and its answer, as values without a connection.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sync/serve/service.h"

namespace bordereau::app::http {

struct Request {
    std::string method;
    std::string path;  ///< unescaped, without a query
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string peer;        ///< address at the other end of the connection, in digits
    bool encrypted = false;  ///< TLS on this connection
    bool watching = false;   ///< came to the address for those who watch over the endpoint

    /// The first header of that name, whatever its case; empty: none.
    std::string_view header(std::string_view name) const;
    /// The last one: what the nearest proxy added.
    std::string_view last_header(std::string_view name) const;
};

struct Answer {
    int status = 200;
    std::string body;
    std::string content_type;  ///< empty: none
    std::vector<std::pair<std::string, std::string>> headers;
};

/// Header and body of what a Service says.
Answer answer_of(sync::Answer answer);

}  // namespace bordereau::app::http
