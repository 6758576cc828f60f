#include "app/widgets/choices.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "app/widgets/icons.h"
#include "app/widgets/items.h"
#include "app/widgets/label.h"
#include "app/widgets/landing.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "storage/base/text.h"

namespace bordereau::widgets {
namespace {

enum class Mark { none, radio, box };

constexpr float kMark = 0.95f;  // units
// A list with more choices than this reads better as a column.
constexpr std::size_t kMostInLine = 6;

void draw_mark(Mark mark, ImVec2 at, float size, bool chosen) {
    if (mark == Mark::none) return;
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

float words_start(Mark mark) {
    return unit() * (mark == Mark::none ? 0.7f : 0.7f + kMark + 0.55f);
}

float in_line_width(std::string_view label, Mark mark) {
    return std::ceil(text_size(label).x) + words_start(mark) + unit() * 0.8f;
}

void draw_ground(bool chosen) {
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    ImDrawList* list = ImGui::GetWindowDrawList();
    const bool hot = ImGui::IsItemHovered() || ImGui::IsItemActive();
    if (chosen || hot)
        list->AddRectFilled(from, to, colour(palette().accent_soft, chosen ? 1.0f : 0.55f),
                            unit() * 0.3f);
    list->AddRect(from, to, colour(chosen ? palette().accent : palette().line), unit() * 0.3f, 0,
                  stroke(chosen ? 2.0f : 1.0f));
}

// One choice as a target of `width`, with its mark at the start edge.
bool choice(const char* id, std::string_view label, Mark mark, bool chosen, float width) {
    const float line = unit(), start = words_start(mark);
    const float room = std::max(width - start - line * 0.7f, line);
    const ImVec2 words = text_size(label, {}, room + 1);
    const float height = std::max(target_height(), words.y + line * 0.7f);
    const bool pressed = ImGui::InvisibleButton(id, {width, height}, ImGuiButtonFlags_EnableNav);
    announce(label);
    if (chosen) announce_chosen();
    if (!ImGui::IsItemVisible()) return pressed;
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    draw_ground(chosen);
    const float size = line * kMark, pad = line * 0.7f;
    draw_mark(mark, {mirrored() ? to.x - pad - size : from.x + pad, from.y + (height - size) / 2},
              size, chosen);
    draw_block({mirrored() ? to.x - start - room : from.x + start, from.y + (height - words.y) / 2},
               room + 1, label);
    return pressed;
}

// ... with its mark above the words, all of one height.
bool scale_choice(const char* id, std::string_view label, Mark mark, bool chosen, ImVec2 size) {
    const bool pressed = ImGui::InvisibleButton(id, size, ImGuiButtonFlags_EnableNav);
    announce(label);
    if (!ImGui::IsItemVisible()) return pressed;
    const ImVec2 from = ImGui::GetItemRectMin();
    const float line = unit(), circle = line * kMark, room = size.x - line * 0.4f;
    draw_ground(chosen);
    draw_mark(mark, {from.x + (size.x - circle) / 2, from.y + line * 0.4f}, circle, chosen);
    TextStyle middle;
    middle.align = Align::centre;
    draw_block({from.x + line * 0.2f, from.y + line * 0.6f + circle}, room, label, middle);
    return pressed;
}

float widest_word(std::span<const Choice> choices) {
    float widest = 0;
    for (const Choice& each : choices)
        for (const std::string_view word : words_of(each.label))
            widest = std::max(widest, text_size(word).x);
    return std::ceil(widest);
}

bool fit_in_line(std::span<const Choice> choices, float room, Mark mark) {
    if (choices.size() > kMostInLine) return false;
    float needed = 0;
    for (const Choice& each : choices) needed += in_line_width(each.label, mark) + unit() * 0.4f;
    return needed <= room + unit() * 0.4f;
}

// How many columns there are: never so many that a word does not fit its column.
int columns_in(std::span<const Choice> choices, const ChoiceLook& look, Mark mark, float room) {
    const float gap = unit() * 0.4f;
    float widest = widest_word(choices) + words_start(mark) + unit() * 0.8f;
    if (look.across == 0)
        for (const Choice& each : choices)
            widest = std::max(widest, in_line_width(each.label, mark));
    const int most = std::max(1, static_cast<int>((room + gap) / (widest + gap)));
    return look.across == 0 ? most : std::min(look.across, most);
}

/// Draws all choices; `press` is told of the one that was pressed.
template <class IsChosen, class Press>
class Drawing {
public:
    Drawing(std::span<const Choice> choices, Mark mark, const ChoiceLook& look,
            const IsChosen& is_chosen, const Press& press)
        : choices_(choices),
          mark_(look.marks ? mark : Mark::none),
          look_(look),
          is_chosen_(is_chosen),
          press_(press),
          // A child window that has just appeared has no width yet in its first frame.
          room_(std::max(ImGui::GetContentRegionAvail().x, unit())),
          stop_(mark == Mark::radio ? only_stop() : nullptr) {}

    void draw() const {
        switch (look_.layout) {
            case ChoiceLayout::packed: return packed();
            case ChoiceLayout::columns:
                if (const int across = columns_in(choices_, look_, mark_, room_); across > 1)
                    return columns(across);
                return list();
            case ChoiceLayout::scale: return fits_a_scale() ? scale() : list();
            case ChoiceLayout::fitting:
                return fit_in_line(choices_, room_, mark_) ? packed() : list();
            case ChoiceLayout::list: return list();
        }
    }

private:
    static const char* name_of(const Choice& each) {
        return each.value.empty() ? "none" : each.value.c_str();
    }
    // Of choices that exclude each other Tab stops at one, and the arrow keys go on from it: where
    // the keyboard is, else at what is chosen, else at the first.
    const Choice* only_stop() const {
        const Choice* stop = choices_.empty() ? nullptr : &choices_.front();
        for (const Choice& each : choices_)
            if (is_chosen_(each)) stop = &each;
        for (const Choice& each : choices_)
            if (ImGui::GetID(name_of(each)) == ImGui::GetFocusID()) stop = &each;
        return stop;
    }
    template <class Draw>
    void target(const Choice& each, const Draw& draw) const {
        const bool passed = stop_ != nullptr && stop_ != &each;
        ImGui::PushItemFlag(ImGuiItemFlags_NoTabStop, passed);
        // What takes the keyboard by itself does not ask for stops.
        ImGui::PushItemFlag(ImGuiItemFlags_NoNav, passed && landing());
        if (draw(name_of(each))) press_(each);
        ImGui::PopItemFlag();
        ImGui::PopItemFlag();
    }
    void one(const Choice& each, float width) const {
        target(each, [&](const char* name) {
            return choice(name, each.label, mark_, is_chosen_(each), width);
        });
    }
    void packed() const {
        Row row{Row::Overflow::wrap, 0.4f};
        for (const Choice& each : choices_) {
            const float width = std::min(in_line_width(each.label, mark_), room_);
            row.next(width);
            one(each, width);
        }
    }
    void list() const {
        ImGui::PushStyleVarY(ImGuiStyleVar_ItemSpacing, unit() * 0.25f);
        const float width = std::min(room_, unit() * 44);
        for (const Choice& each : choices_) {
            align_start(width);
            one(each, width);
        }
        ImGui::PopStyleVar();
    }
    void columns(int across) const {
        const float gap = unit() * 0.4f;
        const float width =
            (room_ - gap * static_cast<float>(across - 1)) / static_cast<float>(across);
        for (std::size_t at = 0; at < choices_.size(); at += static_cast<std::size_t>(across)) {
            Row row{Row::Overflow::keep, 0.4f};
            for (const Choice& each : choices_.subspan(
                     at, std::min(static_cast<std::size_t>(across), choices_.size() - at))) {
                row.next(width);
                one(each, width);
            }
        }
    }
    float share() const {
        const auto count = static_cast<float>(choices_.size());
        return (room_ - unit() * 0.2f * (count - 1)) / count;
    }
    bool fits_a_scale() const { return share() >= widest_word(choices_) + unit() * 0.4f; }
    void scale() const {
        float height = target_height();
        for (const Choice& each : choices_)
            height = std::max(height, text_size(each.label, {}, share() - unit() * 0.4f).y +
                                          unit() * (kMark + 1.0f));
        Row row{Row::Overflow::keep, 0.2f};
        for (const Choice& each : choices_) {
            row.next(share());
            target(each, [&](const char* name) {
                return scale_choice(name, each.label, mark_, is_chosen_(each), {share(), height});
            });
        }
    }

    std::span<const Choice> choices_;
    Mark mark_;
    const ChoiceLook& look_;
    const IsChosen& is_chosen_;
    const Press& press_;
    float room_;
    const Choice* stop_;  // null: each one is a stop
};

template <class IsChosen, class Press>
void draw_choices(const char* id, std::span<const Choice> choices, Mark mark,
                  const ChoiceLook& look, const IsChosen& is_chosen, const Press& press) {
    ImGui::PushID(id);
    ImGui::BeginDisabled(!look.enabled);
    Drawing{choices, mark, look, is_chosen, press}.draw();
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

bool choice_mark(const char* id, std::string_view label, bool several, bool chosen, bool enabled) {
    const float width = std::max(ImGui::GetContentRegionAvail().x, unit());
    const float height = target_height(), size = unit() * kMark;
    ImGui::BeginDisabled(!enabled);
    const bool pressed = ImGui::InvisibleButton(id, {width, height}, ImGuiButtonFlags_EnableNav);
    ImGui::EndDisabled();
    announce(label);
    const ImVec2 from = ImGui::GetItemRectMin();
    draw_ground(chosen);
    draw_mark(several ? Mark::box : Mark::radio,
              {from.x + (width - size) / 2, from.y + (height - size) / 2}, size, chosen);
    return pressed;
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
