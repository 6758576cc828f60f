// app/shell/picture.h - a picture of the window as pixels and as a PNG file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/base/result.h"

namespace bordereau::shell {

/// Rows from top to bottom, three bytes (red, green, blue) a pixel.
struct Picture {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgb;
};

/// io: the file cannot be written.
Status write_png(const Picture& picture, const std::string& path);

}  // namespace bordereau::shell
