#include "app/desk/camera.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <map>
#include <optional>
#include <utility>

#include "app/media/barcode.h"

namespace bordereau::app {
namespace {

using End = CameraState::End;
using Moment = std::chrono::steady_clock::time_point;

End end_of(int error) {
    switch (error) {
        case EBUSY: return End::busy;
        case EACCES:
        case EPERM: return End::not_allowed;
        case ENODEV:
        case ENXIO:
        case EIO: return End::gone;
        default: return End::unusable;
    }
}

}  // namespace

std::vector<std::string> camera_nodes(const std::filesystem::path& devices) {
    constexpr std::string_view kVideo = "video";
    std::map<int, std::string> found;
    std::error_code failed;
    for (std::filesystem::directory_iterator at{devices, failed}, end; !failed && at != end;
         at.increment(failed)) {
        const std::string name = at->path().filename().string();
        if (!name.starts_with(kVideo)) continue;
        int number = 0;
        const char* last = name.data() + name.size();
        const auto read = std::from_chars(name.data() + kVideo.size(), last, number);
        if (read.ec == std::errc{} && read.ptr == last) found[number] = at->path().string();
    }
    std::vector<std::string> nodes;
    for (auto& [number, node] : found) nodes.push_back(std::move(node));
    return nodes;
}

// The first camera that can be had, from its opening to its end. Lives in the thread.
class Camera::Looking {
public:
    explicit Looking(Camera& camera) : camera_(camera) {}

    void look() {
        End end = begin();
        while (end == End::none && wait_for_frame(end)) end = take();
        if (end != End::none)
            camera_.watched_.change([end](CameraState& state) { state.end = end; });
    }

private:
    // A node beside a camera takes no pictures itself: the next one may.
    End begin() {
        End end = End::no_camera;
        for (const std::string& node : camera_nodes(camera_.options_.devices)) {
            stream_.emplace(camera_.options_.calls);
            int failed = stream_->open(node);
            if (failed == ENODEV) continue;
            if (failed == 0) failed = stream_->start();
            if (failed == 0) return End::none;
            if (end == End::no_camera) end = end_of(failed);
        }
        stream_.reset();
        return end;
    }

    // False: the person has had enough, or `end` says what is the matter.
    bool wait_for_frame(End& end) {
        for (;;) {
            std::array<pollfd, 2> both{pollfd{stream_->descriptor(), POLLIN, 0},
                                       pollfd{camera_.watched_.ending(), POLLIN, 0}};
            const int ready =
                poll(both.data(), both.size(), static_cast<int>(camera_.options_.patience));
            if (ready < 0 && errno == EINTR) continue;
            if (both[1].revents != 0) return false;
            if (ready <= 0) end = End::unusable;
            return ready > 0;
        }
    }

    End take() {
        End end = End::none;
        const int failed = stream_->take([&](const media::VideoFrame& frame) { end = see(frame); });
        if (failed != 0 && failed != EAGAIN) return end_of(failed);
        return end;
    }

    // Most frames go by unseen: a person holds a code still for longer than a pause.
    End see(const media::VideoFrame& frame) {
        const Moment now = std::chrono::steady_clock::now();
        if (now < next_) return End::none;
        auto raster = media::raster_of(frame);
        if (!raster) return End::none;
        next_ = now + std::chrono::milliseconds{camera_.options_.pause};
        auto picture = std::make_shared<const media::Raster>(*std::move(raster));
        auto codes = camera_.read_codes_ ? media::codes_in(*picture) : std::vector<std::string>{};
        const End end = codes.empty() ? End::none : End::read;
        camera_.watched_.change([&](CameraState& state) {
            state.picture = std::move(picture);
            state.codes = std::move(codes);
            ++state.pictures;
        });
        return end;
    }

    Camera& camera_;
    std::optional<VideoStream> stream_;
    Moment next_{};
};

Camera::Camera(Options options, bool read_codes, std::function<void()> changed)
    : options_(std::move(options)), read_codes_(read_codes), watched_(std::move(changed)) {
    watched_.begin([this] { Looking{*this}.look(); });
}

}  // namespace bordereau::app
