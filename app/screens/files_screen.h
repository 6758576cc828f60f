// app/screens/files_screen.h - what stands in the place of a page while a file is chosen, saved, or
// looked at in large. No window of its own: nothing blocks, and a narrow window has room.
#pragma once

#include <string>

#include "app/commands.h"
#include "app/screens/file_view.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

struct FilesUi {
    std::string find;    ///< being typed
    std::string folder;  ///< drawn last; another one begins at its top, with nothing typed
};

void draw_browser(const BrowserView& view, FilesUi& ui, const text::Words& words, Commands& out);
void draw_enlarged(const EnlargedView& view, const text::Words& words, Commands& out);

}  // namespace bordereau::app
