#include "app/report/numbers.h"

#include <cstdio>

#include "storage/base/text.h"

namespace bordereau::report {
namespace {

constexpr std::string_view kDash = "\u2013";

}  // namespace

std::string fixed(double number, int decimals) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", decimals, number);
    return text;
}

std::string grouped(std::int64_t number) {
    std::string digits = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > (number < 0 ? 1 : 0);
         at -= 3)
        digits.insert(static_cast<std::size_t>(at), "\u202f");
    return digits;
}

std::string percent_text(double percent) {
    return fixed(percent, 1) + "\u00a0%";
}

std::string compact(double number) {
    return bordereau::to_text(number);
}

std::string or_dash(const std::optional<double>& number, int decimals) {
    return number ? fixed(*number, decimals) : std::string{kDash};
}

std::string or_dash(const std::optional<int>& number) {
    return number ? std::to_string(*number) : std::string{kDash};
}

std::string or_dash(const std::optional<Date>& date) {
    return date ? bordereau::to_text(*date) : std::string{kDash};
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
