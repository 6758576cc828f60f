#include "app/media/drawing.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/media/clean.h"
#include "app/media/codec.h"
#include "tests/support/media_samples.h"

namespace bordereau::media {
namespace {

constexpr Sheet kSheet{80, 40};

Spot at(int x, int y) {
    return {x * kParts, y * kParts};
}
Stroke across(Pen pen = Pen::black) {
    return {pen, {at(10, 20), at(30, 22), at(50, 18), at(70, 20)}};
}
int red_at(const Raster& raster, int x, int y) {
    return raster.rgba[static_cast<std::size_t>((y * raster.width + x) * 4)];
}

}  // namespace

TEST_CASE("strokes are drawn where the hand was, and nowhere else", "[media][drawing]") {
    const Raster drawn = drawn_on(blank_sheet(kSheet), {across()});
    CHECK(drawn.width == 80);
    CHECK(red_at(drawn, 10, 20) < 60);
    CHECK(red_at(drawn, 40, 20) < 60);
    CHECK(red_at(drawn, 40, 30) == 255);
    CHECK(red_at(drawn, 5, 20) == 255);
}

TEST_CASE("a dot is a stroke too, and one that crosses itself grows no darker",
          "[media][drawing]") {
    const Raster dot = drawn_on(blank_sheet(kSheet), {{Pen::red, {at(40, 20)}}});
    CHECK(red_at(dot, 39, 19) < 225);
    CHECK(red_at(dot, 30, 19) == 255);
    const Stroke once{Pen::black, {at(10, 20), at(40, 20), at(70, 20)}};
    const Stroke twice{Pen::black, {at(10, 20), at(40, 20), at(70, 20), at(40, 20), at(10, 20)}};
    const Raster light = drawn_on(blank_sheet(kSheet), {once});
    const Raster again = drawn_on(blank_sheet(kSheet), {twice});
    for (int y = 15; y < 25; ++y) CHECK(red_at(light, 40, y) == red_at(again, 40, y));
}

TEST_CASE("what was drawn on shows between the strokes", "[media][drawing]") {
    const Raster ground = test::quarters(80, 40);
    const Raster drawn = drawn_on(ground, {across()});
    CHECK(red_at(drawn, 5, 5) == red_at(ground, 5, 5));
    CHECK(red_at(drawn, 20, 21) < 60);
}

TEST_CASE("ink is seen on a picture that one can see through", "[media][drawing]") {
    const Raster glass{80, 40, std::vector<std::uint8_t>(80 * 40 * 4, 0)};
    const Raster drawn = drawn_on(glass, {across()});
    CHECK(red_at(drawn, 5, 5) == 255);
    CHECK(red_at(drawn, 40, 20) < 60);
    CHECK(drawn.rgba[3] == 255);
}

TEST_CASE("the same strokes make the same PNG, which tells nothing else", "[media][drawing]") {
    const auto png = [] { return encode_png(drawn_on(blank_sheet(kSheet), {across(Pen::blue)})); };
    const auto one = png(), other = png();
    REQUIRE(one.ok());
    CHECK(*one == *other);
    const auto cleaned = clean(Kind::png, *one);
    REQUIRE(cleaned.ok());
    CHECK_FALSE(cleaned->removed);
}

TEST_CASE("strokes go back one by one, and a cleared sheet comes back whole", "[media][drawing]") {
    Drawing drawing;
    CHECK_FALSE(can_undo(drawing));
    CHECK(add_stroke(drawing, across(), kSheet));
    CHECK(add_stroke(drawing, across(Pen::red), kSheet));
    const auto both = drawing.strokes;
    clear(drawing);
    CHECK(drawing.strokes.empty());
    CHECK(undo_stroke(drawing));
    CHECK(drawing.strokes == both);
    CHECK(undo_stroke(drawing));
    CHECK(drawing.strokes.size() == 1);
    CHECK(undo_stroke(drawing));
    CHECK_FALSE(undo_stroke(drawing));
}

TEST_CASE("a stroke beyond the sheet ends at its edge, and a sheet is full at some time",
          "[media][drawing]") {
    Drawing drawing;
    CHECK(add_stroke(drawing, {Pen::black, {{-900, 5}, {1 << 20, 90}}}, kSheet));
    CHECK(drawing.strokes[0].spots[0] == Spot{0, 5});
    CHECK(drawing.strokes[0].spots[1] == Spot{80 * kParts, 90});
    CHECK_FALSE(add_stroke(drawing, {Pen::black, {}}, kSheet));
    const Stroke endless{Pen::black, std::vector<Spot>(kMostSpots, at(1, 1))};
    CHECK_FALSE(add_stroke(drawing, endless, kSheet));
}

TEST_CASE("an unfinished drawing comes back from its text", "[media][drawing]") {
    Drawing drawing{"room-k7qx3.jpg", {across(), {Pen::red, {at(3, 4)}}}, {across(Pen::blue)}};
    CHECK(drawing_in(text_of(drawing)) == drawing);
    CHECK(drawing_in(text_of({})) == Drawing{});
}

TEST_CASE("a text that is no drawing is none", "[media][drawing]") {
    const char* text = GENERATE("", "room", "\n+k", "\n+k 1", "\n+q 1 1", "\n*k 1 1", "\n+k 1 x",
                                "\n+k 1 99999999999", "\n+k -5 1", "\nk 1 1");
    CHECK_FALSE(drawing_in(text));
}

}  // namespace bordereau::media
