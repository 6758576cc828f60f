// app/screens/place_parts.h - what questions of place share: the map, the receiver, what is not
// understood.
#pragma once

#include <optional>
#include <vector>

#include "app/commands.h"
#include "app/screens/fields.h"
#include "app/screens/fill_view.h"
#include "app/text/position.h"

namespace bordereau::app {

void draw_fault(const text::PositionReading& reading, const text::Words& words);

/// Asking the satellite receiver, and how far it is.
void draw_receiver(const QuestionView& question, const text::Words& words, Commands& out);

struct PlaceMap {
    const std::vector<text::Position>& points;  ///< of the answer
    bool joined = false, closed = false;        ///< they are a line, a shape
};
/// The map, where the form or the person asks for it or there is something to see. Where a person
/// pointed; never in a question that only shows ("maps" without "placement-map").
std::optional<text::Position> draw_place_map(const QuestionView& question, const PlaceMap& map,
                                             PlacesUi& ui, const text::Words& words);

}  // namespace bordereau::app
