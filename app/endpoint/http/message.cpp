#include "app/endpoint/http/message.h"

#include "storage/base/text.h"

namespace bordereau::app::endpoint {

std::string_view HttpRequest::header(std::string_view name) const {
    for (const auto& [known, value] : headers)
        if (known.size() == name.size() && starts_with_ignoring_case(known, name)) return value;
    return {};
}

HttpAnswer http_answer(sync::Answer answer) {
    HttpAnswer out{answer.status, std::move(answer.body), std::move(answer.content_type), {}};
    if (answer.retry_after)
        out.headers.emplace_back("Retry-After", std::to_string(answer.retry_after->count()));
    return out;
}

}  // namespace bordereau::app::endpoint
