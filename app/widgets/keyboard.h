// app/widgets/keyboard.h - where the keyboard is, so that it can be given back to what was left for
// a while; and keys that only one listener hears.
#pragma once

#include <imgui.h>

namespace bordereau::widgets {

struct KeyboardPlace {
    ImGuiID item = 0, window = 0, scope = 0;  ///< 0: it is nowhere
    bool typing = false;                      ///< in a field that is edited
    bool marked = false;                      ///< the frame that shows it was drawn
};
KeyboardPlace keyboard_place();

/// Where what has the keyboard ends: its lower edge in pixels of the screen; below 0: nothing has.
float keyboard_edge();

/// Call before what it was at is drawn again. A field is edited again where its caret was, if it
/// still holds the same.
void return_keyboard(const KeyboardPlace& place);

/// Nobody else hears in this frame that the key went down.
void take_key(ImGuiKey key);

/// Call at the end of each frame. Escape ends typing and closes what is open; where there is
/// neither, the keyboard stays where it is.
void keep_keyboard_on_escape();

/// A key that has just been pressed has a meaning of its own: it moves neither the keyboard nor the
/// page until it is let go.
void keep_from_moving(ImGuiKey key);

}  // namespace bordereau::widgets
