// app/screens/shortcut_sheet.h - draws the table of keys, in the place of a screen.
#pragma once

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// True when it was closed by its button.
bool draw_shortcut_sheet(const text::Words& words);

}  // namespace bordereau::app
