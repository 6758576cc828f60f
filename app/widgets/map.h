// app/widgets/map.h - a map of the world without a network: looked over by hand, keys and wheel; a
// place on it can be pointed out.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "app/widgets/map_lines.h"

namespace bordereau::widgets {

struct MapMark {
    enum class Kind {
        answer,   ///< of this question
        other,    ///< elsewhere in the audit
        receiver  ///< where the receiver says it is
    };
    double latitude = 0, longitude = 0;
    double accuracy = 0;  ///< metres; 0: not known
    Kind kind = Kind::answer;
};

struct MapPlace {
    double latitude = 0, longitude = 0;  ///< as exact as a pixel is
};

/// What of the world is seen. Kept by the caller from frame to frame.
struct MapUi {
    std::string shown;            ///< what it was centred on last: other words, and it moves there
    double x = 0.5, y = 0.45;     ///< of the middle, in parts of the world
    double scale = 0;             ///< pixels that the world is wide; 0: all of it
    bool moved = false;           ///< by hand, since it was centred or a place was pointed out
    bool entered = false;         ///< it has the keyboard
    bool coming = false;          ///< the keyboard came in the last frame
    std::optional<MapPlace> put;  ///< pointed out last

    void zoom(double times);
    void look_at(std::span<const MapMark> marks, float width, float height);
    /// The mark comes to the middle, as near as before.
    void centre_on(const MapMark& mark);
};

struct MapLook {
    const MapLines* lines = nullptr;  ///< null: a grid of degrees alone
    std::span<const MapMark> marks = {};
    bool joined = false;  ///< marks of the answer are a line
    bool closed = false;  ///< ... that returns to its beginning
    bool can_put = false;
    float width = 0, height = 0;  ///< pixels
    std::string_view label = {};  ///< announced
};

/// Where a person pointed: a press of the mouse, or Enter for the cross in the middle once the map
/// was moved: where nobody moved it, Enter points at nothing.
std::optional<MapPlace> map(const char* id, const MapLook& look, MapUi& ui);

}  // namespace bordereau::widgets
