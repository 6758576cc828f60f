// app/widgets/narrator.h - says what the window shows, item by item: for programs that read a
// screen aloud or drive it from outside. Only where whoever starts the window asks for it, with
// BORDEREAU_NARRATE=1: it then comes on standard output.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <string>

#include "app/widgets/items.h"

namespace bordereau::widgets {

/// Of the current ImGui context, until destroyed.
class Narrator {
public:
    Narrator();

    void begin_frame() { items_.begin_frame(); }
    /// When nothing is left to be drawn: the picture, or nothing where it was told already.
    std::string tell(std::int64_t frames);

private:
    Items items_;
    std::int64_t told_ = 0;  // frames
};

/// A picture as lines: "picture FRAMES X Y" with the place of the pointer in pixels, an item a
/// line, "end". All that came in before the picture was drawn has taken effect. An item is its id,
/// words, value, what is being composed in it, a name of the pane or card that it stands in, "LEFT
/// TOP RIGHT BOTTOM" in pixels and marks (visible enabled checked focused stop), with tabs between;
/// tabs, line ends and backslashes within are written \t, \n and \\. `stop`: Tab stops there.
std::string narrated(const std::vector<Item>& items, std::int64_t frames, ImVec2 pointer);

}  // namespace bordereau::widgets
