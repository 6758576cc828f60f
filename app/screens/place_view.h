// app/screens/place_view.h - what a question of place shows beside its answer.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/widgets/map.h"
#include "app/widgets/values.h"

namespace bordereau::app {

/// The satellite receiver, while it is asked and after.
struct ReceiverView {
    bool asking = false;
    std::string text;  ///< how far it is, or why it ended; empty: not asked yet
    widgets::Tone tone = widgets::Tone::info;
    std::optional<widgets::MapMark> at;  ///< where it is, while it is asked
};

struct PositionView {
    std::shared_ptr<const widgets::MapLines> lines;  ///< null: none could be read
    std::vector<widgets::MapMark> others;            ///< points elsewhere in the audit
    ReceiverView receiver;
};

}  // namespace bordereau::app
