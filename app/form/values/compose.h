// app/form/values/compose.h - one spelling for letters with marks, whatever the keyboard sent.
#pragma once

#include <string>
#include <string_view>

namespace bordereau::form {

/// "e" followed by an acute gives "é": Unicode's composed form (NFC) of letters and marks, Korean
/// syllables included. Characters that only stand for others (ANGSTROM SIGN) stay as they are.
std::string composed(std::string_view utf8);

}  // namespace bordereau::form
