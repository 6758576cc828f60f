// app/widgets/pad.h - a sheet to draw on by hand, with mouse, pen or finger.
#pragma once

#include <string_view>

#include "app/media/drawing.h"
#include "app/media/raster.h"

namespace bordereau::widgets {

/// What is drawn already, and on what.
struct PadLook {
    const media::Drawing* drawing = nullptr;  ///< never null
    media::Sheet sheet;
    const media::Raster* ground = nullptr;  ///< a picture of the sheet's size; null: white
    std::string_view ground_key = {};
    bool line = false;  ///< to sign on; not part of the picture
    float width = 0;    ///< pixels; the height follows from the sheet
    media::Pen pen = media::Pen::black;
    std::string_view label = {};  ///< announced
};

enum class PadPress {
    none,
    stroke,  ///< the pen was lifted: `stroke` is whole
    key      ///< by the keyboard, which cannot draw
};

/// `stroke` holds what is being drawn from frame to frame; the caller takes it when it is whole.
PadPress pad(const char* id, const PadLook& look, media::Stroke& stroke);

}  // namespace bordereau::widgets
