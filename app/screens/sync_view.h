// app/screens/sync_view.h - what has travelled, what waits, and what was refused.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/screens/frame_view.h"
#include "app/screens/view_types.h"

namespace bordereau::app {

enum class SyncDirection { sent, received, note, acknowledged, refused };

struct SyncLogRow {
    std::string when;
    std::string way;  ///< "endpoint", "USB stick" ...; or empty
    SyncDirection direction = SyncDirection::note;
    Tone tone = Tone::info;
    std::string text;
};

/// One speed that may be chosen.
struct SpeedView {
    std::string label;
    std::int64_t bytes_per_second = 0;
};

enum class ProxyKind { system, none, own };

/// What was chosen about how this laptop travels.
struct TravelView {
    bool on_request = false;
    std::int64_t bytes_per_second = 0;
    std::vector<SpeedView> speeds;
    ProxyKind proxy_kind = ProxyKind::system;
    std::string proxy;    ///< address, where the kind is `own`
    std::string problem;  ///< why the latest choice was not taken, or empty
};

struct SyncView {
    SyncState state = SyncState::alone;
    std::string endpoint;                     ///< address, or empty when no team was joined
    std::string last_contact;                 ///< worded moment, or empty
    std::string next_try;                     ///< worded, or empty
    int waiting = 0, sent = 0, received = 0;  ///< changesets and files
    int quarantined = 0;                      ///< received, but not verified
    std::string turned_away;      ///< says that there is no more room for such; or empty
    float share = -1;             ///< of a transfer under way or broken off, 0 to 1; below 0: none
    std::string remaining;        ///< "1.2 MB, about 10 s", or empty
    std::vector<SyncLogRow> log;  ///< newest first
    bool more_log = false;        ///< there are earlier rows
    TravelView travel;
    bool can_pause = false;
    bool can_sync = false;
    bool can_join = false;
    bool can_carry = false;           ///< bundles to and from sticks; laptops nearby
    std::string door;                 ///< that it is open, until when and where, or empty
    std::vector<std::string> guests;  ///< who came in by it and what was exchanged, latest first
    std::vector<std::string> nearby;  ///< addresses of laptops of the team
    bool looking_nearby = false;
    std::vector<std::string> sticks;  ///< folders of those that are plugged in
    std::string join_problem;         ///< why the last invitation was not taken, or empty
};

}  // namespace bordereau::app
