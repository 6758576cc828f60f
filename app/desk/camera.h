// app/desk/camera.h - the camera of this machine, open while a person looks through it and not a
// moment longer. A thread takes its pictures and reads codes in them; between them nothing runs.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/desk/video_stream.h"
#include "app/desk/watched.h"
#include "app/media/raster.h"
#include "storage/base/time.h"

namespace bordereau::app {

struct CameraState {
    enum class End {
        none,         ///< still open
        read,         ///< a picture held codes
        no_camera,    ///< none is there
        busy,         ///< another program has it
        not_allowed,  ///< this account may not open it
        gone,         ///< it was unplugged
        unusable      ///< it gives no picture that can be read
    };
    End end = End::none;
    std::shared_ptr<const media::Raster> picture;  ///< the latest; null: none yet
    int pictures = 0;                              ///< so far
    std::vector<std::string> codes;                ///< of the last one
};

/// Device nodes of cameras, and of what else takes pictures, in the order of their numbers.
std::vector<std::string> camera_nodes(const std::filesystem::path& devices);

class Camera {
public:
    struct Options {
        CameraCalls calls = kernel_camera_calls();
        std::filesystem::path devices = "/dev";
        Millis pause = 200;      ///< between two pictures
        Millis patience = 5000;  ///< for one
    };
    /// `read_codes`: ends by itself at the first picture with a code. `changed` is called from a
    /// thread when state() has news.
    /// Its end closes it.
    Camera(Options options, bool read_codes, std::function<void()> changed);

    CameraState state() const { return watched_.state(); }
    void wait() { watched_.wait(); }  ///< until it has ended by itself; for tests

private:
    class Looking;

    const Options options_;
    const bool read_codes_;
    Watched<CameraState> watched_;  // last: its thread uses the others
};

}  // namespace bordereau::app
