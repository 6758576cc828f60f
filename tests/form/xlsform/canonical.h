// tests/form/xlsform/canonical.h - XForms as text in which only what matters differs.
#pragma once

#include <string>
#include <string_view>

namespace bordereau::form::xlsform::test {

/// One line per node, indented; attributes sorted, namespace declarations and blanks between
/// elements left out. Texts of a language, values of a text and children of the model are sorted:
/// they are looked up, never counted. Empty if the text is not XML.
std::string canonical(std::string_view xml);

}  // namespace bordereau::form::xlsform::test
