#include "app/widgets/buttons.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "app/text/format.h"
#include "app/widgets/items.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/over.h"
#include "app/widgets/signs.h"

namespace bordereau::widgets {
namespace {

constexpr float kIcon = 0.95f;  // units

float padding() {
    return unit() * 0.8f;
}

struct Colours {
    ImVec4 ground, border;
    Ink ink;
};

Colours colours_of(ButtonKind kind) {
    const Palette& from = palette();
    const ImVec4 none{0, 0, 0, 0};
    switch (kind) {
        case ButtonKind::primary: return {from.accent, none, Ink::on_accent};
        case ButtonKind::quiet: return {none, none, Ink::accent};
        case ButtonKind::danger: return {from.card, from.error, Ink::error};
        case ButtonKind::plain: break;
    }
    return {from.card, from.strong_line, Ink::text};
}

// The ground answers to the pointer: filled ones darken, empty ones take half the tint of a choice,
// so that they do not look chosen.
ImVec4 reacting(ImVec4 ground, bool filled) {
    if (!ImGui::IsItemHovered() && !ImGui::IsItemActive()) return ground;
    const ImVec4& tint = palette().accent_soft;
    if (!filled) return {tint.x, tint.y, tint.z, ground.w > 0 ? 1.0f : 0.5f};
    const float keep = ImGui::IsItemActive() ? 0.78f : 0.88f;
    return {ground.x * keep, ground.y * keep, ground.z * keep, ground.w};
}

void draw_ground(const ImVec4& ground, const ImVec4& border, float rounding) {
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    ImDrawList* list = ImGui::GetWindowDrawList();
    list->AddRectFilled(from, to, colour(ground), rounding);
    if (border.w > 0) list->AddRect(from, to, colour(border), rounding, 0, stroke());
}

// Icon and words in the middle of the latest item; words that are too long are wrapped.
void draw_label(Icon icon, std::string_view label, Ink ink, float words_width) {
    const ImVec2 from = ImGui::GetItemRectMin(), size = ImGui::GetItemRectSize();
    const float icon_size = icon == Icon::none ? 0 : unit() * kIcon;
    const float between = icon_size > 0 && !label.empty() ? unit() * 0.4f : 0;
    const ImVec2 words = text_size(label, {}, words_width);
    const float all = icon_size + between + words.x;
    const float start = from.x + (size.x - all) / 2;
    const float icon_x = mirrored() ? start + all - icon_size : start;
    const float words_x = mirrored() ? start : start + icon_size + between;
    if (icon_size > 0)
        draw_icon(icon, {icon_x, from.y + (size.y - icon_size) / 2}, icon_size, ink_colour(ink));
    if (label.empty()) return;
    draw_block({words_x, from.y + (size.y - words.y) / 2}, words.x + 1, label,
               {ink, text::Weight::regular, 1, Align::centre});
}

void show_words_at_rest(std::string_view label) {
    if (rests_here()) tooltip(label);
}

}  // namespace

float button_width(std::string_view label, Icon icon) {
    const float sign = icon == Icon::none ? 0 : unit() * (kIcon + 0.4f);
    return std::ceil(text_size(label).x) + sign + 2 * padding();
}

bool button(const char* id, std::string_view label, const ButtonLook& look) {
    const float sign = look.icon == Icon::none ? 0 : unit() * (kIcon + 0.4f);
    const float room = std::max(ImGui::GetContentRegionAvail().x, target_height());
    const float width =
        look.width > 0 ? look.width : std::min(button_width(label, look.icon), room);
    const float words_width = std::max(width - sign - 2 * padding(), unit()) + 1;
    const float words_height = text_size(label, {}, words_width).y;
    const ImVec2 size{width, std::max(target_height(), words_height + unit() * 0.6f)};

    align_start(width);
    ImGui::BeginDisabled(!look.enabled);
    const bool pressed = ImGui::InvisibleButton(id, size, ImGuiButtonFlags_EnableNav);
    announce(label);
    if (ImGui::IsItemVisible()) {
        const Colours colours = colours_of(look.kind);
        draw_ground(reacting(colours.ground, look.kind == ButtonKind::primary), colours.border,
                    unit() * 0.3f);
        draw_label(look.icon, label, colours.ink, words_width);
    }
    ImGui::EndDisabled();
    return pressed;
}

bool icon_button(const char* id, Icon icon, std::string_view label, bool enabled) {
    ImGui::BeginDisabled(!enabled);
    const float side = target_height();
    const bool pressed = ImGui::InvisibleButton(id, {side, side}, ImGuiButtonFlags_EnableNav);
    announce(label);
    draw_ground(reacting({0, 0, 0, 0}, false), {0, 0, 0, 0}, unit() * 0.3f);
    draw_label(icon, {}, Ink::quiet, unit());
    ImGui::EndDisabled();
    show_words_at_rest(label);
    return pressed;
}

bool link(const char* id, std::string_view label) {
    const float room = ImGui::GetContentRegionAvail().x;
    const ImVec2 size = text_size(label, {}, room);
    // For fingers there is room above and below the words.
    const float least = look().touch ? target_height() : 0;
    const ImVec2 target{std::max(size.x, std::min(least, room)), std::max(size.y, least)};
    align_start(target.x);
    ImVec2 at = ImGui::GetCursorScreenPos();
    const bool pressed = ImGui::InvisibleButton(id, target, ImGuiButtonFlags_EnableNav);
    at.x += mirrored() ? target.x - size.x : 0;
    at.y += (target.y - size.y) / 2;
    announce(label);
    draw_block(at, size.x + 1, label, {Ink::accent});
    const text::Block& block = type().wrap(label, size.x + 1);
    const float step = size.y / static_cast<float>(block.lines.size());
    float y = at.y + step - 1;
    for (const text::WrappedLine& line : block.lines) {
        const float x = mirrored() ? at.x + size.x - line.width : at.x;
        ImGui::GetWindowDrawList()->AddLine(
            {x, y}, {x + line.width, y},
            colour(palette().accent, ImGui::IsItemHovered() ? 1.0f : 0.4f));
        y += step;
    }
    return pressed;
}

bool tab(const char* id, std::string_view label, bool chosen, int count) {
    const float room = std::max(ImGui::GetContentRegionAvail().x, target_height());
    const float wanted = tab_width(label, count);
    const float pad = padding();
    // Without a number the words stand in the middle, whatever their weight.
    const TextStyle style{chosen ? Ink::accent : Ink::text,
                          chosen ? text::Weight::bold : text::Weight::regular, 1,
                          count < 0 ? Align::centre : Align::start};
    // Where the window is narrower than its words they take a second line.
    const float words =
        count < 0 ? std::max(std::min(wanted, room) - 2 * pad, unit())
                  : std::max(text_size(label, style).x - std::max(wanted - room, 0.0f), unit());
    const float height = text_size(label, style, words + 1).y;
    const ImVec2 size{std::min(wanted, room), std::max(target_height(), height + unit() * 0.6f)};
    align_start(size.x);
    const bool pressed = ImGui::InvisibleButton(id, size, ImGuiButtonFlags_EnableNav);
    announce(label);
    if (chosen) announce_chosen();
    const Palette& from = palette();
    draw_ground(chosen ? from.accent_soft : reacting({0, 0, 0, 0}, false),
                chosen ? from.accent : from.line, target_height() / 2);
    const ImVec2 corner = ImGui::GetItemRectMin();
    const float y = corner.y + (size.y - unit()) / 2;
    draw_block({mirrored() ? corner.x + size.x - pad - words : corner.x + pad,
                corner.y + (size.y - height) / 2},
               words + 1, label, style);
    if (count >= 0) {
        const std::string number =
            text::format_number(std::int64_t{count}, look().words->language());
        const float wide = text_size(number).x;
        draw_text({mirrored() ? corner.x + pad : corner.x + size.x - pad - wide, y}, wide + 1,
                  number, {Ink::quiet});
    }
    return pressed;
}

float tab_width(std::string_view label, int count) {
    float width = text_size(label, kBold).x + 2 * padding();
    if (count >= 0)
        width += unit() * 0.5f +
                 text_size(text::format_number(std::int64_t{count}, look().words->language())).x;
    return std::ceil(width);
}

bool tile(const char* id, const TileView& view) {
    const float width = ImGui::GetContentRegionAvail().x;
    const float line = unit(), pad = line * 0.8f;
    const float sign = view.icon == Icon::none ? 0 : line * 2.2f;
    const float words = std::max(width - 2 * pad - sign - line * 1.2f, line);
    const ImVec2 title = text_size(view.title, kBold, words);
    const ImVec2 detail =
        view.detail.empty() ? ImVec2{0, 0} : text_size(view.detail, kSmall, words);
    const float between = view.detail.empty() ? 0 : line * 0.25f;
    const ImVec2 after = {width, std::max(title.y + between + detail.y + 2 * pad, target_height())};

    ImGui::BeginDisabled(!view.enabled);
    const bool pressed = ImGui::InvisibleButton(id, after, ImGuiButtonFlags_EnableNav);
    announce(view.title);
    draw_ground(reacting(palette().card, false), palette().line, line * 0.45f);
    const ImVec2 from = ImGui::GetItemRectMin(), size = ImGui::GetItemRectSize();
    const float icon = line * 1.3f;
    const float middle = from.y + size.y / 2;
    if (sign > 0)
        draw_icon(view.icon,
                  {mirrored() ? from.x + size.x - pad - icon : from.x + pad, middle - icon / 2},
                  icon, ink_colour(Ink::accent));
    draw_icon(Icon::forward,
              {mirrored() ? from.x + pad * 0.6f : from.x + size.x - pad * 0.6f - line * 0.9f,
               middle - line * 0.45f},
              line * 0.9f, ink_colour(Ink::quiet));
    const float x = mirrored() ? from.x + pad + line * 1.2f : from.x + pad + sign;
    draw_block({x, from.y + pad}, words, view.title, kBold);
    if (!view.detail.empty())
        draw_block({x, from.y + pad + title.y + between}, words, view.detail, kSmall);
    ImGui::EndDisabled();
    return pressed;
}

}  // namespace bordereau::widgets
