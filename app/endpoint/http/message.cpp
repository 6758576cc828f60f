#include "app/endpoint/http/message.h"

#include "storage/base/text.h"

namespace bordereau::app::endpoint {

namespace {

bool is_named(const std::pair<std::string, std::string>& header, std::string_view name) {
    return header.first.size() == name.size() && starts_with_ignoring_case(header.first, name);
}

}  // namespace

std::string_view HttpRequest::header(std::string_view name) const {
    for (const auto& header : headers)
        if (is_named(header, name)) return header.second;
    return {};
}

std::string_view HttpRequest::last_header(std::string_view name) const {
    std::string_view last;
    for (const auto& header : headers)
        if (is_named(header, name)) last = header.second;
    return last;
}

HttpAnswer http_answer(sync::Answer answer) {
    HttpAnswer out{answer.status, std::move(answer.body), std::move(answer.content_type), {}};
    if (answer.retry_after)
        out.headers.emplace_back("Retry-After", std::to_string(answer.retry_after->count()));
    return out;
}

}  // namespace bordereau::app::endpoint
