#include "app/report/numbers.h"

namespace bordereau::report {

std::string or_dash(const std::optional<int>& number) {
    return number ? std::to_string(*number) : std::string{kDash};
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
    std::string text;
    for (const std::string& part : parts) {
        if (!text.empty()) text += separator;
        text += part;
    }
    return text;
}

}  // namespace bordereau::report
