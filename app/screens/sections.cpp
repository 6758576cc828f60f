#include "app/screens/sections.h"

#include <imgui.h>

#include <cstdint>
#include <string>

#include "app/screens/parts.h"
#include "app/text/format.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"

namespace bordereau::app {

using widgets::Icon;

namespace {

/// The loudest thing to know about a section.
Tone sign_of(const SectionView& section) {
    if (section.problems > 0) return Tone::error;
    if (section.open_comments > 0) return Tone::warning;
    const bool complete =
        section.progress.total > 0 && section.progress.done >= section.progress.total;
    return complete ? Tone::good : Tone::neutral;
}

}  // namespace

bool draw_sections(const std::vector<SectionView>& sections, int open, const text::Words&,
                   Commands& out) {
    bool chosen = false;
    for (int i = 0; i < static_cast<int>(sections.size()); ++i) {
        const SectionView& section = sections[static_cast<std::size_t>(i)];
        ImGui::PushID(i);
        if (widgets::side_item("section", {.label = section.title,
                                           .count = section.problems,
                                           .progress = share_of(section.progress),
                                           .sign = sign_of(section),
                                           .chosen = i == open})) {
            out.push_back(OpenSection{i});
            chosen = true;
        }
        ImGui::PopID();
    }
    return chosen;
}

bool draw_section_steps(int section, int sections, std::string_view past_last,
                        const text::Words& words, Commands& out) {
    const bool last = section + 1 >= sections;
    const std::string_view back = words("action.back");
    const std::string_view next = last ? past_last : words("action.next");
    widgets::Row row;
    row.next(widgets::button_width(back, Icon::backward));
    if (widgets::button("section_back", back, {.icon = Icon::backward, .enabled = section > 0}))
        out.push_back(OpenSection{section - 1});
    const float width = widgets::button_width(next, Icon::forward);
    row.push_to_end(width);
    row.next(width);
    const widgets::ButtonLook look{.kind = widgets::ButtonKind::primary, .icon = Icon::forward};
    const bool pressed = widgets::button("section_next", next, look);
    if (pressed && !last) out.push_back(OpenSection{section + 1});
    return pressed && last;
}

void take_section_keys(int section, int sections, Commands& out) {
    if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_PageDown) && section + 1 < sections)
        out.push_back(OpenSection{section + 1});
    if (ImGui::IsKeyChordPressed(ImGuiMod_Ctrl | ImGuiKey_PageUp) && section > 0)
        out.push_back(OpenSection{section - 1});
}

}  // namespace bordereau::app
