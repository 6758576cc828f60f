// app/form/definition/canonical.h - the one text in which a value of a type is stored.
// JavaRosa's forms where they are also the specification's: "5.0", "38.25 21.75 110.0 5.0".
#pragma once

#include <string>
#include <string_view>

#include "app/form/definition/definition.h"
#include "storage/base/time.h"

namespace bordereau::form {

/// What a text becomes when it is stored in a question.
struct Canonical {
    std::string text;
    bool fits = true;  ///< it is of the question's type
};

/// Texts that are not of the type are kept as they are. Times of day with an offset are put into
/// the clock's zone (as in JavaRosa); other instants keep theirs.
Canonical canonical(ValueType type, bool is_list, std::string_view text, const Clock& clock);

/// The name that XForms gives a type, for stored_text().
std::string_view type_name(ValueType type);

}  // namespace bordereau::form
