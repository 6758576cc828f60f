// app/screens/pad_field.h - a picture that is drawn by hand: the sheet within its question, or as
// large as the page.
#pragma once

#include <string>

#include "app/commands.h"
#include "app/media/drawing.h"
#include "app/screens/file_view.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// At most one stroke is being drawn.
struct PadUi {
    std::string question;  ///< key of the question it is drawn for
    media::Stroke stroke;
    media::Pen pen = media::Pen::black;
};

/// The sheet and what may be done with it, where no picture answers the question yet.
void draw_pad_field(const PadView& pad, PadUi& ui, const text::Words& words, Commands& out);

/// In the place of the page.
void draw_pad_page(const PadView& pad, PadUi& ui, const text::Words& words, Commands& out);

}  // namespace bordereau::app
