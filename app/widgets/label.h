// app/widgets/label.h - words on the screen: single lines, paragraphs, headings.
// Every text a person reads goes through here, so that all scripts are shaped and ordered.
#pragma once

#include <imgui.h>

#include <string_view>

#include "app/text/type.h"

namespace bordereau::widgets {

enum class Ink { text, quiet, accent, good, warning, error, on_accent, side, side_quiet };
enum class Align { start, centre, end };

struct TextStyle {
    Ink ink = Ink::text;
    text::Weight weight = text::Weight::regular;
    float size = 1;  ///< of body text
    Align align = Align::start;
    text::Base base = text::Base::from_text;
};
inline constexpr TextStyle kQuiet{Ink::quiet};
inline constexpr TextStyle kBold{Ink::text, text::Weight::bold};
inline constexpr TextStyle kSmall{Ink::quiet, text::Weight::regular, 0.875f};

/// One line within `width` pixels (0: the rest of the region), cut with an ellipsis where it is
/// longer; the whole text shows when the pointer rests on it.
void text_line(std::string_view text, const TextStyle& style = {}, float width = 0);
/// ... in the middle of the height that buttons and fields have, to stand beside them.
void middle_line(std::string_view text, const TextStyle& style = {}, float width = 0);
/// A paragraph beside buttons and fields: one line stands as middle_line() does, more begin above.
void middle_block(std::string_view text, const TextStyle& style = {});
/// A paragraph, wrapped at `width` pixels (0: the rest of the region).
void text_block(std::string_view text, const TextStyle& style = {}, float width = 0);
/// Groups of Latin letters and digits that nobody else may read: wrapped like a paragraph, drawn
/// from where they are, remembered nowhere. Who listens is told `label` instead.
void secret_block(std::string_view secret, std::string_view label, const TextStyle& style = {});
/// 1 for the title of a screen, 2 for a part, 3 for a card.
void heading(std::string_view text, int level = 1);

/// Pixels a text takes; wrapped where `wrap_width` is above 0.
ImVec2 text_size(std::string_view text, const TextStyle& style = {}, float wrap_width = 0);
/// Draws one line at a place, cut at `width`, without moving the cursor.
void draw_text(ImVec2 at, float width, std::string_view text, const TextStyle& style = {});
/// ... or a paragraph, wrapped at `width`.
void draw_block(ImVec2 at, float width, std::string_view text, const TextStyle& style = {});

ImU32 ink_colour(Ink ink);

}  // namespace bordereau::widgets
