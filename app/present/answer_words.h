// app/present/answer_words.h - an answer as people of the interface's language read it: labels of
// what was chosen, days and places in words. What is typed into a field stays as it is stored.
#pragma once

#include <string>

#include "app/form/session/session.h"
#include "app/text/words.h"

namespace bordereau::app {

/// A value that the question has, had or may get; one that its widget does not know stays as it is.
std::string answer_for_people(const text::Words& words, const form::Session& session,
                              const form::Element& element, const std::string& value);

}  // namespace bordereau::app
