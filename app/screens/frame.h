// app/screens/frame.h - draws what surrounds a screen; the screen itself draws inside.
#pragma once

#include <functional>
#include <optional>

#include "app/screens/file_view.h"
#include "app/screens/frame_view.h"
#include "app/widgets/keyboard.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// What stands in the place of a page until it is closed.
enum class Over { nothing, browser, camera, pad, enlarged };

struct FrameUi {
    Over over = Over::nothing;       ///< now: whoever draws the body says so before
    Over stood_over{};               ///< ... in the last frame
    widgets::KeyboardPlace under{};  ///< where the keyboard was in the page that it covers
    std::optional<Place> stood{};    ///< the page of the last frame; nothing: come to it anew
    int landing = 0;                 ///< frames until the keyboard comes to a page that has opened
    bool menu_open = false;          ///< the side bar over a narrow window
    bool menu_left = false;          ///< by a key: the button that opened it has the keyboard
    bool keys_open = false;          ///< the sheet of keys stands in the place of the screen
    widgets::KeyboardPlace left{};   ///< where the keyboard was when the sheet was opened
    bool returns = false;            ///< there: the sheet was closed
    float foot = 0;                  ///< height of what stands at the foot of the side bar, pixels
    float side_height = 0;           ///< of all that stands in it, without the room above the foot
};

/// Which of them is open.
Over over_page(const FilesView& files);

/// Fills the whole window. `body` draws the screen into what is left of it.
void draw_frame(const FrameView& view, FrameUi& ui, const text::Words& words, Commands& out,
                const std::function<void()>& body);

}  // namespace bordereau::app
