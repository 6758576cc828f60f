#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "app/widgets/buttons.h"
#include "app/widgets/items.h"
#include "app/widgets/look.h"
#include "app/widgets/over.h"
#include "app/widgets/signs.h"

namespace bordereau::widgets {
namespace {

constexpr float kSign = 0.95f;  // units

// From the end edge inwards: the arrow, and how things stand.
void draw_signs(const FoldView& view, ImVec2 from, ImVec2 to) {
    const float line = unit(), size = line * kSign, pad = line * 0.5f;
    const float y = (from.y + to.y - size) / 2;
    const auto place = [&](float inwards) {
        return ImVec2{mirrored() ? from.x + inwards : to.x - inwards - size, y};
    };
    draw_icon(view.open ? Icon::up : Icon::down, place(pad), size, ink_colour(Ink::quiet));
    if (view.tone != Tone::neutral)
        draw_icon(tone_icon(view.tone), place(pad + size + line * 0.3f), size,
                  colour(tone_colour(view.tone)));
}

void tell_whole(const FoldView& view) {
    if (!rests_here() || !ImGui::BeginTooltip()) return;
    const float room = std::min(unit() * 24, ImGui::GetMainViewport()->Size.x * 0.8f);
    text_block(view.title, kBold, room);
    text_block(view.detail, {}, room);
    if (!view.told.empty()) text_block(view.told, {}, room);
    ImGui::EndTooltip();
}

// For who listens.
std::string words_of(const FoldView& view) {
    std::string words{view.title};
    for (const std::string_view more : {view.detail, view.told})
        if (!more.empty()) words += " \xC2\xB7 " + std::string{more};
    return words;
}

}  // namespace

bool fold(const char* id, const FoldView& view) {
    const float line = unit(), pad = line * 0.6f;
    const float width = ImGui::GetContentRegionAvail().x;
    const float signs = line * (view.tone == Tone::neutral ? 1.6f : 2.8f);
    const float words = std::max(width - pad - signs, line);
    const ImVec2 detail = text_size(view.detail, kSmall, words);
    const float title = std::ceil(line * 1.2f);
    const ImVec2 size{width, std::max(target_height(), title + detail.y + line * 0.4f)};
    const bool pressed = ImGui::InvisibleButton(id, size, ImGuiButtonFlags_EnableNav);
    announce(words_of(view));
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    if (view.open || ImGui::IsItemHovered())
        ImGui::GetWindowDrawList()->AddRectFilled(from, to, colour(palette().accent_soft));
    const float x = mirrored() ? to.x - pad - words : from.x + pad;
    const float top = from.y + (size.y - title - detail.y) / 2;
    draw_text({x, top}, words, view.title, kBold);
    draw_block({x, top + title}, words, view.detail, kSmall);
    draw_signs(view, from, to);
    tell_whole(view);
    return pressed;
}

}  // namespace bordereau::widgets
