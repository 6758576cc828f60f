#include "app/form/xlsform/cell_value.h"

#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdio>

#include "storage/base/text.h"
#include "storage/base/time.h"

namespace bordereau::form::xlsform {
namespace {

constexpr std::int64_t kSecondsOfDay = 86'400;
// Serial numbers beyond this lie after the year 9999.
constexpr double kLastSerial = 2'958'466;

std::string clock_text(std::int64_t seconds) {
    char out[16];
    std::snprintf(out, sizeof out, "%02d:%02d:%02d", static_cast<int>(seconds / 3600),
                  static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
    return out;
}

std::string date_text(double serial, DateSystem system) {
    const auto total = static_cast<std::int64_t>(std::llround(serial * kSecondsOfDay));
    const auto days = total / kSecondsOfDay;
    const auto seconds = total % kSecondsOfDay;
    if (days == 0) return clock_text(seconds);
    // The 1900 system counts a 29 February 1900 that never was.
    const auto epoch = system == DateSystem::from_1904 ? days_of({1904, 1, 1})
                       : days < 60                     ? days_of({1899, 12, 31})
                                                       : days_of({1899, 12, 30});
    auto text = to_text(date_of_days(epoch + days));
    if (seconds != 0) text += " " + clock_text(seconds);
    return text;
}

}  // namespace

NumberKind number_kind(int built_in_format) {
    const auto within = [built_in_format](int first, int last) {
        return built_in_format >= first && built_in_format <= last;
    };
    const bool date = within(14, 22) || within(27, 36) || within(45, 47) || within(50, 58);
    return date ? NumberKind::date_or_time : NumberKind::plain;
}

NumberKind number_kind(std::string_view format_code) {
    bool in_quotes = false, in_brackets = false;
    for (std::size_t at = 0; at < format_code.size(); ++at) {
        const char c = format_code[at];
        if (in_quotes) {
            in_quotes = c != '"';
        } else if (in_brackets) {
            in_brackets = c != ']';
        } else if (c == '"') {
            in_quotes = true;
        } else if (c == '[') {
            in_brackets = true;
        } else if (c == '\\' || c == '_') {
            ++at;
        } else if (std::string_view{"dDmMhHyYsS"}.find(c) != std::string_view::npos) {
            return NumberKind::date_or_time;
        }
    }
    return NumberKind::plain;
}

std::string number_text(std::string_view stored, NumberKind kind, DateSystem system) {
    double number = 0;
    const auto* end = stored.data() + stored.size();
    const auto read = std::from_chars(stored.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return std::string{stored};
    if (kind == NumberKind::date_or_time && number >= 0 && number < kLastSerial)
        return date_text(number, system);
    return to_text(number);
}

}  // namespace bordereau::form::xlsform
