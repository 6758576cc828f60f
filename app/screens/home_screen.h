// app/screens/home_screen.h - draws the list of audits.
#pragma once

#include <string>

#include "app/commands.h"
#include "app/screens/home_view.h"
#include "app/screens/rows.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// What lives between frames and is nobody else's business.
struct HomeUi {
    std::string search;      ///< being typed
    bool searching = false;  ///< `search` differs from what the view was made for
    bool choosing_form = false;
    RowsUi rows;  ///< of the narrow list
};

void draw_home(const HomeView& view, HomeUi& ui, const text::Words& words, Commands& out);

}  // namespace bordereau::app
