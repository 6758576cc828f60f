#include "app/http/message.h"

#include "storage/base/text.h"

namespace bordereau::app::http {

namespace {

bool is_named(const std::pair<std::string, std::string>& header, std::string_view name) {
    return header.first.size() == name.size() && starts_with_ignoring_case(header.first, name);
}

}  // namespace

std::string_view Request::header(std::string_view name) const {
    for (const auto& header : headers)
        if (is_named(header, name)) return header.second;
    return {};
}

std::string_view Request::last_header(std::string_view name) const {
    std::string_view last;
    for (const auto& header : headers)
        if (is_named(header, name)) last = header.second;
    return last;
}

Answer answer_of(sync::Answer answer) {
    Answer out{answer.status, std::move(answer.body), std::move(answer.content_type), {}};
    if (answer.retry_after)
        out.headers.emplace_back("Retry-After", std::to_string(answer.retry_after->count()));
    return out;
}

}  // namespace bordereau::app::http
