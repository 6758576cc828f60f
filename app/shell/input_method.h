// app/shell/input_method.h - what GLFW lacks for input methods of X11 (XIM), with which Chinese is
// written: keys that a method has taken do not reach the program, what it composes is told so that
// the field can show it, and its list of words stands at the caret. Elsewhere than on X11 nothing
// is ever taken.
#pragma once

#include <set>

#include "app/text/composed.h"

namespace bordereau::shell {

/// A key event as it arrives. A method answers when it likes: what it does not want comes back, as
/// the same event once more.
enum class KeyCourse { fresh, taken, returned };

enum class KeyAction { press, repeat, release };

/// What is to be told of a key event.
enum class KeyTold {
    nothing,
    as_it_is,
    press,
    tap  ///< press and release: it came back after the key was let go
};

/// Decides it, so that a program sees each press with its release, and none that a method took.
/// GLFW tells a press when it arrives, before the method has answered: Backspace would change the
/// answer as well as the word that is being composed.
class MethodKeys {
public:
    KeyTold tell(int key, KeyAction action, KeyCourse course);

private:
    std::set<int> told_;     // as pressed
    std::set<int> waiting_;  // taken, not told, and not let go yet
};

/// Of the key event that GLFW tells at this moment.
KeyCourse course_of_key();

/// A field is edited, its caret at this place of the window, pixels; y below its line. Methods take
/// keys only then.
void compose_at(int x, int y);
/// No field is edited any more; what was being composed is dropped.
void stop_composing();

/// What is being composed, where the method leaves it to the program to show it ("on the spot").
/// Empty with methods that show it in a window of their own, at the caret where they can.
const text::Composed& composed();
/// Drops it, here and in the method. Nothing happens where nothing is composed.
void drop_composed();
/// Whether composed() has changed since the last call. To be asked after events were taken in.
bool take_composed_change();

}  // namespace bordereau::shell
