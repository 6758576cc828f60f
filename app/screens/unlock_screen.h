// app/screens/unlock_screen.h - draws the opening of the notebook.
#pragma once

#include <string>

#include "app/commands.h"
#include "app/screens/unlock_view.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// What lives between frames and is nobody else's business.
struct UnlockUi {
    std::string person;     ///< chosen login; empty: the first
    bool proposed = false;  ///< the first was, once
    SecretText passphrase;
    bool recovering = false;  ///< with the key on paper
    SecretText key, after, again;
    bool tried = false;
    bool begun = false;  ///< the keyboard was put where typing begins, once
    bool asked = false;  ///< to unlock; no answer yet
};

void draw_unlock(const UnlockView& view, UnlockUi& ui, const text::Words& words, Commands& out);

}  // namespace bordereau::app
