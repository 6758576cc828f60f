#include "app/media/video_frame.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/media/barcode.h"
#include "tests/support/barcode_samples.h"
#include "tests/support/fake_camera.h"
#include "tests/support/mjpeg_samples.h"

namespace bordereau::media {
namespace {

using ZXing::BarcodeFormat;

VideoFrame frame_of(const Raster& raster, std::string_view bytes,
                    FrameFormat format = FrameFormat::yuyv) {
    return {format, raster.width, raster.height, 0, bytes};
}

}  // namespace

TEST_CASE("a code is read in a frame as cameras give it", "[media][camera]") {
    const Raster code = test::barcode(BarcodeFormat::QRCode, "Post 7", 400, 400);
    const std::string yuyv = test::yuyv_of(code), jpeg = test::mjpeg_of(code);
    const auto plain = raster_of(frame_of(code, yuyv));
    REQUIRE(plain.ok());
    CHECK(codes_in(*plain) == std::vector<std::string>{"Post 7"});
    const auto packed = raster_of(frame_of(code, jpeg, FrameFormat::mjpeg));
    REQUIRE(packed.ok());
    CHECK(codes_in(*packed) == std::vector<std::string>{"Post 7"});
}

TEST_CASE("YUYV has the colours that were meant, and rows may be longer than the picture",
          "[media][camera]") {
    // White and black, then red twice, as ITU-R BT.601 has it; each row ends in two bytes more.
    const std::string bytes{"\xEB\x80\x10\x80??\x51\x5A\x51\xF0??", 12};
    const auto raster = raster_of({FrameFormat::yuyv, 2, 2, 6, bytes});
    REQUIRE(raster.ok());
    const auto near = [&](std::size_t pixel, int red, int green, int blue) {
        const auto* at = &raster->rgba[pixel * 4];
        return std::abs(at[0] - red) <= 2 && std::abs(at[1] - green) <= 2 &&
               std::abs(at[2] - blue) <= 2 && at[3] == 255;
    };
    CHECK(near(0, 255, 255, 255));
    CHECK(near(1, 0, 0, 0));
    CHECK(near(2, 255, 0, 0));
    CHECK(near(3, 255, 0, 0));
}

TEST_CASE("a frame that is cut off or senseless gives no picture", "[media][camera]") {
    const Raster code = test::barcode(BarcodeFormat::QRCode, "Post 7", 200, 200);
    const std::string yuyv = test::yuyv_of(code), jpeg = test::mjpeg_of(code);
    const VideoFrame frame = GENERATE_COPY(
        VideoFrame{FrameFormat::yuyv, code.width, code.height, 0,
                   std::string_view{yuyv}.substr(0, yuyv.size() - 1)},
        VideoFrame{FrameFormat::yuyv, 0, 0, 0, yuyv}, VideoFrame{FrameFormat::yuyv, -4, 8, 0, yuyv},
        VideoFrame{FrameFormat::yuyv, 3, 2, 0, yuyv},
        VideoFrame{FrameFormat::yuyv, 1 << 20, 1 << 20, 0, yuyv},
        VideoFrame{FrameFormat::yuyv, code.width, code.height, 1 << 20, yuyv},
        VideoFrame{FrameFormat::mjpeg, 4, 4, 0, std::string_view{jpeg}.substr(0, 60)},
        VideoFrame{FrameFormat::mjpeg, 4, 4, 0, ""});
    CHECK_FALSE(raster_of(frame).ok());
}

}  // namespace bordereau::media
