// app/present/empty_lists.h - what is said where a question has no choice to offer.
#pragma once

#include <span>
#include <string>

#include "app/form/session/session.h"
#include "app/screens/fill_view.h"
#include "app/text/words.h"

namespace bordereau::app {

/// Names the question whose answer leaves the list empty, or that has no answer yet, and says what
/// to do. `rows`: those of the section so far, whose numbers people see; a question elsewhere is
/// named without one.
std::string why_no_choices(const form::Session& session, const form::Element& element,
                           std::span<const QuestionView> rows, const text::Words& words);

}  // namespace bordereau::app
