#include "app/text/read_date.h"

#include <vector>

#include "storage/base/text.h"

namespace bordereau::text {
namespace {

constexpr std::u32string_view kBetween = U"-/. 年月日号";

struct Number {
    int value = 0;
    int digits = 0;
};

bool is_digit(char32_t sign) {
    return sign >= U'0' && sign <= U'9';
}

// Nothing where there is anything but numbers and what stands between them.
std::vector<Number> numbers_in(std::string_view western) {
    std::vector<Number> numbers;
    bool open = false;
    for (std::size_t at = 0; at < western.size();) {
        const char32_t sign = next_code_point(western, at);
        if (!in_typed_date(sign)) return {};
        const bool digit = is_digit(sign);
        if (digit && !open) numbers.push_back({});
        if (digit && numbers.back().digits == 4) return {};
        if (digit)
            numbers.back() = {numbers.back().value * 10 + static_cast<int>(sign - U'0'),
                              numbers.back().digits + 1};
        open = digit;
    }
    return numbers;
}

}  // namespace

bool in_typed_date(char32_t sign) {
    return is_digit(sign) || kBetween.find(sign) != kBetween.npos;
}

std::optional<Date> read_date(std::string_view typed, Language language) {
    const std::vector<Number> numbers = numbers_in(with_western_digits(typed));
    if (numbers.size() != 3 || numbers[1].digits > 2) return std::nullopt;
    const Number &first = numbers[0], &middle = numbers[1], &last = numbers[2];
    std::optional<Date> date;
    if (first.digits == 4 && last.digits <= 2) date = {first.value, middle.value, last.value};
    const bool day_first = language != Language::zh;
    if (day_first && first.digits <= 2 && last.digits == 4)
        date = {last.value, middle.value, first.value};
    return date && exists(*date) ? date : std::nullopt;
}

std::string date_answer(std::string_view typed, Language language) {
    const std::optional<Date> date = read_date(typed, language);
    return date ? to_text(*date) : std::string{typed};
}

}  // namespace bordereau::text
