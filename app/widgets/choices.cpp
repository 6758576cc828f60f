#include "app/widgets/choices.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/widgets/icons.h"
#include "app/widgets/items.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "storage/base/text.h"

namespace bordereau::widgets {
namespace {

enum class Mark { radio, box };

constexpr float kMark = 0.95f;  // units
// A list with more choices than this reads better as a column.
constexpr std::size_t kMostInLine = 6;

void draw_mark(Mark mark, ImVec2 at, float size, bool chosen) {
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImVec2 centre{at.x + size / 2, at.y + size / 2};
    const ImU32 accent = colour(palette().accent), edge = colour(palette().strong_line);
    if (mark == Mark::radio) {
        list->AddCircleFilled(centre, size / 2, colour(palette().field));
        list->AddCircle(centre, size / 2, chosen ? accent : edge, 0, stroke(chosen ? 2.0f : 1.5f));
        if (chosen) list->AddCircleFilled(centre, size * 0.28f, accent);
        return;
    }
    const ImVec2 to{at.x + size, at.y + size};
    list->AddRectFilled(at, to, chosen ? accent : colour(palette().field), size * 0.2f);
    list->AddRect(at, to, chosen ? accent : edge, size * 0.2f, 0, stroke(1.5f));
    if (chosen) draw_icon(Icon::check, at, size, colour(palette().on_accent));
}

float words_start() {
    return unit() * (0.7f + kMark + 0.55f);
}

float in_line_width(std::string_view label) {
    return std::ceil(text_size(label).x) + words_start() + unit() * 0.8f;
}

// One choice as a target of `width`, with its mark at the start edge.
bool choice(const char* id, std::string_view label, Mark mark, bool chosen, float width) {
    const float line = unit();
    const float room = std::max(width - words_start() - line * 0.7f, line);
    const ImVec2 words = text_size(label, {}, room + 1);
    const float height = std::max(target_height(), words.y + line * 0.7f);
    const bool pressed = ImGui::InvisibleButton(id, {width, height}, ImGuiButtonFlags_EnableNav);
    announce(label);
    if (chosen) announce_chosen();
    if (!ImGui::IsItemVisible()) return pressed;
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const bool hot = ImGui::IsItemHovered() || ImGui::IsItemActive();
    if (chosen || hot)
        list->AddRectFilled(from, to, colour(palette().accent_soft, chosen ? 1.0f : 0.55f),
                            line * 0.3f);
    list->AddRect(from, to, colour(chosen ? palette().accent : palette().line), line * 0.3f, 0,
                  stroke(chosen ? 2.0f : 1.0f));
    const float size = line * kMark, pad = line * 0.7f;
    draw_mark(mark, {mirrored() ? to.x - pad - size : from.x + pad, from.y + (height - size) / 2},
              size, chosen);
    draw_block({mirrored() ? to.x - words_start() - room : from.x + words_start(),
                from.y + (height - words.y) / 2},
               room + 1, label);
    return pressed;
}

bool fit_in_line(std::span<const Choice> choices, float room) {
    if (choices.size() > kMostInLine) return false;
    float needed = 0;
    for (const Choice& each : choices) needed += in_line_width(each.label) + unit() * 0.4f;
    return needed <= room + unit() * 0.4f;
}

// Draws all choices; `press` is told the index of the one that was pressed.
template <class IsChosen, class Press>
void draw_choices(const char* id, std::span<const Choice> choices, Mark mark,
                  const ChoiceLook& look, const IsChosen& is_chosen, const Press& press) {
    ImGui::PushID(id);
    ImGui::BeginDisabled(!look.enabled);
    // A child window that has just appeared has no width yet in its first frame.
    const float room = std::max(ImGui::GetContentRegionAvail().x, unit());
    const auto draw = [&](const Choice& each, float width) {
        const char* name = each.value.empty() ? "none" : each.value.c_str();
        if (choice(name, each.label, mark, is_chosen(each), width)) press(each);
    };
    if (look.columns && fit_in_line(choices, room)) {
        Row row{Row::Overflow::keep, 0.4f};
        for (const Choice& each : choices) {
            row.next(in_line_width(each.label));
            draw(each, in_line_width(each.label));
        }
    } else {
        ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, unit() * 0.25f);
        const float width = std::min(room, unit() * 44);
        for (const Choice& each : choices) {
            align_start(width);
            draw(each, width);
        }
        ImGui::PopStyleVar();
    }
    ImGui::EndDisabled();
    ImGui::PopID();
}

std::string toggled(std::span<const Choice> choices, std::string_view values,
                    std::string_view value) {
    std::string joined;
    for (const Choice& each : choices) {
        const bool chosen = contains_value(values, each.value) != (each.value == value);
        if (!chosen) continue;
        if (!joined.empty()) joined += ' ';
        joined += each.value;
    }
    return joined;
}

}  // namespace

bool contains_value(std::string_view joined, std::string_view value) {
    const auto values = words_of(joined);
    return std::find(values.begin(), values.end(), value) != values.end();
}

bool choice_list(const char* id, std::span<const Choice> choices, std::string& value,
                 const ChoiceLook& look) {
    bool changed = false;
    draw_choices(
        id, choices, Mark::radio, look, [&](const Choice& each) { return each.value == value; },
        [&](const Choice& pressed) {
            changed = pressed.value != value;
            value = pressed.value;
        });
    return changed;
}

bool multi_choice(const char* id, std::span<const Choice> choices, std::string& values,
                  const ChoiceLook& look) {
    std::string next = values;
    draw_choices(
        id, choices, Mark::box, look,
        [&](const Choice& each) { return contains_value(values, each.value); },
        [&](const Choice& pressed) { next = toggled(choices, values, pressed.value); });
    const bool changed = next != values;
    values = std::move(next);
    return changed;
}

bool check_box(const char* id, std::string_view label, bool& checked, bool enabled) {
    const Choice only{"box", std::string{label}};
    bool pressed = false;
    draw_choices(
        id, std::span{&only, 1}, Mark::box, {enabled}, [&](const Choice&) { return checked; },
        [&](const Choice&) { pressed = true; });
    if (pressed) checked = !checked;
    return pressed;
}

}  // namespace bordereau::widgets
