// sync/base32.h - bytes as text that a person can read aloud and type: D. Crockford's base32.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bordereau::sync {

/// Upper case digits and letters without I, L, O, U; five bits each, the last one filled with
/// zeros.
std::string to_base32(std::string_view bytes);

/// Case does not matter; I and L are read as 1, O as 0. Nothing for any other character, for a
/// length that no bytes give, and for filling that is not zero.
std::optional<std::string> from_base32(std::string_view text);

}  // namespace bordereau::sync
