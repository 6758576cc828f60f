// app/screens/camera_screen.h - what the camera sees, in the place of the page while it is open.
#pragma once

#include "app/commands.h"
#include "app/screens/file_view.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

void draw_camera(const CameraView& view, const text::Words& words, Commands& out);

}  // namespace bordereau::app
