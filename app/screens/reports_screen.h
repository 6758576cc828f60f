// app/screens/reports_screen.h - draws the reports that can be made and those made.
#pragma once

#include <string>

#include "app/commands.h"
#include "app/screens/reports_view.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// What lives between frames and is nobody else's business.
struct ReportsUi {
    std::string audience;  ///< chosen; empty: the first that the view offers
};

void draw_reports(const ReportsView& view, ReportsUi& ui, const text::Words& words, Commands& out);

}  // namespace bordereau::app
