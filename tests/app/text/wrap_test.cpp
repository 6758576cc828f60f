#include "app/text/wrap.h"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

namespace bordereau::text {
namespace {

// Every code point one pixel wide.
std::vector<std::u32string> lines_of(std::u32string_view text, float width) {
    const std::vector<float> advances(text.size(), 1.0f);
    std::vector<std::u32string> lines;
    for (const LineSpan& line : break_lines(text, advances, width))
        lines.emplace_back(text.substr(line.begin, line.end - line.begin));
    return lines;
}

using Lines = std::vector<std::u32string>;

}  // namespace

TEST_CASE("lines break at blanks, which hang out of the line", "[text][wrap]") {
    CHECK(lines_of(U"one two three", 8) == Lines{U"one two", U"three"});
    CHECK(lines_of(U"one two three", 7) == Lines{U"one two", U"three"});
    CHECK(lines_of(U"one    two", 4) == Lines{U"one", U"two"});
    CHECK(lines_of(U"", 8) == Lines{U""});
}

TEST_CASE("a no-break space holds a number and its unit together", "[text][wrap]") {
    CHECK(lines_of(U"weighs 12\u00A0kg", 10) == Lines{U"weighs", U"12\u00A0kg"});
}

TEST_CASE("a Chinese date stays on its line, and a no-break space holds before an ideograph",
          "[text][wrap]") {
    CHECK(lines_of(U"更新于2026年11月26日", 12) == Lines{U"更新于", U"2026年11月26日"});
    CHECK(lines_of(U"请检查U\u00A0盘是否", 5) == Lines{U"请检查", U"U\u00A0盘是否"});
}

TEST_CASE("French signs with a blank before them stay with their word", "[text][wrap]") {
    CHECK(lines_of(U"Une autre ?", 9) == Lines{U"Une", U"autre ?"});
    CHECK(lines_of(U"dit « oui » ici", 7) == Lines{U"dit", U"« oui »", U"ici"});
}

TEST_CASE("a word wider than the line is broken inside", "[text][wrap]") {
    CHECK(lines_of(U"abcdefgh", 3) == Lines{U"abc", U"def", U"gh"});
    CHECK(lines_of(U"a bcdefgh", 3) == Lines{U"a", U"bcd", U"efg", U"h"});
}

TEST_CASE("compound words break after the hyphen, numbers do not", "[text][wrap]") {
    CHECK(lines_of(U"walk-through", 8) == Lines{U"walk-", U"through"});
    CHECK(lines_of(U"in 2024-17", 8) == Lines{U"in", U"2024-17"});
}

TEST_CASE("Chinese breaks between ideographs but not before a full stop", "[text][wrap]") {
    CHECK(lines_of(U"人人生而自由。平等", 4) == Lines{U"人人生而", U"自由。平", U"等"});
    CHECK(lines_of(U"人人生而。", 4) == Lines{U"人人生", U"而。"});
    CHECK(lines_of(U"人人《公约》", 3) == Lines{U"人人", U"《公", U"约》"});
}

TEST_CASE("a cluster without width of its own is not torn from its letter", "[text][wrap]") {
    const std::u32string text = U"abcd";
    const std::vector<float> advances{2, 0, 2, 0};
    const auto lines = break_lines(text, advances, 2);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0] == LineSpan{0, 2});
}

}  // namespace bordereau::text
