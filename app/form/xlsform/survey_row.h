// app/form/xlsform/survey_row.h - what one row of the survey sheet says about its element.
#pragma once

#include <memory>
#include <string>

#include "app/form/xlsform/findings.h"
#include "app/form/xlsform/survey_tree.h"
#include "app/form/xlsform/table.h"

namespace bordereau::form::xlsform {

/// An element with the row's name, texts, media, bind, control and instance attributes.
std::unique_ptr<Element> read_element(const Row& row, std::string_view default_language);

/// The names in a trigger cell such as "${a}, ${b}".
std::vector<std::string> read_triggers(std::string_view text, const Place& place,
                                       Findings& findings);

/// Gives a question the control and bind of its type, as far as the row has not set them, and turns
/// a default that is an expression into actions.
void complete_question(Element& question, bool in_repeat);

}  // namespace bordereau::form::xlsform
