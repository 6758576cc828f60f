// app/screens/typing.h - keeps what is typed into a field of a question until it is left.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "app/commands.h"
#include "app/screens/fields.h"
#include "app/screens/fill_view.h"
#include "app/widgets/inputs.h"

namespace bordereau::app {

struct Typing {
    std::string_view part;   ///< which field of the question
    std::string value;       ///< what it holds while it is not edited
    bool each_word = false;  ///< a long text is asked to be recorded at every word
};
using DrawInput = std::function<widgets::Edit(std::string&)>;
using ToAnswer = std::function<std::string(const std::string&)>;

/// Keeps the text of a field between frames while it is edited, and asks for the answer when the
/// field is left.
void type_into(const QuestionView& question, const Typing& typing, FieldsUi& ui, Commands& out,
               const DrawInput& draw, const ToAnswer& to_answer);

/// How the field of a question looks; 0 units: as wide as there is room.
widgets::FieldLook look_of(const QuestionView& question, float width_units = 0);

bool has_appearance(const QuestionView& question, std::string_view word);

}  // namespace bordereau::app
