// app/report/numbers.h - how reports print numbers, dates and lists.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "storage/base/time.h"

namespace bordereau::report {

std::string fixed(double number, int decimals);  ///< "1.59", "25.9"
std::string grouped(std::int64_t number);        ///< "1 200 000", with thin no-break spaces
std::string percent_text(double percent);        ///< "25.9 %", with a no-break space
std::string compact(double number);              ///< a median: "3", "2.5"
std::string or_dash(const std::optional<double>& number, int decimals);
std::string or_dash(const std::optional<int>& number);
std::string or_dash(const std::optional<Date>& date);
/// Printed dates are ISO 8601 in every language.
std::string joined(const std::vector<std::string>& parts, std::string_view separator = ", ");

}  // namespace bordereau::report
