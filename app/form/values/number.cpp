#include "app/form/values/number.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "storage/base/text.h"

namespace bordereau::form {
namespace {

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();
constexpr int kMostPlaces = 30;
constexpr std::size_t kLongestNumber = 400;

// Digits with at most one point, at least one digit; a leading minus is allowed.
bool is_plain_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    int digits = 0, points = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9')
            ++digits;
        else if (c == '.' || c == ',')
            ++points;
        else
            return false;
    }
    return digits > 0 && points <= 1;
}

double read(std::string_view text) {
    double number = kNotANumber;
    const auto [end, error] =
        std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::general);
    if (error != std::errc::result_out_of_range) return number;
    // Too large or too small for a double: XPath rounds to the nearest, which strtod does.
    return std::strtod(std::string{text}.c_str(), nullptr);
}

// A number as 0.DIGITS times ten to the power of `exponent`.
struct Decimal {
    std::string digits;
    int exponent = 0;
};

Decimal shortest_decimal(double magnitude) {
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude,
                                   std::chars_format::scientific);
    const std::string_view text{buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data())};
    const std::size_t e = text.find('e');
    Decimal out;
    for (const char c : text.substr(0, e))
        if (c != '.') out.digits += c;
    out.exponent = std::atoi(text.data() + e + 1) + 1;
    return out;
}

// True when the digits from `at` on are more than a half, or a half that `half_goes_up`.
bool goes_up(const std::string& digits, std::size_t at, bool half_goes_up) {
    if (at >= digits.size() || digits[at] < '5') return false;
    if (digits[at] > '5' || digits.find_first_not_of('0', at + 1) != std::string::npos) return true;
    return half_goes_up;
}

// Adds one to the last digit; a carry out of the first makes the number one digit longer.
void increment(Decimal& number) {
    std::size_t at = number.digits.size();
    while (at > 0 && number.digits[at - 1] == '9') number.digits[--at] = '0';
    if (at > 0) {
        ++number.digits[at - 1];
    } else {
        number.digits.insert(number.digits.begin(), '1');
        ++number.exponent;
    }
}

}  // namespace

double to_number(std::string_view text) {
    text = trimmed(text);
    if (text.size() > kLongestNumber || !is_plain_number(text)) return kNotANumber;
    const std::size_t comma = text.find(',');
    if (comma == std::string_view::npos) return read(text);
    std::string with_point{text};
    with_point[comma] = '.';
    return read(with_point);
}

std::string number_text(double number) {
    // Most numbers of forms are small integers; the general way is ten times slower.
    if (number == std::trunc(number) && std::fabs(number) < 1e15) {
        std::array<char, 24> buffer{};
        const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                       static_cast<long long>(number));
        return {buffer.data(), end.ptr};
    }
    return to_text(number);
}

std::string grouped(std::size_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
    return digits;
}

double rounded(double number, int places) {
    if (places > kMostPlaces || places < -kMostPlaces) return kNotANumber;
    if (number == 0 || !std::isfinite(number)) return number;
    Decimal decimal = shortest_decimal(std::fabs(number));
    const int keep = decimal.exponent + places;
    if (keep >= static_cast<int>(decimal.digits.size())) return number;
    if (keep < 0) return std::copysign(0.0, number);
    const auto kept = static_cast<std::size_t>(keep);
    const bool up = goes_up(decimal.digits, kept, number > 0);
    decimal.digits.resize(kept);
    if (up) increment(decimal);
    if (decimal.digits.empty()) return std::copysign(0.0, number);
    const std::string text = "0." + decimal.digits + "e" + std::to_string(decimal.exponent);
    return std::copysign(read(text), number);
}

}  // namespace bordereau::form
