// app/screens/forms_screen.h - draws the forms of the notebook.
#pragma once

#include "app/commands.h"
#include "app/screens/forms_view.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

void draw_forms(const FormsView& view, const text::Words& words, Commands& out);

}  // namespace bordereau::app
