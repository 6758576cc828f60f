#include "app/media/codec.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/media/measure.h"
#include "tests/support/media_samples.h"

namespace bordereau::media {
namespace {

// Red, green, blue of the middle of a quarter.
struct Colour {
    int red, green, blue;
};
Colour at(const Raster& raster, int x, int y) {
    const auto place = static_cast<std::size_t>((y * raster.width + x) * 4);
    return {raster.rgba[place], raster.rgba[place + 1], raster.rgba[place + 2]};
}
bool is_red(Colour colour) {
    return colour.red > 150 && colour.green < 100 && colour.blue < 100;
}

}  // namespace

TEST_CASE("a thumbnail is upright, whichever way the camera was held", "[media]") {
    // Where the stored upper left corner, which is red, belongs (EXIF 2.32, 4.6.4).
    const auto [orientation, right, lower] = GENERATE(table<int, bool, bool>({{1, false, false},
                                                                              {2, true, false},
                                                                              {3, true, true},
                                                                              {4, false, true},
                                                                              {5, false, false},
                                                                              {6, true, false},
                                                                              {7, true, true},
                                                                              {8, false, true}}));
    const auto small = thumbnail(Kind::jpeg, test::telling_jpeg(320, 160, orientation), 80);
    REQUIRE(small.ok());
    const bool turned = orientation >= 5;
    CHECK(small->width == (turned ? 40 : 80));
    CHECK(small->height == (turned ? 80 : 40));
    const int x = small->width * (right ? 3 : 1) / 4, y = small->height * (lower ? 3 : 1) / 4;
    CHECK(is_red(at(*small, x, y)));
}

TEST_CASE("pixels come back from PNG as they were", "[media]") {
    const Raster drawing = test::quarters(33, 7);
    const auto back = decode(Kind::png, *encode_png(drawing), {});
    REQUIRE(back.ok());
    CHECK(back->rgba == drawing.rgba);
}

TEST_CASE("a picture is scaled down to what the form asks, colours and orientation kept",
          "[media]") {
    SECTION("JPEG") {
        const std::string photo = test::telling_jpeg(400, 200, 6);
        const auto small = scaled_down(Kind::jpeg, photo, 100);
        REQUIRE(small.ok());
        const Shape shape = measure(Kind::jpeg, *small);
        CHECK(shape.width == 100);
        CHECK(shape.height == 50);
        CHECK(shape.orientation == 6);
        CHECK(small->find(test::kProfile) != std::string::npos);
        CHECK(small->find(test::kSecretPlace) == std::string::npos);
        CHECK(decode(Kind::jpeg, *small, {}).ok());
    }
    SECTION("PNG") {
        const auto small = scaled_down(Kind::png, *encode_png(test::quarters(90, 300)), 100);
        REQUIRE(small.ok());
        CHECK(measure(Kind::png, *small).height == 100);
        CHECK(measure(Kind::png, *small).width == 30);
    }
    SECTION("one that is small enough stays as it is") {
        const std::string photo = test::telling_jpeg(100, 60, 1);
        CHECK(*scaled_down(Kind::jpeg, photo, 100) == photo);
    }
}

TEST_CASE("a small file that claims to be a huge picture is refused before memory is taken",
          "[media]") {
    SECTION("PNG") {
        std::string head =
            test::be(60'000, 4) + test::be(60'000, 4) + std::string("\x08\x06\0\0\0", 5);
        const std::string bomb = "\x89PNG\r\n\x1A\n" + test::png_chunk("IHDR", head) +
                                 test::png_chunk("IDAT", "x") + test::png_chunk("IEND", "");
        CHECK(decode(Kind::png, bomb, {}).error().code == ErrorCode::refused);
    }
    SECTION("a chunk of PNG") {
        std::string bomb = test::telling_png(8, 8);
        bomb.replace(8 + 25, 4, test::be(0x7FFF0000, 4));
        CHECK(decode(Kind::png, bomb, {}).error().code == ErrorCode::invalid);
    }
    SECTION("JPEG") {
        std::string bomb = *encode_jpeg(test::quarters(16, 16), 80);
        const std::size_t frame = bomb.find(std::string_view{"\xFF\xC0", 2});
        REQUIRE(frame != std::string::npos);
        bomb.replace(frame + 5, 4, test::be(65'000, 2) + test::be(65'000, 2));
        CHECK(decode(Kind::jpeg, bomb, {}).error().code == ErrorCode::refused);
    }
}

TEST_CASE("damaged pictures are told from others without harm", "[media]") {
    const std::string photo = *encode_jpeg(test::quarters(64, 64), 80);
    const std::string drawing = *encode_png(test::quarters(64, 64));
    CHECK(decode(Kind::jpeg, photo.substr(0, 30), {}).error().code == ErrorCode::invalid);
    CHECK(decode(Kind::png, drawing.substr(0, drawing.size() / 2), {}).error().code ==
          ErrorCode::invalid);
    CHECK(decode(Kind::webp, test::telling_webp(), {}).error().code == ErrorCode::invalid);
    CHECK(decode(Kind::jpeg, "", {}).error().code == ErrorCode::invalid);
}

TEST_CASE("shrinking never divides by nothing", "[media]") {
    const auto [width, height] = GENERATE(table<int, int>({{1, 1}, {1, 500}, {500, 1}, {3, 2}}));
    const Raster small = shrunk_to(test::quarters(width, height), 2);
    CHECK(small.width >= 1);
    CHECK(small.height >= 1);
    CHECK(std::max(small.width, small.height) <= 2);
}

}  // namespace bordereau::media
