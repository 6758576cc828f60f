// app/media/raster.h - pixels: what a decoded picture is. A plain value that any room may hold.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bordereau::media {

struct Raster {
    int width = 0, height = 0;
    std::vector<std::uint8_t>
        rgba;  ///< rows from the top, four bytes a pixel, alpha not multiplied

    bool empty() const { return width <= 0 || height <= 0; }
};

/// The mean of the pixels that each new one covers. Never larger than before; at least 1 by 1.
Raster shrunk(const Raster& raster, int width, int height);

/// Shrunk until its longer side has at most `side` pixels; unchanged where it has.
Raster shrunk_to(Raster raster, int side);

/// As a viewer shows it: turned and mirrored by an EXIF orientation, 1 to 8.
Raster upright(Raster raster, int orientation);

}  // namespace bordereau::media
