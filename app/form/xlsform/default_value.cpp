#include "app/form/xlsform/default_value.h"

#include <cstddef>

#include "app/form/xlsform/reference_syntax.h"

namespace bordereau::form::xlsform {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool is_name_part(char c) {
    return is_name_start(c) || is_digit(c) || c == '-' || c == '.';
}

/// Behind a number such as -12 or .5 that starts here; the same place if there is none.
std::size_t skip_number(std::string_view text, std::size_t at) {
    auto end = at;
    if (text[end] == '-') ++end;
    auto digits = end;
    while (digits < text.size() && (is_digit(text[digits]) || text[digits] == '.')) ++digits;
    const bool any =
        text.substr(end, digits - end).find_first_of("0123456789") != std::string_view::npos;
    return any ? digits : at;
}

bool has_form(std::string_view text, std::string_view form) {
    if (text.size() < form.size()) return false;
    for (std::size_t i = 0; i < form.size(); ++i)
        if (form[i] == '9' ? !is_digit(text[i]) : text[i] != form[i]) return false;
    return true;
}

/// Behind a time of day with its zone, 01:02:55.5+10:00, that starts here; the same place if there
/// is none. The zone's plus is no sum.
std::size_t skip_time(std::string_view text, std::size_t at) {
    constexpr std::string_view kTime = "99:99:99", kZone = "99:99";
    const bool behind_date = text[at] == 'T' && at > 0 && is_digit(text[at - 1]);
    const auto start = at + (behind_date ? 1 : 0);
    if (!has_form(text.substr(start), kTime)) return at;
    auto end = start + kTime.size();
    if (end < text.size() && text[end] == '.') do
            ++end;
        while (end < text.size() && is_digit(text[end]));
    if (end == text.size() || (text[end] != '+' && text[end] != '-')) return end;
    return has_form(text.substr(end + 1), kZone) ? end + 1 + kZone.size() : end;
}

std::size_t skip_name(std::string_view text, std::size_t at) {
    while (at < text.size() && is_name_part(text[at])) ++at;
    return at;
}

bool hyphens_are_common_in(std::string_view type) {
    return type == "date" || type == "datetime" || type == "geopoint" || type == "geotrace" ||
           type == "geoshape";
}

}  // namespace

bool is_dynamic_default(std::string_view text, std::string_view question_type) {
    if (has_reference(text)) return true;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        const auto rest = text.substr(at);
        if (c == '"' || c == '\'') {
            const auto close = text.find(c, at + 1);
            at = close == std::string_view::npos ? at + 1 : close + 1;
        } else if (const auto after = skip_time(text, at); after != at) {
            at = after;
        } else if (const auto behind = skip_number(text, at); behind != at) {
            at = behind;
        } else if (rest.starts_with(" mod ") || rest.starts_with(" div ")) {
            return true;
        } else if (c == '*' || c == '+' || c == '|') {
            return true;
        } else if (c == '-') {
            return !hyphens_are_common_in(question_type);
        } else if (is_name_start(c)) {
            at = skip_name(text, at);
            if (at < text.size() && (text[at] == '(' || text[at] == '[')) return true;
        } else {
            ++at;
        }
    }
    return false;
}

}  // namespace bordereau::form::xlsform
