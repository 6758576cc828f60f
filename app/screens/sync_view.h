// app/screens/sync_view.h - what has travelled, what waits, and what was refused.
#pragma once

#include <string>
#include <vector>

#include "app/screens/frame_view.h"
#include "app/screens/view_types.h"

namespace bordereau::app {

enum class SyncDirection { sent, received, note };

struct SyncLogRow {
    std::string when;
    SyncDirection direction = SyncDirection::note;
    Tone tone = Tone::info;
    std::string text;
};

struct SyncView {
    SyncState state = SyncState::alone;
    std::string endpoint;                     ///< address, or empty when no team was joined
    std::string last_contact;                 ///< worded moment, or empty
    std::string next_try;                     ///< worded, or empty
    int waiting = 0, sent = 0, received = 0;  ///< changesets
    int quarantined = 0;                      ///< received, but not verified
    float share = -1;                         ///< of the transfer under way, 0 to 1; below 0: none
    std::string remaining;                    ///< "1.2 MB, about 10 s", or empty
    std::vector<SyncLogRow> log;              ///< newest first
    bool can_sync = false;
    bool can_join = false;
    bool can_carry = false;           ///< bundles to and from sticks
    std::vector<std::string> sticks;  ///< folders of those that are plugged in
    std::string join_problem;         ///< why the last invitation was not taken, or empty
};

}  // namespace bordereau::app
