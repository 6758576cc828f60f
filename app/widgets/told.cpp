#include "app/widgets/told.h"

#include <imgui.h>

#include <algorithm>

#include "app/widgets/buttons.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"

namespace bordereau::widgets {
namespace {

constexpr float kMostUnits = 46, kGapUnits = 0.4f;

float margin() {
    return unit() * 0.4f;
}

float pad() {
    return unit() * 0.3f;
}

float note_width() {
    return std::min(ImGui::GetWindowSize().x - 2 * margin(), kMostUnits * unit());
}

// Of the words in a note of that width, between its sign and its cross.
float words_height(std::string_view words, float width) {
    const float beside = unit() + target_height() + 2 * kGapUnits * unit() + 4 * pad();
    return text_size(words, {}, width - beside).y;
}

float height(std::string_view words) {
    return std::max(target_height(), words_height(words, note_width())) + 2 * pad();
}

bool draw_inside(Tone tone, std::string_view words, float inside) {
    Row row(Row::Overflow::keep, kGapUnits);
    const auto lower = [&](float what) { gap(std::max(inside - what, 0.0f) / 2 / unit()); };
    row.next(unit());
    lower(unit());
    icon_item(tone_icon(tone), colour(tone_colour(tone)));
    const float width = row.rest(target_height() + row.gap());
    row.next(width);
    lower(text_size(words, {}, width).y);
    text_block(words, {}, width);
    row.next(target_height());
    return icon_button("close", Icon::cross, (*look().words)("widget.close"));
}

}  // namespace

float told_height(std::string_view words) {
    return height(words) + 2 * margin();
}

bool told_note(const char* id, Tone tone, std::string_view words) {
    const ImVec2 corner = ImGui::GetWindowPos(), page = ImGui::GetWindowSize();
    const ImVec2 size{note_width(), height(words)};
    ImGui::SetCursorScreenPos(
        {corner.x + (page.x - size.x) / 2, corner.y + page.y - margin() - size.y});
    ImGui::PushStyleColor(ImGuiCol_ChildBg, tone_ground(tone));
    ImGui::PushStyleColor(ImGuiCol_Border, tone_colour(tone));
    ImGui::PushStyleVar(ImGuiStyleVar_ChildBorderSize, stroke());
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2{2 * pad(), pad()});
    ImGui::BeginChild(id, size, ImGuiChildFlags_NavFlattened | ImGuiChildFlags_Borders,
                      ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoScrollbar |
                          ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar(2);
    ImGui::PopStyleColor(2);
    const bool dismissed = draw_inside(tone, words, size.y - 2 * pad());
    ImGui::EndChild();
    return dismissed;
}

}  // namespace bordereau::widgets
