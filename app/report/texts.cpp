#include "app/report/texts.h"

#include <cmath>

#include "app/report/numbers.h"
#include "app/text/format.h"
#include "storage/base/check.h"

namespace bordereau::report {

Result<Texts> Texts::read(std::string_view language, std::string_view json,
                          std::string_view english) {
    const text::Language known = text::language_of(language).value_or(text::Language::en);
    auto words = text::Words::read(known, json, english);
    if (!words) return std::move(words).error().during("the words of reports");
    return Texts{*std::move(words)};
}

Direction Texts::direction() const {
    return words_.direction() == text::Direction::right_to_left ? Direction::right_to_left
                                                                : Direction::left_to_right;
}

std::string Texts::operator()(std::string_view key) const {
    check(words_.has(key), std::string{key}.insert(0, "a report text is missing: ").c_str());
    return std::string{words_(key)};
}

std::string Texts::operator()(std::string_view key, text::Args values) const {
    check(words_.has(key), std::string{key}.insert(0, "a report text is missing: ").c_str());
    return words_(key, values);
}

std::string Texts::count(std::string_view key, std::size_t number) const {
    check(words_.has(key), std::string{key}.insert(0, "a report text is missing: ").c_str());
    return words_.count(key, static_cast<std::int64_t>(number));
}

std::string Texts::choice(std::string_view list, std::string_view value) const {
    const std::string key = std::string{list} + "." + std::string{value};
    return std::string{words_.has(key) ? words_(key) : value};
}

std::string Texts::fixed(double number, int decimals) const {
    return text::format_number(number, decimals, words_.language());
}

std::string Texts::grouped(std::int64_t number) const {
    return text::format_number(number, words_.language());
}

std::string Texts::percent(double percent) const {
    // The sign belongs to the number: an isolate would put it on its other side in Arabic.
    std::string text = (*this)("number.percent");
    constexpr std::string_view kNumber = "{n}";
    return text.replace(text.find(kNumber), kNumber.size(), fixed(percent, 1));
}

std::string Texts::compact(double number) const {
    return fixed(number, number == std::floor(number) ? 0 : 1);
}

std::string Texts::date(Date date) const {
    return text::format_date(date, words_.language());
}

std::string Texts::or_dash(const std::optional<double>& number, int decimals) const {
    return number ? fixed(*number, decimals) : std::string{kDash};
}

std::string Texts::or_dash(const std::optional<Date>& day) const {
    return day ? date(*day) : std::string{kDash};
}

std::string Texts::joined(const std::vector<std::string>& parts) const {
    return words_.list(parts);
}

std::string Texts::joined_phrases(const std::vector<std::string>& parts) const {
    return words_.list(parts, "list.of_phrases");
}

}  // namespace bordereau::report
