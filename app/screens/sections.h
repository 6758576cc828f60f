// app/screens/sections.h - the list of an audit's sections with their progress.
#pragma once

#include <string_view>
#include <vector>

#include "app/commands.h"
#include "app/screens/view_types.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// Whether the list fits beside the questions; else it takes their place when asked for.
bool has_room_for_sections();

/// True when one was chosen; OpenSection is then asked for. `follow`: another one was opened since
/// the last frame, and is brought into sight.
bool draw_sections(const std::vector<SectionView>& sections, int open, Commands& out,
                   bool follow = false);

/// The buttons that lead to the neighbouring sections. The last section's reads `past_last` and
/// makes this return true when pressed. `focus`: the one that leads on takes the keyboard.
bool draw_section_steps(int section, int sections, std::string_view past_last, bool focus,
                        const text::Words& words, Commands& out);

/// Ctrl and Page Up or Page Down: the neighbouring sections.
void take_section_keys(int section, int sections, Commands& out);

}  // namespace bordereau::app
