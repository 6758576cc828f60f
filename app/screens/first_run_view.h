// app/screens/first_run_view.h - making the notebook: name, passphrase, team. Nothing else is
// asked.
#pragma once

#include <string>
#include <vector>

#include "app/screens/view_types.h"

namespace bordereau::app {

struct FirstRunView {
    std::vector<LanguageView> languages;  ///< of the interface
    std::string language;
    int min_passphrase = 8;  ///< characters
    std::string problem;     ///< why the last attempt failed, or empty
    bool busy = false;       ///< the key is being derived
    /// The folder cannot be written, and what to do; empty: it can. Another one is asked for first.
    std::string folder_problem;
};

}  // namespace bordereau::app
