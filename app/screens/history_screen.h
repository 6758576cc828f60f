// app/screens/history_screen.h - draws the changes of one audit.
#pragma once

#include <string>

#include "app/commands.h"
#include "app/screens/history_view.h"
#include "app/screens/rows.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// What lives between frames and is nobody else's business.
struct HistoryUi {
    std::string filter;      ///< being typed
    bool filtering = false;  ///< `filter` differs from what the view was made for
    RowsUi rows;
};

void draw_history(const HistoryView& view, HistoryUi& ui, const text::Words& words, Commands& out);

}  // namespace bordereau::app
