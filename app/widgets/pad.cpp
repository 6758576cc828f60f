#include "app/widgets/pad.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/widgets/items.h"
#include "app/widgets/look.h"
#include "app/widgets/pictures.h"

namespace bordereau::widgets {
namespace {

constexpr ImU32 kPaper = IM_COL32_WHITE;  // as the picture will be, in every theme
constexpr ImU32 kFaint = IM_COL32(150, 155, 165, 255);

// Where parts of the sheet's pixels lie on the screen.
struct Frame {
    ImVec2 at, size;
    float scale;  // screen pixels a part

    ImVec2 shown(media::Spot spot) const {
        return {at.x + static_cast<float>(spot.x) * scale,
                at.y + static_cast<float>(spot.y) * scale};
    }
    media::Spot spot(ImVec2 place) const {
        return {static_cast<int>(
                    std::lround((std::clamp(place.x, at.x, at.x + size.x) - at.x) / scale)),
                static_cast<int>(
                    std::lround((std::clamp(place.y, at.y, at.y + size.y) - at.y) / scale))};
    }
};

Frame frame_for(const PadLook& look, ImVec2 at) {
    const float scale = look.width / static_cast<float>(look.sheet.width * media::kParts);
    return {at, {look.width, scale * static_cast<float>(look.sheet.height * media::kParts)}, scale};
}

void draw_stroke(const Frame& frame, const media::Stroke& stroke, media::Sheet sheet) {
    const auto [red, green, blue] = media::colour_of(stroke.pen);
    const ImU32 ink = IM_COL32(red, green, blue, 255);
    const float width =
        std::max(1.5f, static_cast<float>(media::pen_width(sheet)) * media::kParts * frame.scale);
    ImDrawList* list = ImGui::GetWindowDrawList();
    std::vector<ImVec2> line;
    for (const media::Spot spot : media::smoothed(stroke)) line.push_back(frame.shown(spot));
    if (line.empty()) return;
    list->AddCircleFilled(line.front(), width / 2, ink);
    list->AddCircleFilled(line.back(), width / 2, ink);
    list->AddPolyline(line.data(), static_cast<int>(line.size()), ink, ImDrawFlags_None, width);
}

void draw_line_to_sign_on(const Frame& frame) {
    const float y = frame.at.y + frame.size.y * 0.78f, inset = frame.size.x * 0.06f;
    ImGui::GetWindowDrawList()->AddLine({frame.at.x + inset, y},
                                        {frame.at.x + frame.size.x - inset, y}, kFaint, stroke());
}

void draw_sheet(const Frame& frame, const PadLook& look) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImVec2 to{frame.at.x + frame.size.x, frame.at.y + frame.size.y};
    list->AddRectFilled(frame.at, to, kPaper);
    if (look.ground != nullptr && widgets::look().pictures != nullptr)
        list->AddImage(
            widgets::look().pictures->texture(std::string{look.ground_key}, *look.ground), frame.at,
            to);
    if (look.line) draw_line_to_sign_on(frame);
}

void draw_edge(const Frame& frame) {
    const bool here = ImGui::IsItemHovered() || ImGui::IsItemFocused();
    ImGui::GetWindowDrawList()->AddRect(
        frame.at, {frame.at.x + frame.size.x, frame.at.y + frame.size.y},
        colour(here ? palette().accent : palette().strong_line), 0, 0, stroke(here ? 2.0f : 1.0f));
}

// Adds where the pen is; a hand that rests adds nothing.
void follow(const Frame& frame, media::Stroke& stroke) {
    const media::Spot spot = frame.spot(ImGui::GetIO().MousePos);
    if (stroke.spots.empty() || !(stroke.spots.back() == spot)) stroke.spots.push_back(spot);
}

}  // namespace

PadPress pad(const char* id, const PadLook& look, media::Stroke& stroke) {
    const Frame frame = frame_for(look, ImGui::GetCursorScreenPos());
    const bool pressed = ImGui::InvisibleButton(id, frame.size, ImGuiButtonFlags_EnableNav);
    announce(look.label);
    const bool drawing = ImGui::IsItemActive() && ImGui::IsMouseDown(ImGuiMouseButton_Left);
    if (ImGui::IsItemActivated() && drawing) stroke = {look.pen, {}};
    if (drawing) follow(frame, stroke);
    ImGui::GetWindowDrawList()->PushClipRect(
        frame.at, {frame.at.x + frame.size.x, frame.at.y + frame.size.y}, true);
    draw_sheet(frame, look);
    for (const media::Stroke& one : look.drawing->strokes) draw_stroke(frame, one, look.sheet);
    draw_stroke(frame, stroke, look.sheet);
    ImGui::GetWindowDrawList()->PopClipRect();
    draw_edge(frame);
    if (drawing) return PadPress::none;
    if (!stroke.spots.empty()) {
        ImGui::GetIO().MouseClickedPos[0] = ImGui::GetIO().MousePos;  // no sweep over the page
        return PadPress::stroke;
    }
    return pressed ? PadPress::key : PadPress::none;
}

}  // namespace bordereau::widgets
