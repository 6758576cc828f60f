// app/widgets/buttons.h - things to press. `id` is the identity (from the model), `label` the
// words.
#pragma once

#include <string_view>

#include "app/widgets/icons.h"
#include "app/widgets/label.h"
#include "app/widgets/values.h"

namespace bordereau::widgets {

enum class ButtonKind {
    plain,    ///< outlined
    primary,  ///< filled with the accent colour: one a screen
    quiet,    ///< words only
    danger    ///< cannot be taken back
};

struct ButtonLook {
    ButtonKind kind = ButtonKind::plain;
    Icon icon = Icon::none;
    float width = 0;  ///< pixels; 0: as wide as its words
    bool enabled = true;
};

/// True when pressed. Words that do not fit its width are wrapped.
bool button(const char* id, std::string_view label, const ButtonLook& look = {});
float button_width(std::string_view label, Icon icon = Icon::none);
/// A square button with a sign only; `label` shows when the pointer rests on it.
bool icon_button(const char* id, Icon icon, std::string_view label, bool enabled = true);
/// Words that lead somewhere, underlined.
bool link(const char* id, std::string_view label);

/// An entry of the side bar.
struct SideItem {
    Icon icon = Icon::none;
    std::string_view label = {};
    int count = 0;              ///< shown in a pill when above 0
    float progress = -1;        ///< 0 to 1 as a line below the words; below 0: none
    Tone sign = Tone::neutral;  ///< error, warning or good show their sign at the end
    bool chosen = false;
    bool bare = false;  ///< its icon only; the words show when the pointer rests on it
};
bool side_item(const char* id, const SideItem& item);

/// What folds out more: a title, cut where it is longer, over a line that may take a second one.
struct FoldView {
    std::string_view title = {}, detail = {};
    Tone tone = Tone::neutral;   ///< how things stand, as a sign at the end; neutral: none
    std::string_view told = {};  ///< the words of that sign, when the pointer rests on it
    bool open = false;
};
/// As wide as there is room. True when pressed.
bool fold(const char* id, const FoldView& view);

/// One of several views of the same thing; several beside each other in a Row.
bool tab(const char* id, std::string_view label, bool chosen, int count = -1);
float tab_width(std::string_view label, int count = -1);

/// A large target with a title and a line below: an entry of a list, a kind of report.
struct TileView {
    Icon icon = Icon::none;
    std::string_view title = {}, detail = {};
    bool enabled = true;
};
bool tile(const char* id, const TileView& view);

}  // namespace bordereau::widgets
