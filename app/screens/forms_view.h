// app/screens/forms_view.h - the forms of this notebook, and why some cannot be used.
#pragma once

#include <string>
#include <vector>

#include "app/screens/view_types.h"

namespace bordereau::app {

struct FormFinding {
    Tone tone = Tone::error;
    std::string place;  ///< "survey, row 12, column relevant"
    std::string text;
};

struct FormRow {
    FormId form;
    std::string title;
    std::string version;
    int questions = 0;
    std::string languages;  ///< "English, Français (80 %)"
    bool usable = true;
    std::vector<FormFinding> findings;
    bool begins = false;  ///< an audit may be begun with it
};

struct FormsView {
    std::vector<FormRow> forms;
    bool can_add = false;
};

}  // namespace bordereau::app
