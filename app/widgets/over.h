// app/widgets/over.h - what is laid over a page or along its edge: words that say more, and the bar
// of a window that scrolls.
#pragma once

#include <string_view>

namespace bordereau::widgets {

/// Whether the pointer or the keyboard rests on the latest item. After a press, which says that it
/// is known, not until the pointer has been elsewhere; a finger leaves none behind.
bool rests_here();

/// Words over the screen that say more of the latest item: below it, so that they hide nothing
/// beside it, or above it where there is no room.
void tooltip(std::string_view text);

/// Dear ImGui puts the bar of a window that scrolls at the right. Where the interface runs from
/// right to left a window is begun with these flags (ImGuiWindowFlags), and its bar drawn at the
/// left after that.
int scroll_flags();
void scroll_bar_at_end();

}  // namespace bordereau::widgets
