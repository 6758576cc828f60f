// app/present/positions.h - questions of place as a screen shows them: the map, other points of the
// audit, and the satellite receiver in words.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/desk/filling.h"
#include "app/desk/receiver.h"
#include "app/screens/fill_view.h"
#include "app/text/position.h"
#include "app/text/words.h"

namespace bordereau::app {

/// The map that comes with the program.
std::shared_ptr<const widgets::MapLines> world_lines();

/// How far the receiver is, or why it ended.
ReceiverView present_receiver(const text::Words& words, const ReceiverState& state);

text::Position position_of(const Fix& fix);

/// A line or shape as stored, with one point more.
std::string with_point(form::Widget widget, std::string_view value, const text::Position& point);

struct PositionSources {
    std::shared_ptr<const widgets::MapLines> lines;
    ReceiverView receiver;
    std::string receiver_for;  ///< key of the question that it is asked for
};
bool asks_for_place(const QuestionView& row);
/// Adds to rows with questions of place what they show, and says their answers in degrees.
void present_positions(const text::Words& words, const Filling& filling,
                       const PositionSources& from, std::vector<QuestionView>& rows);

}  // namespace bordereau::app
