// app/screens/overview_screen.h - draws an audit at a glance.
#pragma once

#include <map>
#include <string>

#include "app/commands.h"
#include "app/screens/overview_view.h"
#include "app/screens/rows.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// What lives between frames and is nobody else's business.
struct OverviewUi {
    std::map<std::string, std::string> explanations;  ///< being typed, by check
    RowsUi problems;
};

void draw_overview(const OverviewView& view, OverviewUi& ui, const text::Words& words,
                   Commands& out);

}  // namespace bordereau::app
