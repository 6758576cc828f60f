// The one text in which an answer of a type is stored, and whether it is of that type.
#include <algorithm>
#include <array>

#include "app/form/session/state.h"
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

/// "+007.50" gives "7.5". The digits themselves are not touched, so long numbers lose nothing.
Canonical number(std::string_view text, bool fraction_allowed) {
    std::string digits{text};
    if (fraction_allowed) std::replace(digits.begin(), digits.end(), ',', '.');
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+')) digits.erase(0, 1);
    const auto point = std::min(digits.find('.'), digits.size());
    auto whole = digits.substr(0, point);
    auto fraction = point < digits.size() ? digits.substr(point + 1) : std::string{};
    const bool readable = std::all_of(whole.begin(), whole.end(), is_digit) &&
                          std::all_of(fraction.begin(), fraction.end(), is_digit) &&
                          whole.size() + fraction.size() > 0 &&
                          (fraction_allowed || point == digits.size());
    if (!readable) return {std::string{text}, false};
    whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - (whole.empty() ? 0 : 1)));
    while (fraction.ends_with('0')) fraction.pop_back();
    std::string result = whole.empty() ? "0" : whole;
    if (!fraction.empty()) result += '.' + fraction;
    if (negative && result != "0") result.insert(0, 1, '-');
    return {std::move(result), true};
}

/// int is 32 bits wide (ODK XForms, "Data types").
Canonical integer(std::string_view text) {
    auto result = number(text, false);
    if (!result.fits) return result;
    const bool negative = result.text.starts_with('-');
    const auto size = result.text.size() - (negative ? 1 : 0);
    const std::string_view limit = negative ? "-2147483648" : "2147483647";
    result.fits = size < 10 || (size == 10 && std::string_view{result.text} <= limit);
    return result;
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

Canonical words(std::string_view text) {
    std::string joined;
    for (const auto word : words_of(text)) {
        if (!joined.empty()) joined += ' ';
        joined += word;
    }
    return {std::move(joined), true};
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
        return {without_controls(text), true};
    const auto plain = with_latin_digits(trimmed(text));
    switch (type) {
        case ValueType::integer: return integer(plain);
        case ValueType::decimal: return number(plain, true);
        case ValueType::date: return date(plain, clock);
        case ValueType::date_time: return checked(plain, is_date_time(plain, clock));
        case ValueType::time: return checked(plain, parse_time_of_day(plain).has_value());
        case ValueType::geopoint: return checked(plain, parse_point(plain).has_value());
        case ValueType::geotrace:
        case ValueType::geoshape: return checked(plain, parse_points(plain).has_value());
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
