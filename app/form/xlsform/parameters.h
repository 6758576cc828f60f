// app/form/xlsform/parameters.h - the parameters column: parsed, and checked per question type.
#pragma once

#include <span>
#include <string_view>

#include "app/form/xlsform/choices.h"
#include "app/form/xlsform/findings.h"
#include "app/form/xlsform/survey_tree.h"

namespace bordereau::form::xlsform {

/// Reads "key=value key2=value2"; commas and semicolons separate as well. Keys become lower case.
Attributes parse_parameters(std::string_view text, const Place& place, Findings& findings);

/// Applies the element's parameters to its bind and control, as its type has it, and says which
/// are unknown or have a wrong value. Selects are handled by apply_select_parameters.
void apply_parameters(Element& question, const ChoiceLists& choices, const Place& place,
                      Findings& findings);

/// randomize, seed, and for files value and label.
void apply_select_parameters(Element& select, bool from_file, const Place& place,
                             Findings& findings);

/// Parameters of the client's audit log.
void apply_audit_parameters(Element& audit, const Place& place, Findings& findings);

}  // namespace bordereau::form::xlsform
