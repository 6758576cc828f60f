// app/screens/settings_screen.h - draws the choice of language, size and colours.
#pragma once

#include "app/commands.h"
#include "app/screens/settings_view.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

void draw_settings(const SettingsView& view, const text::Words& words, Commands& out);

}  // namespace bordereau::app
