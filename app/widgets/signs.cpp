#include "app/widgets/signs.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "app/widgets/buttons.h"
#include "app/widgets/items.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"

namespace bordereau::widgets {
namespace {

constexpr TextStyle kBadgeText{Ink::text, text::Weight::regular, 0.875f};
constexpr float kBadgeIcon = 0.85f;  // units

bool strong_edges() {
    return look().theme == Theme::contrast || look().theme == Theme::sunlight;
}

// Where contrast matters most an edge is as strong as its words.
float edge_alpha(float soft) {
    return strong_edges() ? 1.0f : soft;
}

Ink ink_of(Tone tone) {
    switch (tone) {
        case Tone::good: return Ink::good;
        case Tone::warning: return Ink::warning;
        case Tone::error: return Ink::error;
        case Tone::info: return Ink::accent;
        case Tone::neutral: break;
    }
    return Ink::quiet;
}

}  // namespace

Icon tone_icon(Tone tone) {
    switch (tone) {
        case Tone::good: return Icon::check;
        case Tone::warning: return Icon::warning;
        case Tone::error: return Icon::error;
        case Tone::info: return Icon::info;
        case Tone::neutral: break;
    }
    return Icon::ring;
}

void progress_bar(float share, float width) {
    // An outline takes its part of the height.
    const float thick = std::max(unit() * 0.35f, 4.0f) + (strong_edges() ? 2 * stroke() : 0.0f);
    const float wide = width > 0 ? width : ImGui::GetContentRegionAvail().x;
    const ImVec2 from = ImGui::GetCursorScreenPos();
    ImGui::Dummy({wide, thick});
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImVec2 to{from.x + wide, from.y + thick};
    list->AddRectFilled(from, to, colour(palette().undone), thick / 2);
    if (strong_edges()) list->AddRect(from, to, colour(palette().line), thick / 2, 0, stroke());
    if (share < 0) {
        for (float x = thick; x < wide - thick; x += thick * 3)
            list->AddRectFilled({from.x + x, from.y}, {from.x + x + thick, from.y + thick},
                                colour(palette().accent));
        return;
    }
    const float filled = wide * std::min(share, 1.0f);
    if (filled < 1) return;
    const float x = mirrored() ? from.x + wide - filled : from.x;
    list->AddRectFilled({x, from.y}, {x + filled, from.y + thick},
                        colour(share >= 1 ? palette().good : palette().accent), thick / 2);
}

void labelled_progress(std::string_view words, float share, float width) {
    text_line(words, kSmall, width);
    progress_bar(share, width);
}

float badge_width(std::string_view words) {
    return std::ceil(text_size(words, kBadgeText).x) + unit() * (kBadgeIcon + 1.1f);
}

float badge_height() {
    return unit() * 1.35f;
}

void badge(std::string_view words, Tone tone, Icon icon) {
    const float line = unit(), sign = line * kBadgeIcon, around = line * 1.1f;
    const float wanted = badge_width(words), room = ImGui::GetContentRegionAvail().x;
    // Where the line is too short the words take a second one.
    const bool wraps = wanted > room + 0.5f && room > sign + 2 * around;
    const ImVec2 inside = text_size(words, kBadgeText, wraps ? room - sign - around : 0);
    const float height = wraps ? inside.y + line * 0.5f : badge_height();
    const ImVec2 size{wraps ? room : wanted, height};
    align_start(size.x);
    const ImVec2 from = ImGui::GetCursorScreenPos();
    ImGui::Dummy(size);
    announce(words);
    ImDrawList* list = ImGui::GetWindowDrawList();
    const ImVec2 to{from.x + size.x, from.y + size.y};
    list->AddRectFilled(from, to, colour(tone_ground(tone)), line * 0.675f);
    list->AddRect(from, to, colour(tone_colour(tone), edge_alpha(0.35f)), line * 0.675f, 0,
                  stroke());
    const float pad = line * 0.4f;
    draw_icon(icon == Icon::none ? tone_icon(tone) : icon,
              {mirrored() ? to.x - pad - sign : from.x + pad, from.y + (height - sign) / 2}, sign,
              colour(tone_colour(tone)));
    TextStyle style = kBadgeText;
    style.ink = ink_of(tone);
    const float width = size.x - 2 * pad - sign - line * 0.25f;
    const float x = mirrored() ? from.x + pad : from.x + pad + sign + line * 0.25f;
    if (wraps)
        draw_block({x, from.y + (height - inside.y) / 2}, width + 1, words, style);
    else
        draw_text({x, from.y + (height - line * style.size) / 2}, width, words, style);
}

bool message_strip(const char* id, Tone tone, std::string_view words, bool can_dismiss) {
    const float line = unit(), pad = line * 0.7f, sign = line * 1.1f;
    const float width = ImGui::GetContentRegionAvail().x;
    const float cross = can_dismiss ? target_height() : 0;
    const float room = std::max(width - 2 * pad - sign - line * 0.6f - cross, line * 4);
    const ImVec2 block = text_size(words, {}, room);
    const float height = std::max(block.y + 2 * pad, can_dismiss ? cross + pad * 0.4f : 0);
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const ImVec2 to{from.x + width, from.y + height};
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(from, to, colour(tone_ground(tone)), line * 0.35f);
    list->AddRect(from, to, colour(tone_colour(tone), edge_alpha(0.5f)), line * 0.35f, 0, stroke());
    draw_icon(tone_icon(tone),
              {mirrored() ? to.x - pad - sign : from.x + pad, from.y + (height - sign) / 2}, sign,
              colour(tone_colour(tone)));

    ImGui::PushID(id);
    ImGui::BeginGroup();
    const float start = pad + sign + line * 0.6f;
    ImGui::SetCursorScreenPos(
        {mirrored() ? to.x - start - room : from.x + start, from.y + (height - block.y) / 2});
    text_block(words, {}, room);
    bool dismissed = false;
    if (can_dismiss) {
        ImGui::SetCursorScreenPos({mirrored() ? from.x + line * 0.2f : to.x - cross - line * 0.2f,
                                   from.y + (height - cross) / 2});
        dismissed = icon_button("close", Icon::cross, (*look().words)("widget.close"));
    }
    ImGui::SetCursorScreenPos(from);
    ImGui::Dummy({width, height});
    ImGui::EndGroup();
    ImGui::PopID();
    return dismissed;
}

void empty_state(Icon icon, std::string_view title, std::string_view advice) {
    const float line = unit();
    const float room = ImGui::GetContentRegionAvail().x;
    gap(2);
    const float size = line * 2.6f;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::Dummy({room, size});
    draw_icon(icon, {at.x + (room - size) / 2, at.y}, size, ink_colour(Ink::quiet));
    gap(0.5f);
    text_block(title, {Ink::text, text::Weight::bold, 1.2f, Align::centre}, room);
    const float width = std::min(room, line * 28);
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + (room - width) / 2);
    text_block(advice, {Ink::quiet, text::Weight::regular, 1, Align::centre}, width);
    gap(1);
}

}  // namespace bordereau::widgets
