#include "app/screens/camera_screen.h"

#include <imgui.h>

#include <algorithm>

#include "app/screens/button_row.h"
#include "app/screens/parts.h"
#include "app/screens/shortcuts.h"
#include "app/text/words.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/pictures.h"
#include "app/widgets/signs.h"

namespace bordereau::app {

using widgets::Icon;

void draw_camera(const CameraView& view, const text::Words& words, Commands& out) {
    if (pressed(Shortcut::close)) out.push_back(CloseFiles{});
    widgets::begin_pane("camera", {0, 0}, widgets::PaneLook::page);
    widgets::heading(words(view.photo ? "camera.title.photo" : "camera.title.code"),
                     widgets::narrow() ? 2 : 1);
    widgets::text_block(words(view.photo ? "camera.help.photo" : "camera.help.code"),
                        widgets::kQuiet);
    widgets::gap(0.3f);
    {
        Buttons button{words};
        // While the camera opens the keyboard is at it already, and not at what would close it.
        const widgets::ButtonLook take{.kind = widgets::ButtonKind::primary,
                                       .enabled = view.problem.empty()};
        if (view.photo && button("take", "camera.take", take) && view.picture)
            out.push_back(TakePhoto{});
        if (button("cancel", "action.cancel", {.icon = Icon::cross})) out.push_back(CloseFiles{});
    }
    if (!view.problem.empty())
        widgets::message_strip("problem", Tone::warning, view.problem);
    else if (!view.picture)
        widgets::text_line(words("camera.opening"), widgets::kSmall);
    const ImVec2 room = ImGui::GetContentRegionAvail();
    if (view.picture)
        widgets::picture("picture", view.picture_key, *view.picture, room.x,
                         std::max(room.y, 10 * widgets::unit()));
    widgets::end_pane();
}

}  // namespace bordereau::app
