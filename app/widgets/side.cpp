#include <imgui.h>

#include <algorithm>
#include <string>

#include "app/text/format.h"
#include "app/widgets/buttons.h"
#include "app/widgets/items.h"
#include "app/widgets/look.h"
#include "app/widgets/over.h"
#include "app/widgets/signs.h"

namespace bordereau::widgets {
namespace {

// Draws from the end edge inwards and says how much room it took.
float draw_count(const ImVec2& from, const ImVec2& to, float middle, int count) {
    const std::string number = text::format_number(std::int64_t{count}, look().words->language());
    const TextStyle style{Ink::on_accent, text::Weight::bold, 0.8f};
    const ImVec2 words = text_size(number, style);
    const float pill = std::max(words.x + unit() * 0.6f, unit() * 1.1f), height = unit() * 1.1f;
    const float x = mirrored() ? from.x + unit() * 0.4f : to.x - unit() * 0.4f - pill;
    const Palette& colours = palette();
    // On the dark ground of the side bar the pill is light in every theme.
    ImGui::GetWindowDrawList()->AddRectFilled({x, middle - height / 2},
                                              {x + pill, middle + height / 2},
                                              colour(colours.side_text), height / 2);
    const std::string& visual = type().visual(number);
    ImGui::PushFont(type().font(text::Weight::bold), ImGui::GetStyle().FontSizeBase * 0.8f);
    ImGui::GetWindowDrawList()->AddText({x + (pill - words.x) / 2, middle - words.y / 2},
                                        colour(colours.side), visual.c_str());
    ImGui::PopFont();
    return pill + unit() * 0.5f;
}

ImU32 sign_on_side(Tone tone) {
    // In sunlight the side bar is as light as the page.
    const bool light = look().theme == Theme::sunlight;
    const Palette& bright = light ? palette() : palette_of(Theme::dark);
    switch (tone) {
        case Tone::error: return colour(bright.error);
        case Tone::warning: return colour(bright.warning);
        case Tone::good: return colour(bright.good);
        default: return colour(bright.accent);
    }
}

void draw_progress(const ImVec2& from, const ImVec2& to, float share) {
    const float inset = unit() * 0.6f, thick = std::max(unit() * 0.12f, 2.0f);
    const float left = from.x + inset, right = to.x - inset, y = to.y - unit() * 0.3f;
    const float filled = (right - left) * std::clamp(share, 0.0f, 1.0f);
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled({left, y - thick / 2}, {right, y + thick / 2},
                        colour(palette().side_quiet, 0.3f), thick / 2);
    if (filled <= 0) return;
    const float x = mirrored() ? right - filled : left;
    list->AddRectFilled({x, y - thick / 2}, {x + filled, y + thick / 2},
                        share >= 1 ? sign_on_side(Tone::good) : sign_on_side(Tone::info),
                        thick / 2);
}

}  // namespace

bool side_item(const char* id, const SideItem& item) {
    const float line = unit(), pad = line * 0.6f;
    const float width = ImGui::GetContentRegionAvail().x;
    const bool bar = item.progress >= 0;
    const bool sign = item.sign != Tone::neutral;
    const float icon = item.icon == Icon::none ? 0 : line * 1.5f;
    const float end = (item.count > 0 ? line * 1.8f : 0) + (sign ? line * 1.2f : 0);
    const float words = std::max(width - 2 * pad - icon - end, line);
    const TextStyle style{item.chosen ? Ink::side : Ink::side_quiet,
                          item.chosen ? text::Weight::bold : text::Weight::regular};
    const ImVec2 block = item.bare ? ImVec2{} : text_size(item.label, style, words);
    const ImVec2 size{width,
                      std::max(target_height(), block.y + line * 0.7f) + (bar ? line * 0.4f : 0)};

    // The ring of the page would hardly be seen on this ground.
    ImGui::PushStyleColor(ImGuiCol_NavCursor, palette().side_ring);
    const bool pressed = ImGui::InvisibleButton(id, size, ImGuiButtonFlags_EnableNav);
    ImGui::PopStyleColor();
    announce(item.label);
    if (!ImGui::IsItemVisible()) return pressed;
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    const float middle = from.y + (size.y - (bar ? line * 0.4f : 0)) / 2;
    if (item.chosen || ImGui::IsItemHovered())
        ImGui::GetWindowDrawList()->AddRectFilled(
            from, to, colour(palette().side_chosen, item.chosen ? 1.0f : 0.6f), line * 0.3f);
    if (item.bare && rests_here()) tooltip(item.label);
    if (item.icon != Icon::none)
        draw_icon(item.icon, {mirrored() ? to.x - pad - line : from.x + pad, middle - line / 2},
                  line, ink_colour(style.ink));
    float taken = item.count > 0 ? draw_count(from, to, middle, item.count) : 0;
    if (sign) {
        taken += line * 1.1f;
        draw_icon(tone_icon(item.sign),
                  {mirrored() ? from.x + taken - line * 0.7f : to.x - taken - line * 0.2f,
                   middle - line * 0.45f},
                  line * 0.9f, sign_on_side(item.sign));
    }
    if (!item.bare)
        draw_block(
            {mirrored() ? to.x - pad - icon - words : from.x + pad + icon, middle - block.y / 2},
            words, item.label, style);
    if (bar) draw_progress(from, to, item.progress);
    return pressed;
}

}  // namespace bordereau::widgets
