// app/widgets/icons.h - signs drawn with lines, so that they need no font and take any colour.
// Those with a direction are mirrored where text runs from right to left.
#pragma once

#include <imgui.h>

namespace bordereau::widgets {

enum class Icon {
    none,
    check,
    cross,
    plus,
    minus,
    info,
    warning,
    error,
    search,
    calendar,
    clock,
    forward,   ///< towards the end edge
    backward,  ///< towards the start edge
    down,
    up,
    home,
    pencil,
    review,
    history,
    sync,
    offline,
    report,
    form,
    people,
    settings,
    comment,
    lock,
    trash,
    undo,
    redo,
    keyboard,
    file,
    folder,
    dot,
    ring,
    menu
};

/// Draws within a square of `size` pixels whose upper left corner is `at`.
void draw_icon(Icon icon, ImVec2 at, float size, ImU32 colour);
/// As an item of its own, `units` lines high.
void icon_item(Icon icon, ImU32 colour, float units = 1);

}  // namespace bordereau::widgets
