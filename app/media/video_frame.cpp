#include "app/media/video_frame.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "app/media/codec.h"

namespace bordereau::media {
namespace {

constexpr int kLongestSide = 8192;

std::uint8_t channel(int value) {
    return static_cast<std::uint8_t>(std::clamp(value, 0, 255));
}

struct Chroma {
    int blue, red;  // from -128
};

// ITU-R BT.601, luma from 16 to 235, as cameras give it. Thousandths.
void put_pixel(std::uint8_t* pixel, int luma, const Chroma& chroma) {
    const int light = 1164 * (luma - 16);
    pixel[0] = channel((light + 1596 * chroma.red) / 1000);
    pixel[1] = channel((light - 392 * chroma.blue - 813 * chroma.red) / 1000);
    pixel[2] = channel((light + 2017 * chroma.blue) / 1000);
    pixel[3] = 255;
}

void put_row(const std::uint8_t* row, int width, std::uint8_t* pixels) {
    for (int x = 0; x < width; ++x) {
        const std::uint8_t* pair = row + std::ptrdiff_t{x / 2} * 4;
        put_pixel(pixels + std::ptrdiff_t{x} * 4, pair[(x % 2) * 2],
                  {pair[1] - 128, pair[3] - 128});
    }
}

Result<Raster> raster_of_yuyv(const VideoFrame& frame) {
    const bool sized = frame.width > 0 && frame.height > 0 && frame.width % 2 == 0 &&
                       frame.width <= kLongestSide && frame.height <= kLongestSide;
    const auto row_bytes = static_cast<std::size_t>(std::max(frame.row_bytes, frame.width * 2));
    if (!sized || frame.bytes.size() / row_bytes < static_cast<std::size_t>(frame.height))
        return Error{ErrorCode::invalid, "a frame that is cut off"};
    Raster raster{frame.width, frame.height, {}};
    const auto drawn = static_cast<std::size_t>(frame.width) * 4;
    raster.rgba.resize(drawn * static_cast<std::size_t>(frame.height));
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(frame.bytes.data());
    for (std::size_t y = 0; y < static_cast<std::size_t>(frame.height); ++y)
        put_row(bytes + y * row_bytes, frame.width, raster.rgba.data() + y * drawn);
    return raster;
}

}  // namespace

Result<Raster> raster_of(const VideoFrame& frame) {
    if (frame.format == FrameFormat::yuyv) return raster_of_yuyv(frame);
    return decode(Kind::jpeg, frame.bytes, {});
}

}  // namespace bordereau::media
