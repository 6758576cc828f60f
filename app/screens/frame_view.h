// app/screens/frame_view.h - what surrounds every screen: places, person, sync, messages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/screens/view_types.h"

namespace bordereau::app {

/// A place in the side bar. Its words are the interface text "place.<name>".
struct PlaceView {
    Place place = Place::home;
    int count = 0;  ///< shown beside the name when above 0, for example audits to correct
};

/// How the notebook stands to the endpoint, in one sign. Words: "sync.state.<name>".
enum class SyncState { alone, offline, up_to_date, waiting, travelling, attention, paused };

/// A long work under way.
struct WorkView {
    std::string text;
    float share = -1;  ///< 0 to 1; below 0: not known
    bool can_cancel = false;
};

/// Something a person may do about what they just tried.
struct OfferView {
    std::string text;
    AuditId audit;  ///< to take over
};

struct FrameView {
    bool unlocked = true;  ///< false: first run and unlock have no side bar
    Place place = Place::home;
    std::vector<PlaceView> places;  ///< those open to this person, in the order of the side bar
    std::string person;
    std::string role;  ///< "officer", "supervisor" or "administrator"; words: "role.<role>"
    std::string team;
    SyncState sync = SyncState::alone;
    std::string sync_line;  ///< "3 changes waiting, last contact 10:42"
    MessageView message;
    std::optional<OfferView> offer;
    std::optional<WorkView> work;
};

}  // namespace bordereau::app
