// app/screens/first_run_screen.h - draws the making of the notebook.
#pragma once

#include <string>

#include "app/commands.h"
#include "app/screens/first_run_view.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// What lives between frames and is nobody else's business.
struct FirstRunUi {
    std::string person, team;
    SecretText passphrase, again;
    bool restoring = false;  ///< from a backup, in place of making a new one
    bool invited = false;    ///< into a team that is there, in place of founding one
    std::string invitation;
    std::string folder;  ///< for the notebook, being typed
    std::string file;
    bool tried = false;  ///< mistakes are named only after the first attempt
    bool begun = false;  ///< the keyboard was put where typing begins, once
};

void draw_first_run(const FirstRunView& view, FirstRunUi& ui, const text::Words& words,
                    Commands& out);

}  // namespace bordereau::app
