// app/widgets/look.h - how everything looks: colours, spacing, direction. One per ImGui context.
// Sizes are in font units: one unit is the height of a line of text.
#pragma once

#include <imgui.h>

#include "app/text/composed.h"
#include "app/text/type.h"
#include "app/text/words.h"
#include "app/widgets/values.h"

namespace bordereau::widgets {

/// Colours by role. A pair's text is readable on its ground (WCAG 2.1: 4.5 to 1; contrast and
/// sunlight: 7 to 1).
struct Palette {
    ImVec4 page, card, field, raised;  ///< grounds: behind all, of a card, of an input, of a menu
    ImVec4 text, quiet, on_accent;     ///< words: main, secondary, on the accent colour
    ImVec4 line, strong_line;          ///< hairlines; borders of inputs
    ImVec4 undone;                     ///< what is left of a progress bar: looks empty
    ImVec4 accent, accent_soft;        ///< the one colour: filled; as a tint behind a choice
    ImVec4 good, good_soft, warning, warning_soft, error, error_soft;
    ImVec4 side, side_text, side_quiet, side_chosen;  ///< the side bar
    ImVec4 side_ring;                                 ///< around what has the keyboard there
};
const Palette& palette_of(Theme theme);

class Pictures;

/// What widgets need to know of their surroundings. ImGuiIO::UserData points to it.
struct Look {
    text::Type* type = nullptr;          ///< never null while drawing
    const text::Words* words = nullptr;  ///< never null while drawing; texts "widget.*"
    Theme theme = Theme::light;
    int percent = 100;             ///< text size, 80 to 200
    float scale = 1;               ///< device pixels per logical pixel
    Pictures* pictures = nullptr;  ///< textures of pictures; null: their places stay empty
    bool touch = false;            ///< targets at least 44 logical pixels high
    /// What an input method composes in the field that is edited. Null: nothing.
    const text::Composed* composed = nullptr;
};

/// Makes `look` the one of the current ImGui context and sets Dear ImGui's style from it. Call it
/// again when a member has changed, never within a frame. `look` must outlive the context's use.
void use(Look& look);

/// Of the current context.
const Look& look();
const Palette& palette();
text::Type& type();
bool mirrored();                    ///< the interface runs from right to left
float unit();                       ///< height of a line of body text, pixels
float target_height();              ///< of buttons and inputs
float stroke(float thickness = 1);  ///< of lines, logical pixels to those of screen and theme
bool narrow();                      ///< the main viewport is narrower than 40 units: one column

ImU32 colour(const ImVec4& of_palette, float alpha = 1);
ImVec4 tone_colour(Tone tone);
ImVec4 tone_ground(Tone tone);

}  // namespace bordereau::widgets
