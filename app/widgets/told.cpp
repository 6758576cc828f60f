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

constexpr float kMostUnits = 46;

float margin() {
    return unit() * 0.4f;
}

float pad() {
    return unit() * 0.3f;
}

float height() {
    return target_height() + 2 * pad();
}

bool draw_inside(Tone tone, std::string_view words) {
    Row row(Row::Overflow::keep, 0.4f);
    const auto lower = [&] { gap((target_height() - unit()) / 2 / unit()); };
    row.next(unit());
    lower();
    icon_item(tone_icon(tone), colour(tone_colour(tone)));
    const float width = row.rest(target_height() + row.gap());
    row.next(width);
    lower();
    text_line(words, {}, width);
    row.next(target_height());
    return icon_button("close", Icon::cross, (*look().words)("widget.close"));
}

}  // namespace

float told_height() {
    return height() + 2 * margin();
}

bool told_line(const char* id, Tone tone, std::string_view words) {
    const ImVec2 corner = ImGui::GetWindowPos(), page = ImGui::GetWindowSize();
    const ImVec2 size{std::min(page.x - 2 * margin(), kMostUnits * unit()), height()};
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
    const bool dismissed = draw_inside(tone, words);
    ImGui::EndChild();
    return dismissed;
}

}  // namespace bordereau::widgets
