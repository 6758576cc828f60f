// app/screens/history_screen.h - draws the changes of one audit.
#pragma once

#include "app/commands.h"
#include "app/screens/history_view.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

void draw_history(const HistoryView& view, const text::Words& words, Commands& out);

}  // namespace bordereau::app
