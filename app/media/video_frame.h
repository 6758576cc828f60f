// app/media/video_frame.h - one frame as a camera gives it, to pixels. Knows no device.
#pragma once

#include <string_view>

#include "app/media/raster.h"
#include "storage/base/result.h"

namespace bordereau::media {

/// YUYV: four bytes (luma, blue, luma, red) for two pixels (V4L2_PIX_FMT_YUYV). MJPEG: a JPEG each,
/// which may lack the tables that the standard gives (V4L2_PIX_FMT_MJPEG).
enum class FrameFormat { yuyv, mjpeg };

struct VideoFrame {
    FrameFormat format = FrameFormat::yuyv;
    int width = 0, height = 0;
    int row_bytes = 0;  ///< of YUYV, at least twice the width; 0: just that
    std::string_view bytes;
};

/// invalid: damaged or cut off, as first frames often are.
Result<Raster> raster_of(const VideoFrame& frame);

}  // namespace bordereau::media
