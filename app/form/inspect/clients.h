// app/form/inspect/clients.h - what this program can do and other clients of ODK forms cannot: an
// author who shares a form wants to know.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace bordereau::form {

/// Something in an expression that some clients lack.
struct Lacking {
    std::string what;     ///< "substring()"
    std::string clients;  ///< "ODK Collect"
    std::string instead;  ///< a sentence; may be empty
};

/// In the order of their appearance, each once.
std::vector<Lacking> lacking_in(std::string_view expression);

}  // namespace bordereau::form
