// app/screens/sync_screen.h - draws what has travelled and what waits.
#pragma once

#include <string>

#include "app/commands.h"
#include "app/screens/sync_view.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// What lives between frames and is nobody else's business.
struct SyncUi {
    std::string laptop;  ///< address of one nearby, as typed
    std::string invitation;
    std::string stick;       ///< folder or file; empty: the first stick
    std::string proxy;       ///< address as typed
    bool own_proxy = false;  ///< one is being typed
};

void draw_sync(const SyncView& view, SyncUi& ui, const text::Words& words, Commands& out);

}  // namespace bordereau::app
