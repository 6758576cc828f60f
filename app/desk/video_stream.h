// app/desk/video_stream.h - one camera as Linux offers it (V4L2, "Streaming I/O (Memory Mapping)").
// What is asked of the kernel goes through a table, which a test can play.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/media/video_frame.h"

namespace bordereau::app {

/// Failures are negative errno values, or null.
struct CameraCalls {
    std::function<int(const std::string& node)> open;  ///< a descriptor that poll() takes
    std::function<int(int, unsigned long request, void* argument)> control;  ///< ioctl()
    std::function<void*(int, std::size_t length, std::int64_t offset)> map;
    std::function<void(void*, std::size_t length)> unmap;
    std::function<void(int)> close;
};
CameraCalls kernel_camera_calls();

/// From open() to its end the camera is this program's. Errors are errno values, 0 for none.
class VideoStream {
public:
    explicit VideoStream(const CameraCalls& calls) : calls_(calls) {}
    ~VideoStream();
    VideoStream(const VideoStream&) = delete;
    VideoStream& operator=(const VideoStream&) = delete;

    /// ENODEV: it takes no pictures (a tuner, or what a camera tells beside them).
    int open(const std::string& node);
    /// EBUSY: another program has it. ENOTSUP: it gives neither MJPEG nor YUYV.
    int start();
    int descriptor() const { return descriptor_; }

    /// Gives the frame that is ready to `use`, its bytes only until that returns. EAGAIN: none is,
    /// or it came damaged.
    int take(const std::function<void(const media::VideoFrame&)>& use);

private:
    struct Buffer {
        void* bytes = nullptr;
        std::size_t length = 0;
    };
    int choose_format();
    int map_buffers();
    int map_buffer(std::uint32_t index);
    int queue(std::uint32_t index);

    const CameraCalls& calls_;
    int descriptor_ = -1;
    bool streaming_ = false;
    media::VideoFrame shape_;
    std::vector<Buffer> buffers_;
};

}  // namespace bordereau::app
