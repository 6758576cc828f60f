// tests/support/fake_camera.h - a camera as the kernel shows one, played by a test: frames come
// when the test gives them, and each request can fail.
#pragma once

#include <linux/videodev2.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <deque>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "app/desk/video_stream.h"
#include "app/media/raster.h"

namespace bordereau::test {

/// As a camera gives a grey picture; `padding` bytes end each row.
inline std::string yuyv_of(const media::Raster& raster, int padding = 0) {
    std::string bytes;
    for (int y = 0; y < raster.height; ++y) {
        for (int x = 0; x < raster.width; ++x) {
            const int light = raster.rgba[static_cast<std::size_t>(y * raster.width + x) * 4];
            bytes += static_cast<char>(16 + light * 219 / 255);
            bytes += static_cast<char>(128);
        }
        bytes.append(static_cast<std::size_t>(padding), '\0');
    }
    return bytes;
}

class FakeCamera {
public:
    // To be set before it is opened.
    std::set<std::uint32_t> formats{V4L2_PIX_FMT_YUYV};
    std::uint32_t width = 640, height = 480, row_bytes = 0;
    std::uint32_t abilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
    std::map<unsigned long, int> errors;  ///< by request
    std::map<std::string, int> closed;    ///< by the name of the node: why it cannot be opened
    std::set<std::string> no_cameras;     ///< names of nodes that take no pictures

    ~FakeCamera() {
        if (ready_ >= 0) close(ready_);
    }

    void show(std::string frame) {
        const std::lock_guard hold{guard_};
        coming_.push_back(std::move(frame));
        eventfd_write(ready_, 1);
    }
    void unplug() {
        const std::lock_guard hold{guard_};
        gone_ = true;
        eventfd_write(ready_, 1);
    }
    bool is_open() const { return open_; }
    int times_opened() const { return opened_; }
    bool left_streaming() const { return streaming_; }
    std::size_t mapped() const { return mapped_; }
    std::uint32_t chosen() const { return chosen_; }

    app::CameraCalls calls() {
        return {
            [this](const std::string& node) { return opening(node); },
            [this](int, unsigned long request, void* argument) { return asked(request, argument); },
            [this](int, std::size_t, std::int64_t offset) -> void* {
                ++mapped_;
                return buffers_[static_cast<std::size_t>(offset)].data();
            },
            [this](void*, std::size_t) { --mapped_; }, [this](int) { open_ = false; }};
    }

private:
    int opening(const std::string& node) {
        const std::string name = std::filesystem::path{node}.filename().string();
        if (const auto why = closed.find(name); why != closed.end()) return -why->second;
        plain_ = !no_cameras.contains(name);
        open_ = true;
        ++opened_;
        return ready_;
    }
    int asked(unsigned long request, void* argument) {
        if (const auto error = errors.find(request); error != errors.end()) return -error->second;
        const std::lock_guard hold{guard_};
        switch (request) {
            case VIDIOC_QUERYCAP: {
                auto& able = *static_cast<v4l2_capability*>(argument);
                able.capabilities = abilities | V4L2_CAP_DEVICE_CAPS;
                able.device_caps = plain_ ? abilities : V4L2_CAP_META_CAPTURE;
                return 0;
            }
            case VIDIOC_ENUM_FMT: return offer(*static_cast<v4l2_fmtdesc*>(argument));
            case VIDIOC_S_FMT: return take_format(*static_cast<v4l2_format*>(argument));
            case VIDIOC_REQBUFS: {
                auto& wanted = *static_cast<v4l2_requestbuffers*>(argument);
                wanted.count = 2;
                buffers_.assign(2, std::string(4u << 20, '\0'));
                return 0;
            }
            case VIDIOC_QUERYBUF: {
                auto& buffer = *static_cast<v4l2_buffer*>(argument);
                buffer.length = static_cast<std::uint32_t>(buffers_[buffer.index].size());
                buffer.m.offset = buffer.index;
                return 0;
            }
            case VIDIOC_QBUF:
                queued_.push_back(static_cast<v4l2_buffer*>(argument)->index);
                return 0;
            case VIDIOC_DQBUF: return give(*static_cast<v4l2_buffer*>(argument));
            case VIDIOC_STREAMON: streaming_ = true; return 0;
            case VIDIOC_STREAMOFF: streaming_ = false; return 0;
            default: return -ENOTTY;
        }
    }
    int offer(v4l2_fmtdesc& offered) const {
        if (offered.index >= formats.size()) return -EINVAL;
        offered.pixelformat = *std::next(formats.begin(), offered.index);
        return 0;
    }
    int take_format(v4l2_format& format) {
        chosen_ = format.fmt.pix.pixelformat;
        format.fmt.pix.width = width;
        format.fmt.pix.height = height;
        format.fmt.pix.bytesperline = row_bytes;
        return 0;
    }
    int give(v4l2_buffer& buffer) {
        eventfd_t one = 0;
        if (gone_) return -ENODEV;
        if (coming_.empty() || queued_.empty()) return -EAGAIN;
        eventfd_read(ready_, &one);
        buffer.index = queued_.front();
        queued_.pop_front();
        const std::string frame = std::move(coming_.front());
        coming_.pop_front();
        std::string& held = buffers_[buffer.index];
        buffer.bytesused = static_cast<std::uint32_t>(std::min(frame.size(), held.size()));
        std::memcpy(held.data(), frame.data(), buffer.bytesused);
        return 0;
    }

    std::mutex guard_;
    std::deque<std::string> coming_;
    std::deque<std::uint32_t> queued_;
    std::vector<std::string> buffers_;
    int ready_ = eventfd(0, EFD_CLOEXEC | EFD_SEMAPHORE | EFD_NONBLOCK);
    bool gone_ = false, plain_ = true;
    std::uint32_t chosen_ = 0;
    std::atomic<bool> open_ = false, streaming_ = false;
    std::atomic<int> opened_ = 0;
    std::atomic<std::size_t> mapped_ = 0;
};

/// A folder as /dev is, with these nodes in it.
inline std::filesystem::path devices_in(const std::filesystem::path& folder,
                                        const std::vector<std::string>& nodes) {
    const auto devices = folder / "dev";
    std::filesystem::create_directories(devices);
    for (const std::string& node : nodes) std::ofstream{devices / node};
    return devices;
}

}  // namespace bordereau::test
