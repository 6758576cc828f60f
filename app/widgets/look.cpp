#include "app/widgets/look.h"

#include <algorithm>
#include <cmath>

#include "storage/base/check.h"

namespace bordereau::widgets {
namespace {

// Height of a line of body text in logical pixels at 100 %; the letters' em is three quarters.
constexpr float kBodySize = 20;
// Logical pixels of the smallest target for a finger.
constexpr float kTouchTarget = 44;

constexpr ImVec4 rgb(unsigned hex, float alpha = 1) {
    return {static_cast<float>((hex >> 16) & 0xFF) / 255,
            static_cast<float>((hex >> 8) & 0xFF) / 255, static_cast<float>(hex & 0xFF) / 255,
            alpha};
}

constexpr Palette kLight{
    .page = rgb(0xF4F6F8),
    .card = rgb(0xFFFFFF),
    .field = rgb(0xFFFFFF),
    .raised = rgb(0xFFFFFF),
    .text = rgb(0x1A2330),
    .quiet = rgb(0x566273),
    .on_accent = rgb(0xFFFFFF),
    .line = rgb(0xDFE4EA),
    .strong_line = rgb(0x7B8796),
    .undone = rgb(0xDFE4EA),
    .accent = rgb(0x17609F),
    .accent_soft = rgb(0xE4EFF9),
    .good = rgb(0x1C7042),
    .good_soft = rgb(0xE2F3E8),
    .warning = rgb(0x8A5A00),
    .warning_soft = rgb(0xFDF1D6),
    .error = rgb(0xB3261E),
    .error_soft = rgb(0xFCE7E5),
    .side = rgb(0x14283D),
    .side_text = rgb(0xF2F6FA),
    .side_quiet = rgb(0xA9BACB),
    .side_chosen = rgb(0x24425F),
    .side_ring = rgb(0x78B4EC),
};

constexpr Palette kDark{
    .page = rgb(0x12171D),
    .card = rgb(0x1B222A),
    .field = rgb(0x141A21),
    .raised = rgb(0x232C36),
    .text = rgb(0xE8EDF2),
    .quiet = rgb(0xA3B0BE),
    .on_accent = rgb(0x08131E),
    .line = rgb(0x2E3844),
    .strong_line = rgb(0x66758A),
    .undone = rgb(0x2E3844),
    .accent = rgb(0x78B4EC),
    .accent_soft = rgb(0x1D3750),
    .good = rgb(0x74CC96),
    .good_soft = rgb(0x17352A),
    .warning = rgb(0xF0BE5C),
    .warning_soft = rgb(0x3A2E12),
    .error = rgb(0xF59A92),
    .error_soft = rgb(0x43201E),
    .side = rgb(0x0C1116),
    .side_text = rgb(0xE8EDF2),
    .side_quiet = rgb(0x93A2B2),
    .side_chosen = rgb(0x1F3348),
    .side_ring = rgb(0x78B4EC),
};

constexpr Palette kContrast{
    .page = rgb(0xFFFFFF),
    .card = rgb(0xFFFFFF),
    .field = rgb(0xFFFFFF),
    .raised = rgb(0xFFFFFF),
    .text = rgb(0x000000),
    .quiet = rgb(0x1E1E1E),
    .on_accent = rgb(0xFFFFFF),
    .line = rgb(0x000000),
    .strong_line = rgb(0x000000),
    .undone = rgb(0xFFFFFF),
    .accent = rgb(0x00378A),
    .accent_soft = rgb(0xD6E6FF),
    .good = rgb(0x00491D),
    .good_soft = rgb(0xE0FFE9),
    .warning = rgb(0x523300),
    .warning_soft = rgb(0xFFF3CF),
    .error = rgb(0x8A0000),
    .error_soft = rgb(0xFFE3E0),
    .side = rgb(0x000000),
    .side_text = rgb(0xFFFFFF),
    .side_quiet = rgb(0xF0F0F0),
    .side_chosen = rgb(0x00378A),
    .side_ring = rgb(0xFFFFFF),
};

constexpr Palette kSunlight{
    .page = rgb(0xFFFFFF),
    .card = rgb(0xFFFFFF),
    .field = rgb(0xFFFFFF),
    .raised = rgb(0xFFFFFF),
    .text = rgb(0x000000),
    .quiet = rgb(0x000000),
    .on_accent = rgb(0xFFFFFF),
    .line = rgb(0x000000),
    .strong_line = rgb(0x000000),
    .undone = rgb(0xFFFFFF),
    .accent = rgb(0x001E5A),
    .accent_soft = rgb(0xFFE98A),
    .good = rgb(0x003312),
    .good_soft = rgb(0xFFFFFF),
    .warning = rgb(0x3A2200),
    .warning_soft = rgb(0xFFFFFF),
    .error = rgb(0x640000),
    .error_soft = rgb(0xFFFFFF),
    .side = rgb(0xFFFFFF),
    .side_text = rgb(0x000000),
    .side_quiet = rgb(0x000000),
    .side_chosen = rgb(0xFFE98A),
    .side_ring = rgb(0x001E5A),
};

Look& current() {
    auto* look = static_cast<Look*>(ImGui::GetIO().UserData);
    check(look != nullptr, "drawing without use(Look&)");
    return *look;
}

void set_sizes(ImGuiStyle& style, float line) {
    style.WindowPadding = {line * 0.8f, line * 0.7f};
    style.FramePadding = {line * 0.6f, line * 0.4f};
    style.ItemSpacing = {line * 0.5f, line * 0.4f};
    style.ItemInnerSpacing = {line * 0.4f, line * 0.3f};
    style.CellPadding = {line * 0.5f, line * 0.35f};
    style.FrameRounding = style.PopupRounding = style.GrabRounding = line * 0.3f;
    style.ChildRounding = line * 0.45f;
    style.WindowRounding = line * 0.3f;
    style.ScrollbarSize = line * 0.6f;
    style.ScrollbarRounding = line * 0.3f;
    style.WindowBorderSize = style.ChildBorderSize = 0;
    style.FrameBorderSize = style.PopupBorderSize = stroke();
    style.DisabledAlpha = 0.5f;
    // Waiting tooltips would need frames without input.
    style.HoverStationaryDelay = style.HoverDelayShort = style.HoverDelayNormal = 0;
}

void set_colours(ImGuiStyle& style, const Palette& from) {
    ImVec4* to = style.Colors;
    to[ImGuiCol_Text] = from.text;
    to[ImGuiCol_TextDisabled] = from.quiet;
    to[ImGuiCol_WindowBg] = from.page;
    to[ImGuiCol_ChildBg] = {0, 0, 0, 0};
    to[ImGuiCol_PopupBg] = from.raised;
    to[ImGuiCol_Border] = from.line;
    to[ImGuiCol_BorderShadow] = {0, 0, 0, 0};
    to[ImGuiCol_FrameBg] = to[ImGuiCol_FrameBgHovered] = to[ImGuiCol_FrameBgActive] = from.field;
    to[ImGuiCol_ScrollbarBg] = {0, 0, 0, 0};
    to[ImGuiCol_ScrollbarGrab] = from.line;
    to[ImGuiCol_ScrollbarGrabHovered] = to[ImGuiCol_ScrollbarGrabActive] = from.strong_line;
    to[ImGuiCol_CheckMark] = to[ImGuiCol_SliderGrab] = to[ImGuiCol_SliderGrabActive] = from.accent;
    to[ImGuiCol_Button] = from.card;
    to[ImGuiCol_ButtonHovered] = to[ImGuiCol_ButtonActive] = from.accent_soft;
    to[ImGuiCol_Header] = to[ImGuiCol_HeaderHovered] = to[ImGuiCol_HeaderActive] = from.accent_soft;
    to[ImGuiCol_Separator] = from.line;
    to[ImGuiCol_TableHeaderBg] = from.page;
    to[ImGuiCol_TableBorderStrong] = to[ImGuiCol_TableBorderLight] = from.line;
    to[ImGuiCol_TableRowBg] = to[ImGuiCol_TableRowBgAlt] = {0, 0, 0, 0};
    to[ImGuiCol_TextSelectedBg] = from.accent_soft;
    to[ImGuiCol_InputTextCursor] = from.accent;
    to[ImGuiCol_NavCursor] = from.accent;
    to[ImGuiCol_ModalWindowDimBg] = {0, 0, 0, 0.45f};
}

}  // namespace

const Palette& palette_of(Theme theme) {
    switch (theme) {
        case Theme::dark: return kDark;
        case Theme::contrast: return kContrast;
        case Theme::sunlight: return kSunlight;
        case Theme::light: break;
    }
    return kLight;
}

void use(Look& look) {
    check(look.type != nullptr && look.words != nullptr, "a Look without type or words");
    ImGui::GetIO().UserData = &look;
    ImGuiStyle style;
    style.FontSizeBase = kBodySize;
    style.FontScaleMain = static_cast<float>(look.percent) / 100;
    style.FontScaleDpi = look.scale;
    set_sizes(style, unit());
    set_colours(style, palette_of(look.theme));
    ImGui::GetStyle() = style;
    look.type->set_direction(look.words->direction());
    if (ImFont* body = look.type->font(text::Weight::regular)) ImGui::GetIO().FontDefault = body;
}

const Look& look() {
    return current();
}

const Palette& palette() {
    return palette_of(current().theme);
}

text::Type& type() {
    return *current().type;
}

bool mirrored() {
    return current().words->direction() == text::Direction::right_to_left;
}

float unit() {
    const Look& look = current();
    return kBodySize * look.scale * static_cast<float>(look.percent) / 100;
}

float target_height() {
    const Look& look = current();
    const float comfortable = unit() * 1.8f;
    return look.touch ? std::max(comfortable, kTouchTarget * look.scale) : comfortable;
}

float stroke(float thickness) {
    const Look& look = current();
    const float theme = look.theme == Theme::sunlight   ? 2.0f
                        : look.theme == Theme::contrast ? 1.5f
                                                        : 1.0f;
    return std::round(thickness * theme * std::max(look.scale, 1.0f) * 2) / 2;
}

bool narrow() {
    return ImGui::GetMainViewport()->Size.x < 40 * unit();
}

ImU32 colour(const ImVec4& of_palette, float alpha) {
    ImVec4 mixed = of_palette;
    mixed.w *= alpha;
    return ImGui::GetColorU32(mixed);
}

ImVec4 tone_colour(Tone tone) {
    switch (tone) {
        case Tone::good: return palette().good;
        case Tone::warning: return palette().warning;
        case Tone::error: return palette().error;
        case Tone::info: return palette().accent;
        case Tone::neutral: break;
    }
    return palette().quiet;
}

ImVec4 tone_ground(Tone tone) {
    switch (tone) {
        case Tone::good: return palette().good_soft;
        case Tone::warning: return palette().warning_soft;
        case Tone::error: return palette().error_soft;
        case Tone::info: return palette().accent_soft;
        case Tone::neutral: break;
    }
    return palette().page;
}

}  // namespace bordereau::widgets
