// app/form/values/number.h - numbers as forms write and read them. Not for locale-dependent
// display.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace bordereau::form {

/// number(text): white space around is ignored; digits, one point (or, as in JavaRosa, a comma)
/// and a leading minus. Anything else, "" and exponents included, is NaN.
double to_number(std::string_view text);

/// string(number): shortest plain decimal that reads back the same, "-0" as "0", "NaN", "Infinity".
std::string number_text(double number);

/// A whole number with commas, "1,000,000": for messages about limits.
std::string grouped(std::size_t number);

/// Half up towards positive infinity at `places` decimals (negative: tens, hundreds ...), on the
/// shortest decimal that stands for the number, so that 1.005 gives 1.01. Beyond 30 places: NaN.
double rounded(double number, int places);

}  // namespace bordereau::form
