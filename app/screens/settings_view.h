// app/screens/settings_view.h - language, size and colours of the interface.
#pragma once

#include <string>
#include <vector>

#include "app/screens/view_types.h"

namespace bordereau::app {

struct SettingsView {
    std::vector<LanguageView> languages;
    std::string language;
    int text_size = 100;  ///< percent, 80 to 200
    std::vector<int> text_sizes;
    std::vector<std::string> themes;  ///< as in SetTheme; words: "theme.<theme>"
    std::string theme;
    bool touch = false;             ///< large targets
    int lock_minutes = 10;          ///< without input, then the notebook is locked
    std::vector<int> lock_choices;  ///< minutes
    bool can_back_up = false;
    std::string version;   ///< of the program
    std::string notebook;  ///< where it lies on disk
};

}  // namespace bordereau::app
