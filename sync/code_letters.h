// sync/code_letters.h - a few bytes as a code that people paste, type or read aloud: letters and
// digits in groups of five, the last 20 bits a checksum.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bordereau::sync {

std::string to_code_letters(std::string_view bytes);

/// Case, blanks, line ends, dashes, and 0/O, 1/I/L confusions do not matter. Nothing where it was
/// mistyped or cut short.
std::optional<std::string> from_code_letters(std::string_view code);

}  // namespace bordereau::sync
