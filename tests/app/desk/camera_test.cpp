// The camera of the machine, played by a test: what a person sees of it, and that it is let go.
#include "app/desk/camera.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <condition_variable>

#include "tests/support/barcode_samples.h"
#include "tests/support/fake_camera.h"
#include "tests/support/folders.h"
#include "tests/support/mjpeg_samples.h"

namespace bordereau::app {
namespace {

using End = CameraState::End;

struct Looking {
    test::TemporaryFolder folder;
    test::FakeCamera device;
    std::vector<std::string> nodes{"video0", "video1", "tty0", "videox"};
    std::mutex guard;
    std::condition_variable news;
    std::unique_ptr<Camera> camera;

    void open(bool read_codes = true) {
        Camera::Options options;
        options.calls = device.calls();
        options.devices = test::devices_in(folder.path(), nodes);
        options.pause = 0;
        camera = std::make_unique<Camera>(options, read_codes, [this] {
            const std::lock_guard hold{guard};
            news.notify_all();
        });
    }
    CameraState until_end() {
        camera->wait();
        return camera->state();
    }
    CameraState until(int pictures) {
        std::unique_lock hold{guard};
        news.wait(hold, [&] { return camera->state().pictures >= pictures; });
        return camera->state();
    }
};

media::Raster code(const char* text, int side = 480) {
    return test::barcode(ZXing::BarcodeFormat::QRCode, text, side, side);
}

}  // namespace

TEST_CASE("the first picture with a code ends the looking, and the camera is let go",
          "[desk][camera]") {
    Looking at;
    const auto format = GENERATE(V4L2_PIX_FMT_YUYV, V4L2_PIX_FMT_MJPEG);
    at.device.formats = {V4L2_PIX_FMT_GREY, format};
    const media::Raster found = code("Post 7");
    at.device.width = static_cast<std::uint32_t>(found.width);
    at.device.height = static_cast<std::uint32_t>(found.height);
    media::Raster blank = found;
    std::ranges::fill(blank.rgba, std::uint8_t{255});
    const auto frame = [&](const media::Raster& raster) {
        return format == V4L2_PIX_FMT_YUYV ? test::yuyv_of(raster) : test::mjpeg_of(raster);
    };
    at.open();
    at.device.show("damaged");
    at.device.show(frame(blank));
    CHECK(at.until(1).end == End::none);
    at.device.show(frame(found));
    const CameraState state = at.until_end();
    CHECK(state.end == End::read);
    CHECK(state.codes == std::vector<std::string>{"Post 7"});
    CHECK(state.pictures == 2);
    CHECK_FALSE(at.device.is_open());
    CHECK_FALSE(at.device.left_streaming());
    CHECK(at.device.mapped() == 0);
}

TEST_CASE("MJPEG is taken where a camera gives both, and a code is no end where a photo is wanted",
          "[desk][camera]") {
    Looking at;
    at.device.formats = {V4L2_PIX_FMT_YUYV, V4L2_PIX_FMT_MJPEG};
    at.open(false);
    at.device.show(test::mjpeg_of(code("Post 7")));
    const CameraState state = at.until(1);
    CHECK(state.end == End::none);
    CHECK(state.picture->width > 400);
    CHECK(at.device.chosen() == V4L2_PIX_FMT_MJPEG);
    at.camera.reset();  // the person has had enough
    CHECK_FALSE(at.device.is_open());
    CHECK(at.device.mapped() == 0);
}

TEST_CASE("what keeps a camera from being used is told apart, at whatever step it comes",
          "[desk][camera]") {
    const auto [request, error, end] =
        GENERATE(table<unsigned long, int, End>({{VIDIOC_S_FMT, EBUSY, End::busy},
                                                 {VIDIOC_REQBUFS, EBUSY, End::busy},
                                                 {VIDIOC_STREAMON, EBUSY, End::busy},
                                                 {VIDIOC_QUERYCAP, EACCES, End::not_allowed},
                                                 {VIDIOC_QUERYCAP, ENOTTY, End::no_camera},
                                                 {VIDIOC_QUERYBUF, EINVAL, End::unusable},
                                                 {VIDIOC_QBUF, ENODEV, End::gone},
                                                 {VIDIOC_STREAMON, ENODEV, End::gone},
                                                 {VIDIOC_DQBUF, EIO, End::gone},
                                                 {VIDIOC_ENUM_FMT, EINVAL, End::unusable}}));
    CAPTURE(request, error);
    Looking at;
    at.device.errors[request] = error;
    at.open();
    at.device.show("a frame");
    CHECK(at.until_end().end == end);
    CHECK_FALSE(at.device.is_open());
    CHECK(at.device.mapped() == 0);
}

TEST_CASE("a camera that may not be opened, or is none, is passed by", "[desk][camera]") {
    Looking at;
    SECTION("to the one behind it") {
        at.device.no_cameras = {"video0"};
        at.open(false);
        at.device.formats = {V4L2_PIX_FMT_YUYV};
        at.device.show(std::string(640 * 480 * 2, '\x80'));
        CHECK(at.until(1).picture->width == 640);
        CHECK(at.device.times_opened() == 2);
    }
    SECTION("and that is said where there is no other") {
        at.device.closed = {{"video0", EACCES}};
        at.device.no_cameras = {"video1"};
        at.open();
        CHECK(at.until_end().end == End::not_allowed);
    }
    SECTION("where another program has it") {
        at.device.closed = {{"video0", EBUSY}, {"video1", EACCES}};
        at.open();
        CHECK(at.until_end().end == End::busy);
    }
    SECTION("where there is none") {
        at.nodes = {"tty0"};
        at.open();
        CHECK(at.until_end().end == End::no_camera);
        CHECK(at.device.times_opened() == 0);
    }
}

TEST_CASE("a camera that is unplugged while somebody looks through it is told", "[desk][camera]") {
    Looking at;
    at.open();
    at.device.show(std::string(640 * 480 * 2, '\x80'));
    CHECK(at.until(1).end == End::none);
    at.device.unplug();
    const CameraState state = at.until_end();
    CHECK(state.end == End::gone);
    CHECK(state.picture != nullptr);
    CHECK_FALSE(at.device.is_open());
}

TEST_CASE("cameras are taken in the order of their numbers", "[desk][camera]") {
    const test::TemporaryFolder folder;
    const auto devices =
        test::devices_in(folder.path(), {"video10", "video2", "video", "videoa", "v4l", "tty1"});
    CHECK(camera_nodes(devices) ==
          std::vector<std::string>{(devices / "video2").string(), (devices / "video10").string()});
    CHECK(camera_nodes(folder.path() / "nowhere").empty());
}

}  // namespace bordereau::app
