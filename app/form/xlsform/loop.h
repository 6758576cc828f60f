// app/form/xlsform/loop.h - begin_loop: the same questions once for each choice of a list.
#pragma once

#include "app/form/xlsform/choices.h"
#include "app/form/xlsform/survey_tree.h"

namespace bordereau::form::xlsform {

/// Turns a loop into a group with one group per choice; %(name)s and %(label)s in its questions
/// become the choice's. A choice named "none" gets no group.
void expand_loop(Element& loop, const ChoiceList& list);

}  // namespace bordereau::form::xlsform
