// storage/recovery_key.h - the printed key that opens a notebook when all passphrases are
// forgotten, as people write and type it: seven groups of four, "7K3M-Q0ZP-...".
//
// 26 characters of Crockford's base32 are random (130 bits), two check them: a Reed-Solomon code
// over 32 symbols, so that one wrong character or two swapped ones are always noticed, and a wrong
// group is named, before a key is tried. A mistyped key is told from a wrong one.
#pragma once

#include <string>
#include <string_view>

#include "storage/base/result.h"
#include "storage/base/uuid.h"

namespace bordereau::storage {

/// In groups, upper case.
std::string new_recovery_key(const Entropy& entropy);

/// What was typed, read generously: any case, blanks and hyphens anywhere, O as 0, I and L as 1.
struct TypedRecoveryKey {
    bool whole = false;   ///< it has the right length and checks out
    int wrong_group = 0;  ///< 1 to 7: where a single wrong character lies; 0: not known
    std::string key;      ///< in groups, where it is whole
};
TypedRecoveryKey read_recovery_key(std::string_view typed);

}  // namespace bordereau::storage
