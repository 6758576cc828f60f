// app/screens/code_field.h - a barcode: typed, scanned into the field, or read from a picture.
#pragma once

#include "app/commands.h"
#include "app/screens/fields.h"
#include "app/screens/fill_view.h"

namespace bordereau::app {

/// A scanner that stands for a keyboard types the code and Enter, like a person.
void draw_code_field(const QuestionView& question, FieldsUi& ui, const text::Words& words,
                     Commands& out);

}  // namespace bordereau::app
