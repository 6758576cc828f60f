#include "app/desk/video_stream.h"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace bordereau::app {
namespace {

// Enough for a code that is held before the camera, and for a photo of a page.
constexpr std::uint32_t kWidth = 1280, kHeight = 720;
constexpr std::uint32_t kBuffers = 4, kMostBuffers = 32, kFramesPerSecond = 10;
constexpr std::uint32_t kMostFormats = 64;

int failure(int result) {
    return result < 0 ? -result : 0;
}

v4l2_buffer buffer_at(std::uint32_t index) {
    v4l2_buffer buffer{};
    buffer.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    buffer.memory = V4L2_MEMORY_MMAP;
    buffer.index = index;
    return buffer;
}

}  // namespace

CameraCalls kernel_camera_calls() {
    CameraCalls calls;
    calls.open = [](const std::string& node) {
        const int opened = ::open(node.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
        return opened < 0 ? -errno : opened;
    };
    calls.control = [](int descriptor, unsigned long request, void* argument) {
        for (;;) {
            if (ioctl(descriptor, request, argument) >= 0) return 0;
            if (errno != EINTR) return -errno;
        }
    };
    calls.map = [](int descriptor, std::size_t length, std::int64_t offset) -> void* {
        void* bytes = mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, offset);
        return bytes == MAP_FAILED ? nullptr : bytes;
    };
    calls.unmap = [](void* bytes, std::size_t length) { munmap(bytes, length); };
    calls.close = [](int descriptor) { ::close(descriptor); };
    return calls;
}

VideoStream::~VideoStream() {
    if (descriptor_ < 0) return;
    int kind = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    if (streaming_) calls_.control(descriptor_, VIDIOC_STREAMOFF, &kind);
    for (const Buffer& buffer : buffers_) calls_.unmap(buffer.bytes, buffer.length);
    calls_.close(descriptor_);
}

int VideoStream::open(const std::string& node) {
    const int opened = calls_.open(node);
    if (opened < 0) return -opened;
    descriptor_ = opened;
    v4l2_capability able{};
    if (const int failed = failure(calls_.control(descriptor_, VIDIOC_QUERYCAP, &able)))
        return failed == ENOTTY ? ENODEV : failed;
    const std::uint32_t own =
        (able.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? able.device_caps : able.capabilities;
    constexpr std::uint32_t needed = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
    return (own & needed) == needed ? 0 : ENODEV;
}

int VideoStream::start() {
    if (const int failed = choose_format()) return failed;
    v4l2_streamparm pace{};
    pace.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    pace.parm.capture.timeperframe = {1, kFramesPerSecond};
    calls_.control(descriptor_, VIDIOC_S_PARM, &pace);  // a wish
    if (const int failed = map_buffers()) return failed;
    int kind = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    const int failed = failure(calls_.control(descriptor_, VIDIOC_STREAMON, &kind));
    streaming_ = failed == 0;
    return failed;
}

// MJPEG where there is a choice: over USB, YUYV of this size comes slowly.
int VideoStream::choose_format() {
    std::uint32_t chosen = 0;
    for (std::uint32_t index = 0; index < kMostFormats; ++index) {
        v4l2_fmtdesc offered{};
        offered.index = index;
        offered.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
        if (calls_.control(descriptor_, VIDIOC_ENUM_FMT, &offered) < 0) break;
        if (offered.pixelformat == V4L2_PIX_FMT_MJPEG) chosen = V4L2_PIX_FMT_MJPEG;
        if (offered.pixelformat == V4L2_PIX_FMT_YUYV && chosen == 0) chosen = V4L2_PIX_FMT_YUYV;
    }
    if (chosen == 0) return ENOTSUP;
    v4l2_format format{};
    format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    format.fmt.pix.width = kWidth;
    format.fmt.pix.height = kHeight;
    format.fmt.pix.pixelformat = chosen;
    format.fmt.pix.field = V4L2_FIELD_ANY;
    if (const int failed = failure(calls_.control(descriptor_, VIDIOC_S_FMT, &format)))
        return failed;
    if (format.fmt.pix.pixelformat != chosen) return ENOTSUP;
    shape_.format =
        chosen == V4L2_PIX_FMT_MJPEG ? media::FrameFormat::mjpeg : media::FrameFormat::yuyv;
    const auto plain = [](std::uint32_t size) {
        return static_cast<int>(std::min<std::uint32_t>(size, 1 << 20));
    };
    shape_.width = plain(format.fmt.pix.width);
    shape_.height = plain(format.fmt.pix.height);
    shape_.row_bytes = plain(format.fmt.pix.bytesperline);
    return 0;
}

int VideoStream::map_buffers() {
    v4l2_requestbuffers wanted{};
    wanted.count = kBuffers;
    wanted.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    wanted.memory = V4L2_MEMORY_MMAP;
    if (const int failed = failure(calls_.control(descriptor_, VIDIOC_REQBUFS, &wanted)))
        return failed;
    if (wanted.count == 0 || wanted.count > kMostBuffers) return ENOMEM;
    for (std::uint32_t index = 0; index < wanted.count; ++index)
        if (const int failed = map_buffer(index)) return failed;
    return 0;
}

int VideoStream::map_buffer(std::uint32_t index) {
    v4l2_buffer buffer = buffer_at(index);
    if (const int failed = failure(calls_.control(descriptor_, VIDIOC_QUERYBUF, &buffer)))
        return failed;
    if (buffer.length == 0) return ENOMEM;
    void* bytes = calls_.map(descriptor_, buffer.length, buffer.m.offset);
    if (bytes == nullptr) return ENOMEM;
    buffers_.push_back({bytes, buffer.length});
    return queue(index);
}

int VideoStream::queue(std::uint32_t index) {
    v4l2_buffer buffer = buffer_at(index);
    return failure(calls_.control(descriptor_, VIDIOC_QBUF, &buffer));
}

int VideoStream::take(const std::function<void(const media::VideoFrame&)>& use) {
    v4l2_buffer buffer = buffer_at(0);
    if (const int failed = failure(calls_.control(descriptor_, VIDIOC_DQBUF, &buffer)))
        return failed;
    if (buffer.index >= buffers_.size()) return EIO;
    const Buffer& held = buffers_[buffer.index];
    const bool whole = (buffer.flags & V4L2_BUF_FLAG_ERROR) == 0 && buffer.bytesused != 0;
    if (whole) {
        media::VideoFrame frame = shape_;
        frame.bytes = {static_cast<const char*>(held.bytes),
                       std::min<std::size_t>(buffer.bytesused, held.length)};
        use(frame);
    }
    if (const int failed = queue(buffer.index)) return failed;
    return whole ? 0 : EAGAIN;
}

}  // namespace bordereau::app
