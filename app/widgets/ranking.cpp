#include "app/widgets/ranking.h"

#include <imgui.h>

#include <algorithm>
#include <utility>

#include "app/widgets/buttons.h"
#include "app/widgets/icons.h"
#include "app/widgets/items.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "storage/base/text.h"

namespace bordereau::widgets {
namespace {

using Order = std::vector<std::string>;

Order order_of(std::span<const Choice> choices, std::string_view values) {
    Order order;
    const auto known = [&](std::string_view value) {
        return std::ranges::find(choices, value, &Choice::value) != choices.end();
    };
    for (const std::string_view value : words_of(values))
        if (known(value) && std::ranges::find(order, value) == order.end())
            order.emplace_back(value);
    for (const Choice& choice : choices)
        if (std::ranges::find(order, choice.value) == order.end()) order.push_back(choice.value);
    return order;
}

std::string joined(const Order& order) {
    std::string text;
    for (const std::string& value : order) text.append(text.empty() ? "" : " ").append(value);
    return text;
}

// Three short lines, as things are gripped by.
void draw_grip(ImVec2 at, float size) {
    for (int line = 0; line < 3; ++line) {
        const float y = at.y + size * (0.3f + 0.2f * static_cast<float>(line));
        ImGui::GetWindowDrawList()->AddLine({at.x, y}, {at.x + size, y},
                                            colour(palette().strong_line), stroke(1.5f));
    }
}

void draw_row(std::size_t place, std::string_view label, bool held) {
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    const float line = unit(), pad = line * 0.6f, grip = line * 0.8f;
    ImDrawList* list = ImGui::GetWindowDrawList();
    if (held || ImGui::IsItemHovered())
        list->AddRectFilled(from, to, colour(palette().accent_soft), line * 0.3f);
    list->AddRect(from, to, colour(held ? palette().accent : palette().line), line * 0.3f, 0,
                  stroke(held ? 2.0f : 1.0f));
    draw_grip({mirrored() ? to.x - pad - grip : from.x + pad, from.y + (to.y - from.y - grip) / 2},
              grip);
    const std::string words = std::to_string(place + 1) + ". " + std::string{label};
    const float start = pad + grip + line * 0.5f, room = to.x - from.x - start - pad;
    const ImVec2 size = text_size(words, {}, room);
    draw_block(
        {mirrored() ? to.x - start - room : from.x + start, from.y + (to.y - from.y - size.y) / 2},
        room, words);
}

float height_of(std::string_view label, float width) {
    const float line = unit();
    const ImVec2 size = text_size("9. " + std::string{label}, {}, width - line * 2.5f);
    return std::max(target_height(), size.y + line * 0.7f);
}

/// One ranking in one frame.
class Ranking {
public:
    Ranking(const char* id, std::span<const Choice> choices, std::string_view values, RankingUi& ui,
            const RankingLook& look)
        : id_(id), choices_(choices), ui_(ui), look_(look), order_(order_of(choices, values)) {
        if (dragging() && ui_.order.size() == order_.size()) order_ = ui_.order;
    }

    // True when something came to another place.
    bool draw() {
        const Order rows = order_;
        for (std::size_t at = 0; at < rows.size(); ++at) draw_place(rows[at], at);
        if (!dragging()) return moved_;
        if (ImGui::IsMouseDown(ImGuiMouseButton_Left)) {
            ui_.order = order_;
            return false;
        }
        ui_.of.clear();
        ui_.held.clear();
        return true;
    }
    const Order& order() const { return order_; }

private:
    bool dragging() const { return ui_.of == id_ && !ui_.held.empty(); }

    std::string_view label_of(const std::string& value) const {
        return std::ranges::find(choices_, value, &Choice::value)->label;
    }

    void move(std::size_t at, int step) {
        const auto other = static_cast<std::ptrdiff_t>(at) + step;
        if (other < 0 || other >= std::ssize(order_)) return;
        std::swap(order_[at], order_[static_cast<std::size_t>(other)]);
        moved_ = true;
    }

    void draw_place(const std::string& value, std::size_t at) {
        ImGui::PushID(value.c_str());
        const float target = target_height();
        Row row{Row::Overflow::keep, 0.25f};
        const float room = row.rest(2 * (target + row.gap()));
        row.next(room);
        draw_handle(value, at, room);
        row.next(target);
        if (icon_button("up", Icon::up, look_.up, look_.enabled && at > 0)) move(at, -1);
        row.next(target);
        if (icon_button("down", Icon::down, look_.down, look_.enabled && at + 1 < order_.size()))
            move(at, 1);
        ImGui::PopID();
    }

    void draw_handle(const std::string& value, std::size_t at, float width) {
        const std::string_view label = label_of(value);
        if (ui_.focus == value && ui_.of == id_) {
            ImGui::SetKeyboardFocusHere();
            ui_.focus.clear();
            ui_.of.clear();
        }
        ImGui::BeginDisabled(!look_.enabled);
        ImGui::InvisibleButton("place", {width, height_of(label, width)},
                               ImGuiButtonFlags_EnableNav);
        ImGui::EndDisabled();
        announce(label);
        drag(value, at);
        if (look_.step != 0 && ImGui::IsItemFocused()) {
            move(at, look_.step);
            ui_.of = id_;
            ui_.focus = value;
        }
        draw_row(at, label, dragging() && ui_.held == value);
    }

    // What is dragged changes places with a neighbour whose middle the pointer has passed.
    void drag(const std::string& value, std::size_t at) {
        if (ImGui::IsItemActive() && ImGui::IsMouseDragging(ImGuiMouseButton_Left)) {
            ui_.of = id_;
            ui_.held = value;
        }
        if (!dragging() || ui_.held == value) return;
        const float middle = (ImGui::GetItemRectMin().y + ImGui::GetItemRectMax().y) / 2;
        const float pointer = ImGui::GetIO().MousePos.y;
        const auto held =
            static_cast<std::size_t>(std::ranges::find(order_, ui_.held) - order_.begin());
        const bool above = at < held && pointer<middle, below = at> held && pointer > middle;
        if (!above && !below) return;
        const std::string one = order_[held];
        order_.erase(order_.begin() + static_cast<std::ptrdiff_t>(held));
        order_.insert(order_.begin() + static_cast<std::ptrdiff_t>(at), one);
    }

    const char* id_;
    std::span<const Choice> choices_;
    RankingUi& ui_;
    const RankingLook& look_;
    Order order_;
    bool moved_ = false;
};

}  // namespace

std::string ranked_values(std::span<const Choice> choices, std::string_view values) {
    return joined(order_of(choices, values));
}

bool ranking(const char* id, std::span<const Choice> choices, std::string& values, RankingUi& ui,
             const RankingLook& look) {
    ImGui::PushID(id);
    Ranking rows{id, choices, values, ui, look};
    const bool changed = rows.draw();
    ImGui::PopID();
    std::string now = joined(rows.order());
    if (!changed || now == values) return false;
    values = std::move(now);
    return true;
}

}  // namespace bordereau::widgets
