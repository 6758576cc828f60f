// app/media/measure.h - size, orientation and length of a file from its heads, without decoding.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "app/media/kind.h"

namespace bordereau::media {

/// As stored; a viewer turns it by its orientation first. 0 by 0: not known.
struct Shape {
    std::int64_t width = 0, height = 0;
    int orientation = 1;  ///< EXIF tag 0x0112, 1 to 8
};

Shape measure(Kind kind, std::string_view bytes);

/// Milliseconds of sound or film, where the heads say so cheaply.
std::optional<std::int64_t> length_of(Kind kind, std::string_view bytes);

}  // namespace bordereau::media
