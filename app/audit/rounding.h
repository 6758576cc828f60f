// app/audit/rounding.h - decimal rounding, half up, exact because it is done in whole numbers.
#pragma once

#include <cstdint>

namespace bordereau::audit {

/// floor(numerator / denominator + 1/2). The denominator is positive.
std::int64_t rounded_quotient(std::int64_t numerator, std::int64_t denominator);

/// numerator / denominator to two decimals.
double rounded_ratio(std::int64_t numerator, std::int64_t denominator);

/// 100 x part / whole to one decimal, as shares are printed.
double percent(std::int64_t part, std::int64_t whole);

/// A number of two decimals as the whole number of its hundredths: 1.59 -> 159.
std::int64_t hundredths(double number);

}  // namespace bordereau::audit
