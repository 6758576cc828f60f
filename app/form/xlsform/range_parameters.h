// app/form/xlsform/range_parameters.h - start, end, step, ticks and labels of a range question.
#pragma once

#include "app/form/xlsform/choices.h"
#include "app/form/xlsform/findings.h"
#include "app/form/xlsform/survey_tree.h"

namespace bordereau::form::xlsform {

/// Checks the parameters of a range against one another and writes them to its control; the bind
/// becomes decimal where one of them has a fraction. Defaults: 1 to 10 by 1.
void apply_range_parameters(Element& range, const ChoiceLists& choices, const Place& place,
                            Findings& findings);

}  // namespace bordereau::form::xlsform
