#include "app/widgets/caret.h"

#include <catch2/catch_test_macros.hpp>

namespace bordereau::widgets {
namespace {

// Every glyph ten pixels wide, letters ordered but not joined.
CaretLine line_of(std::string_view logical) {
    text::Type type = text::Type::plain();
    return CaretLine{type.line(logical), logical, [](char32_t) { return 10.0f; }};
}

using Spans = std::vector<std::pair<float, float>>;

}  // namespace

TEST_CASE("in text from the left a caret moves to the right", "[widgets][caret]") {
    const CaretLine line = line_of("abc");
    CHECK(line.x_of(0) == 0);
    CHECK(line.x_of(2) == 20);
    CHECK(line.x_of(3) == 30);
    CHECK(line.position_at(-5) == 0);
    CHECK(line.position_at(14) == 1);
    CHECK(line.position_at(500) == 3);
}

TEST_CASE("in text from the right a caret begins at the right edge and moves to the left",
          "[widgets][caret]") {
    const CaretLine line = line_of("ابج");
    CHECK(line.rtl());
    CHECK(line.x_of(0) == 30);
    CHECK(line.x_of(1) == 20);
    CHECK(line.x_of(3) == 0);
    CHECK(line.position_at(29) == 0);
    CHECK(line.position_at(1) == 3);
    CHECK(line.spans(0, 1) == Spans{{20, 30}});
    CHECK(line.spans(0, 3) == Spans{{0, 30}});
}

TEST_CASE("a selection over a change of direction is drawn in pieces", "[widgets][caret]") {
    // Drawn as "ab" then the Arabic reversed: a b ج ب ا
    const CaretLine line = line_of("abابج");
    CHECK_FALSE(line.rtl());
    CHECK(line.spans(1, 3) == Spans{{10, 20}, {40, 50}});
    CHECK(line.x_of(2) == 50);
    CHECK(line.x_of(5) == 20);
}

TEST_CASE("letters drawn as one share its width", "[widgets][caret]") {
    text::Line line;
    line.direction = text::Direction::right_to_left;
    line.visual = "x";
    line.glyphs = {{'x', 0, 2, true}};
    const CaretLine caret{line, "لا", [](char32_t) { return 12.0f; }};
    CHECK(caret.x_of(0) == 12);
    CHECK(caret.x_of(1) == 6);
    CHECK(caret.x_of(2) == 0);
    CHECK(caret.spans(1, 2) == Spans{{0, 6}});
}

TEST_CASE("a code point that is not drawn shares the place of the one before", "[widgets][caret]") {
    const CaretLine line = line_of("a\u200Fb");
    CHECK(line.length() == 3);
    CHECK(line.x_of(1) == 10);
    CHECK(line.x_of(3) == 20);
}

TEST_CASE("an empty line has one place for a caret", "[widgets][caret]") {
    const CaretLine line = line_of("");
    CHECK(line.x_of(0) == 0);
    CHECK(line.position_at(50) == 0);
    CHECK(line.spans(0, 0).empty());
}

TEST_CASE("a double click takes a word of any script", "[widgets][caret]") {
    CHECK(word_around("one two", 5) == std::pair<std::size_t, std::size_t>{4, 7});
    CHECK(word_around("نعم لا", 5) == std::pair<std::size_t, std::size_t>{7, 11});
    CHECK(word_around("a, b", 1) == std::pair<std::size_t, std::size_t>{1, 2});
    CHECK(word_around("", 0) == std::pair<std::size_t, std::size_t>{0, 0});
    CHECK(word_around("abc", 99) == std::pair<std::size_t, std::size_t>{0, 3});
}

}  // namespace bordereau::widgets
