#include "app/screens/rows.h"

#include <imgui.h>

#include <algorithm>
#include <utility>

#include "app/widgets/keyboard.h"
#include "app/widgets/look.h"

namespace bordereau::app {

namespace {

/// Of a row never drawn: a question with a line of words and a field.
constexpr float kGuessUnits = 5;
/// Dear ImGui lays out new rows in two frames, and their neighbours come into sight in a third.
constexpr int kScrollFrames = 3;

/// Heights hold for one width and one text size.
void forget_if_resized(RowsUi& ui) {
    const float width = ImGui::GetContentRegionAvail().x, font = widgets::unit();
    if (width == ui.width && font == ui.font) return;
    ui.heights.clear();
    ui.width = width;
    ui.font = font;
}

float height_of(const RowsUi& ui, const std::string& key) {
    const auto known = ui.heights.find(key);
    return known == ui.heights.end() ? kGuessUnits * widgets::unit() : known->second;
}

void scroll_to(RowsUi& ui, float y) {
    ImGui::SetScrollY(y - widgets::unit());
    --ui.scroll_frames;
}

/// Of a row from `y` on that is `height` high. One that is higher than the window begins at its
/// top, unless what has the keyboard in it would then lie out of sight.
void scroll_whole(float y, float height) {
    const float top = ImGui::GetScrollY(), seen = ImGui::GetWindowHeight();
    const float margin = widgets::unit() * 0.5f;
    const float begin = y - margin, end = y + height + margin;
    if (begin >= top && end <= top + seen) return;
    const float edge = widgets::keyboard_edge() - ImGui::GetWindowPos().y + top;
    if (end - begin > seen && edge > begin + seen) return;
    ImGui::SetScrollY(begin < top ? begin : std::min(begin, end - seen));
}

}  // namespace

void follow_row(RowsUi& ui) {
    ui.scroll_frames = kScrollFrames;
}

void show_whole_row(RowsUi& ui) {
    ui.whole_frames = kScrollFrames;
}

void draw_rows(const Rows& rows, RowsUi& ui, const RowsWish& wish) {
    forget_if_resized(ui);
    if (wish.scroll_request != ui.scroll_request) {
        ui.scroll_request = wish.scroll_request;
        follow_row(ui);
    }
    // Half a window more on both sides, so that Tab finds the next field before it is in sight.
    const float seen = ImGui::GetWindowHeight(), top = ui.to_top ? 0 : ImGui::GetScrollY();
    const float from = top - seen / 2, to = top + seen * 1.5f;
    // What rows above the window turn out to be higher than thought: what is seen stays in its
    // place.
    float shift = 0;
    bool followed = false;
    float y = ImGui::GetCursorPosY();
    ui.drawn = 0;
    for (std::size_t i = 0; i < rows.count; ++i) {
        const std::string& key = rows.key(i);
        float height = height_of(ui, key);
        const bool sought = ui.scroll_frames > 0 && key == wish.scroll_to;
        if (sought) scroll_to(ui, y + shift);
        followed = followed || sought;
        const bool whole = ui.whole_frames > 0 && key == wish.whole;
        if (sought || (y + height > from && y < to) || key == wish.held || key == wish.coming) {
            ImGui::SetCursorPosY(y);
            ImGui::PushID(key.c_str());
            rows.draw(i);
            ImGui::PopID();
            const float measured = ImGui::GetCursorPosY() - y;
            ui.heights[key] = measured;
            ++ui.drawn;
            if (whole && !sought && !followed) scroll_whole(y + shift, measured);
            if (y + height <= top && !sought)
                shift += measured - height;
            else
                height = measured;
        }
        y += height;
    }
    ImGui::SetCursorPosY(y + shift);
    ImGui::Dummy({0, 0});
    if (ui.whole_frames > 0) --ui.whole_frames;
    const bool to_top = std::exchange(ui.to_top, false);
    if ((to_top || shift != 0) && !followed) ImGui::SetScrollY(top + shift);
}

}  // namespace bordereau::app
