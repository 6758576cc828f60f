#include "app/screens/sections.h"

#include <imgui.h>

#include <algorithm>

#include "app/screens/parts.h"
#include "app/screens/shortcuts.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/items.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"

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

void draw_progress_line(const SectionView& section, ImVec2 at, float width) {
    const widgets::Palette& palette = widgets::palette();
    const float thick = widgets::unit() * 0.12f, share = share_of(section.progress);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddRectFilled({at.x, at.y - thick}, {at.x + width, at.y},
                       widgets::colour(palette.quiet, 0.22f), thick / 2);
    if (share <= 0) return;
    const float x = widgets::mirrored() ? at.x + width * (1 - share) : at.x;
    list.AddRectFilled({x, at.y - thick}, {x + width * share, at.y},
                       widgets::colour(share >= 1 ? palette.good : palette.accent), thick / 2);
}

/// Title over a line of progress, with the sign at the end. In the colours of a page: the side
/// bar's own entries are made for its dark ground.
bool draw_section(const SectionView& section, bool open) {
    const float line = widgets::unit(), pad = line * 0.5f;
    const float width = ImGui::GetContentRegionAvail().x;
    const Tone sign = sign_of(section);
    const float end = sign == Tone::neutral ? 0 : line * 1.2f;
    const widgets::TextStyle style{open ? widgets::Ink::accent : widgets::Ink::text,
                                   open ? text::Weight::bold : text::Weight::regular, 0.9375f};
    const float room = width - 2 * pad - end;
    const ImVec2 words = widgets::text_size(section.title, style, room);
    const ImVec2 size{width, std::max(widgets::target_height(), words.y + line * 0.9f)};
    const bool pressed = ImGui::InvisibleButton("section", size, ImGuiButtonFlags_EnableNav);
    widgets::announce(section.title);
    if (!ImGui::IsItemVisible()) return pressed;
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    const widgets::Palette& palette = widgets::palette();
    const bool mirrored = widgets::mirrored();
    if (open || ImGui::IsItemHovered())
        ImGui::GetWindowDrawList()->AddRectFilled(
            from, to, widgets::colour(palette.accent_soft, open ? 1.0f : 0.5f), line * 0.3f);
    const float x = mirrored ? to.x - pad - room : from.x + pad;
    const float top = from.y + (size.y - line * 0.3f - words.y) / 2;
    widgets::draw_block({x, top}, room, section.title, style);
    if (sign != Tone::neutral)
        widgets::draw_icon(widgets::tone_icon(sign),
                           {mirrored ? from.x + pad : to.x - pad - line, top}, line,
                           widgets::colour(widgets::tone_colour(sign)));
    draw_progress_line(section, {from.x + pad, to.y - line * 0.3f}, width - 2 * pad);
    return pressed;
}

}  // namespace

bool has_room_for_sections() {
    constexpr float kLeastUnits = 50;
    return ImGui::GetContentRegionAvail().x >= kLeastUnits * widgets::unit();
}

namespace {

/// Brings what was drawn last into sight, if it is not.
void keep_in_sight() {
    const float top = ImGui::GetWindowPos().y, bottom = top + ImGui::GetWindowHeight();
    if (ImGui::GetItemRectMin().y < top || ImGui::GetItemRectMax().y > bottom)
        ImGui::SetScrollHereY(0.5f);
}

}  // namespace

bool draw_sections(const std::vector<SectionView>& sections, int open, Commands& out, bool follow) {
    bool chosen = false;
    for (int i = 0; i < static_cast<int>(sections.size()); ++i) {
        ImGui::PushID(i);
        if (draw_section(sections[static_cast<std::size_t>(i)], i == open)) {
            out.push_back(OpenSection{i});
            chosen = true;
        }
        if (follow && i == open) keep_in_sight();
        ImGui::PopID();
    }
    return chosen;
}

bool draw_section_steps(int section, int sections, std::string_view past_last, bool focus,
                        const text::Words& words, Commands& out) {
    const bool last = section + 1 >= sections;
    const std::string_view back = words("action.back");
    const std::string_view next = last ? past_last : words("action.next");
    widgets::Row row(widgets::Row::Overflow::wrap);
    row.next(widgets::button_width(back, Icon::backward));
    if (widgets::button("section_back", back, {.icon = Icon::backward, .enabled = section > 0}))
        out.push_back(OpenSection{section - 1});
    const float width = widgets::button_width(next, Icon::forward);
    row.push_to_end(width);
    row.next(width);
    const widgets::ButtonLook look{.kind = widgets::ButtonKind::primary, .icon = Icon::forward};
    if (focus) ImGui::SetKeyboardFocusHere();
    const bool pressed = widgets::button("section_next", next, look);
    if (pressed && !last) out.push_back(OpenSection{section + 1});
    return pressed && last;
}

void take_section_keys(int section, int sections, Commands& out) {
    if (pressed(Shortcut::section_next) && section + 1 < sections)
        out.push_back(OpenSection{section + 1});
    if (pressed(Shortcut::section_back) && section > 0) out.push_back(OpenSection{section - 1});
}

}  // namespace bordereau::app
