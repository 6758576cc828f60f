// app/screens/place_field.h - a place, or places that make a line or a shape: typed, pasted,
// pointed out on a map, or taken from the satellite receiver.
#pragma once

#include "app/commands.h"
#include "app/screens/fields.h"
#include "app/screens/fill_view.h"

namespace bordereau::app {

void draw_place_field(const QuestionView& question, FieldsUi& ui, const text::Words& words,
                      Commands& out);

/// A shape is closed by itself: its first point is stored once more at its end.
void draw_places_field(const QuestionView& question, FieldsUi& ui, const text::Words& words,
                       Commands& out);

}  // namespace bordereau::app
