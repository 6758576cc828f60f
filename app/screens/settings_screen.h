// app/screens/settings_screen.h - draws the choice of language, size and colours.
#pragma once

#include <string>

#include "app/commands.h"
#include "app/screens/settings_view.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// What lives between frames and is nobody else's business.
struct SettingsUi {
    std::string backup_path;
};

void draw_settings(const SettingsView& view, SettingsUi& ui, const text::Words& words,
                   Commands& out);

}  // namespace bordereau::app
