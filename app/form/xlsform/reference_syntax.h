// app/form/xlsform/reference_syntax.h - finds ${name} and ${last-saved#name} in text.
// Only their spelling: what they stand for is the business of references.h.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bordereau::form::xlsform {

/// One ${...} in a text.
struct Reference {
    std::size_t start = 0;  ///< byte of the $
    std::size_t end = 0;    ///< byte behind the }
    std::string_view name;
    bool last_saved = false;  ///< ${last-saved#name}: from the record saved before this one
};

/// All well-formed references, in order.
std::vector<Reference> references_in(std::string_view text);

bool has_reference(std::string_view text);
bool has_last_saved_reference(std::string_view text);

/// The name where the whole text is one reference, blanks around it aside.
std::optional<std::string_view> sole_reference(std::string_view text);

/// The first piece that starts like a reference but is none: "${a b}", "${".
std::optional<std::string> reference_fault(std::string_view text);

/// Starts with a letter or underscore; then letters, digits, underscores, hyphens, periods.
/// Letters of all scripts count, as XML allows them in names.
bool is_xml_name(std::string_view text);

}  // namespace bordereau::form::xlsform
