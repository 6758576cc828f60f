// app/screens/unlock_view.h - opening the notebook with a person's passphrase.
#pragma once

#include <string>
#include <vector>

#include "app/screens/view_types.h"

namespace bordereau::app {

struct UnlockView {
    std::vector<std::string> people;  ///< logins with a key slot; the last one used first
    std::vector<LanguageView> languages;
    std::string language;
    std::string team;
    std::string problem;     ///< why the last attempt failed, or empty; never a hint
    bool busy = false;       ///< the key is being derived, or attempts are slowed
    int min_passphrase = 8;  ///< characters, of one set with the recovery key
};

}  // namespace bordereau::app
