#include "app/form/definition/canonical.h"

#include <algorithm>
#include <array>
#include <optional>

#include "app/form/values/compose.h"
#include "app/form/values/geo.h"
#include "app/form/values/moment.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

struct Digits {
    char32_t zero;
};

// Zero of each script whose digits keyboards and cards of the six languages produce:
// Arabic-Indic, extended Arabic-Indic, full-width.
constexpr std::array kZeros{Digits{0x0660}, Digits{0x06F0}, Digits{0xFF10}};

char32_t latin(char32_t c) {
    for (const auto& script : kZeros)
        if (c >= script.zero && c <= script.zero + 9) return U'0' + (c - script.zero);
    if (c == 0x066B) return U'.';                 // Arabic decimal separator
    if (c == 0x2212 || c == 0xFF0D) return U'-';  // minus sign, full-width hyphen
    return c == 0xFF0E ? U'.' : c;                // full-width full stop
}

std::string with_latin_digits(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size();)
        append_utf8(result, latin(next_code_point(text, at)));
    return result;
}

/// XML 1.0 cannot hold control characters.
std::string without_controls(std::string_view text) {
    std::string result{text};
    std::erase_if(result, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
    });
    return result;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The digits before and after the point, as typed.
struct Decimal {
    bool negative = false;
    std::string whole, fraction;
};

std::optional<Decimal> digits_of(std::string_view text) {
    Decimal number;
    std::string digits{text};
    std::replace(digits.begin(), digits.end(), ',', '.');
    number.negative = digits.starts_with('-');
    if (number.negative || digits.starts_with('+')) digits.erase(0, 1);
    const auto point = std::min(digits.find('.'), digits.size());
    number.whole = digits.substr(0, point);
    if (point < digits.size()) number.fraction = digits.substr(point + 1);
    const bool readable = std::all_of(number.whole.begin(), number.whole.end(), is_digit) &&
                          std::all_of(number.fraction.begin(), number.fraction.end(), is_digit) &&
                          number.whole.size() + number.fraction.size() > 0;
    if (!readable) return std::nullopt;
    number.whole.erase(0, std::min(number.whole.find_first_not_of('0'), number.whole.size()));
    if (number.whole.empty()) number.whole = "0";
    while (number.fraction.ends_with('0')) number.fraction.pop_back();
    return number;
}

std::string joined(const Decimal& number) {
    std::string text = number.whole;
    if (!number.fraction.empty()) text += '.' + number.fraction;
    if (number.negative && text.find_first_not_of("0.") != std::string::npos)
        text.insert(0, 1, '-');
    return text;
}

/// "+007.50" gives "7.5", "5" gives "5.0" (as in JavaRosa and web-forms). The digits themselves
/// are not touched, so long numbers lose nothing.
Canonical decimal(std::string_view text) {
    auto number = digits_of(text);
    if (!number) return {std::string{text}, false};
    if (number->fraction.empty()) number->fraction = "0";
    return {joined(*number), true};
}

/// Cut towards zero, as int() does; 32 bits wide (ODK XForms, "Data types").
Canonical integer(std::string_view text) {
    auto number = digits_of(text);
    if (!number) return {std::string{text}, false};
    number->fraction.clear();
    const std::string_view limit = number->negative ? "2147483648" : "2147483647";
    const auto& whole = number->whole;
    const bool fits = whole.size() < 10 || (whole.size() == 10 && whole <= limit);
    return {joined(*number), fits};
}

bool has_offset(std::string_view text) {
    const auto time = text.find('T');
    return time != std::string_view::npos &&
           text.find_first_of("Z+-", time) != std::string_view::npos;
}

/// A local time of day is cut off; with an offset the text names an instant, not a day.
Canonical date(std::string_view text, const Clock& clock) {
    const auto moment = parse_moment(text, clock);
    if (!moment || has_offset(text)) return {std::string{text}, false};
    return {to_text(moment->date()), true};
}

/// XML Schema's form: "T" between date and time, and a colon in the offset.
bool is_date_time(std::string_view text, const Clock& clock) {
    const auto moment = parse_moment(text, clock);
    if (!moment || !moment->has_time || text.find('T') == std::string_view::npos) return false;
    const auto sign = text.find_first_of("+-", text.find('T'));
    return sign == std::string_view::npos || text.find(':', sign) != std::string_view::npos;
}

/// As given, but the offset zero is written "Z" (as JavaRosa does). Hours and minutes alone, which
/// XML Schema does not allow, are completed.
Canonical date_time(std::string_view text, const Clock& clock) {
    if (!is_date_time(text, clock)) return {std::string{text}, false};
    constexpr std::size_t kMinutes = std::string_view{"2026-03-07T14:05"}.size();
    std::string result{text};
    if (result.size() <= kMinutes || result[kMinutes] != ':')
        result = to_text(*parse_moment(text, clock));
    if (result.ends_with("+00:00")) result.replace(result.size() - 6, 6, "Z");
    return {std::move(result), true};
}

Canonical words(std::string_view text) {
    std::string joined;
    for (const auto word : words_of(text)) {
        if (!joined.empty()) joined += ' ';
        joined += word;
    }
    return {std::move(joined), true};
}

/// "10:30" or "10:30:00.000+02:00" in full and in the clock's zone, as JavaRosa stores it.
Canonical time_of_day(std::string_view text, const Clock& clock) {
    const auto time = parse_time_of_day(text);
    if (!time) return {std::string{text}, false};
    return {to_text(*time, clock), true};
}

/// "38.25 21.75 0 5" gives "38.25 21.75 0.0 5.0": as many numbers as there are.
std::string point_text(std::string_view point) {
    std::string text;
    for (const auto word : words_of(point)) {
        if (!text.empty()) text += ' ';
        text += decimal(word).text;
    }
    return text;
}

Canonical point(std::string_view text) {
    if (!parse_point(text)) return {std::string{text}, false};
    return {point_text(text), true};
}

/// Points joined by "; " as JavaRosa does; the one at the end is left out.
Canonical points(std::string_view text, std::size_t fewest) {
    const auto parsed = parse_points(text);
    if (!parsed || parsed->size() < fewest) return {std::string{text}, false};
    std::string line;
    for (const auto piece : split(text, ';')) {
        if (trimmed(piece).empty()) continue;
        if (!line.empty()) line += "; ";
        line += point_text(piece);
    }
    return {std::move(line), true};
}

Canonical checked(std::string_view text, bool fits) {
    return {std::string{text}, fits};
}

}  // namespace

Canonical canonical(ValueType type, bool is_list, std::string_view text, const Clock& clock) {
    if (trimmed(text).empty() && type != ValueType::string) return {};
    if (is_list) return words(without_controls(text));
    if (type == ValueType::string || type == ValueType::binary || type == ValueType::barcode ||
        type == ValueType::intent)
        return {composed(without_controls(text)), true};
    const auto plain = with_latin_digits(trimmed(text));
    switch (type) {
        case ValueType::integer: return integer(plain);
        case ValueType::decimal: return decimal(plain);
        case ValueType::date: return date(plain, clock);
        case ValueType::date_time: return date_time(plain, clock);
        case ValueType::time: return time_of_day(plain, clock);
        case ValueType::geopoint: return point(plain);
        case ValueType::geotrace: return points(plain, 2);
        case ValueType::geoshape: return points(plain, 3);
        case ValueType::boolean:
            return checked(plain,
                           plain == "true" || plain == "false" || plain == "1" || plain == "0");
        default: return {plain, true};
    }
}

std::string_view type_name(ValueType type) {
    switch (type) {
        case ValueType::integer: return "int";
        case ValueType::decimal: return "decimal";
        case ValueType::boolean: return "boolean";
        case ValueType::date: return "date";
        case ValueType::time: return "time";
        case ValueType::date_time: return "dateTime";
        case ValueType::geopoint: return "geopoint";
        case ValueType::geotrace: return "geotrace";
        case ValueType::geoshape: return "geoshape";
        case ValueType::binary: return "binary";
        case ValueType::barcode: return "barcode";
        case ValueType::intent: return "intent";
        case ValueType::string: break;
    }
    return "string";
}

}  // namespace bordereau::form
