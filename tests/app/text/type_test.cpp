#include "app/text/type.h"

#include <imgui.h>

#include <catch2/catch_test_macros.hpp>
#include <set>
#include <string>

#include "storage/base/text.h"
#include "tests/support/frames.h"

namespace bordereau::text {
namespace {

// Fonts are drawn on the test machine too; without them the words would say nothing.
Type type_with_fonts() {
    const auto files = find_fonts(font_places("/"));
    if (!files) SKIP(files.error().detail);
    auto type = Type::open(*files);
    REQUIRE(type.ok());
    return std::move(*type);
}

std::u32string drawn(Type& type, std::string_view text, Base base = Base::from_text) {
    return to_utf32(type.line(text, base).visual);
}

}  // namespace

TEST_CASE("Arabic letters are joined: a letter is drawn differently by its place", "[text][type]") {
    Type type = type_with_fonts();
    // beh alone, first, in the middle and last
    const auto alone = drawn(type, "ب"), all = drawn(type, "ببب");
    REQUIRE(all.size() == 3);
    CHECK(std::set<char32_t>{alone[0], all[0], all[1], all[2]}.size() == 4);
}

TEST_CASE("lam and alef are one cluster that stands for both", "[text][type]") {
    Type type = type_with_fonts();
    const Line& line = type.line("لا");
    REQUIRE(line.glyphs.size() == 1);
    CHECK(line.glyphs[0].first == 0);
    CHECK(line.glyphs[0].count == 2);
    CHECK(line.direction == Direction::right_to_left);
}

TEST_CASE("a vowel mark belongs to the cluster of its letter", "[text][type]") {
    Type type = type_with_fonts();
    const Line& marked = type.line("مُدَقِّق");
    CHECK(marked.glyphs.size() == 4);
    CHECK(drawn(type, "مُ") != drawn(type, "م"));
}

TEST_CASE("numbers and Latin words within Arabic keep their own order", "[text][type]") {
    Type type = Type::plain();
    // Without joining, so that the order can be read: from left to right as it is drawn.
    CHECK(drawn(type, "اب WFP 12") == U"WFP 12 با");
    CHECK(drawn(type, "اب 12 جد") == U"دج 12 با");
    CHECK(drawn(type, "(اب)") == U"(با)");
    CHECK(drawn(type, "code اب 7.") == U"code 7 با.");
}

TEST_CASE("the base direction puts punctuation at the right end", "[text][type]") {
    Type type = Type::plain();
    CHECK(drawn(type, "Hani.") == U"Hani.");
    CHECK(drawn(type, "Hani.", Base::right_to_left) == U".Hani");
    type.set_direction(Direction::right_to_left);
    CHECK(drawn(type, "3 – 5") == U"5 – 3");
    CHECK(drawn(type, "Hani.") == U"Hani.");
}

TEST_CASE("marks of direction, controls and private code points are never drawn", "[text][type]") {
    Type type = Type::plain();
    CHECK(drawn(type, "a\u2068b\u2069\u200Fc") == U"abc");
    CHECK(drawn(type, "a\nb\tc") == U"a b c");
    CHECK(drawn(type, "\uE000") == U"\uFFFD");
    CHECK(drawn(type, "\U00100000") == U"\uFFFD");
    CHECK(drawn(type, "\xFF") == U"\uFFFD");
}

TEST_CASE("text that needs no shaping is drawn as it is", "[text][type]") {
    Type type = Type::plain();
    for (const char* text : {"", "plain", "Œuvre « ça »", "Анкета", "人人生而自由，"}) {
        INFO(text);
        CHECK(type.visual(text) == text);
        CHECK(type.line(text).glyphs.empty());
    }
}

TEST_CASE("a paragraph is wrapped in its own order and each line is ordered by itself",
          "[text][type]") {
    // Drawn in a frame, since widths come from the current font.
    const std::string arabic = "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق";
    std::string together;
    std::size_t lines = 0;
    float widest = 0;
    test::Frames frames{[&] {
        const Block& block = widgets::type().wrap(arabic, 150);
        lines = block.lines.size();
        widest = block.width;
        together.clear();
        for (const WrappedLine& line : block.lines) {
            if (!together.empty()) together += ' ';
            together += arabic.substr(line.begin, line.end - line.begin);
        }
    }};
    CHECK(lines >= 3);
    CHECK(widest <= 150);
    CHECK(together == arabic);
}

TEST_CASE("each line feed begins a paragraph with its own direction", "[text][type]") {
    Block block;
    test::Frames frames{[&] { block = widgets::type().wrap("Hani\nمعبر\n", 400); }};
    REQUIRE(block.lines.size() == 3);
    CHECK(block.lines[0].line.direction == Direction::left_to_right);
    CHECK(block.lines[1].line.direction == Direction::right_to_left);
    CHECK(block.lines[2].begin == block.lines[2].end);
}

TEST_CASE("what is remembered stays bounded, however much is shown", "[text][type]") {
    Type type = type_with_fonts();
    for (int frame = 0; frame < 100; ++frame) {
        type.begin_frame();
        for (int text = 0; text < 100; ++text)
            type.line("نص رقم " + std::to_string(frame * 100 + text));
    }
    CHECK(type.load().lines < 5000);
    CHECK(type.load().clusters < 200);
}

TEST_CASE("a full table of clusters starts over and draws on", "[text][type]") {
    Type type = type_with_fonts();
    const std::string marks[] = {"ً", "ٌ", "ٍ", "َ", "ُ", "ِ", "ّ", "ْ", "ٓ", "ٔ", "ٕ", "ٰ"};
    std::size_t most = 0;
    for (char32_t letter = 0x628; letter < 0x64A; ++letter) {
        type.begin_frame();
        for (const std::string& first : marks)
            for (const std::string& second : marks) {
                std::string text;
                append_utf8(text, letter);
                text += first + second;
                append_utf8(text, letter);
                text += second;
                CHECK(type.visual(text).find("\uFFFD") == std::string::npos);
            }
        most = std::max(most, type.load().clusters);
    }
    CHECK(most > 1000);
    CHECK(most <= 6400);
}

TEST_CASE("missing fonts are named with the package that has them", "[text][fonts]") {
    const auto files = find_fonts({"/nowhere"});
    REQUIRE_FALSE(files.ok());
    CHECK(files.error().code == ErrorCode::not_found);
    CHECK(files.error().detail.find("NotoSans-Regular.ttf (Debian package fonts-noto-core)") !=
          std::string::npos);
    CHECK(files.error().detail.find("wqy-microhei.ttc") != std::string::npos);
}

TEST_CASE("a file that is no font is refused, not drawn", "[text][fonts]") {
    const std::string source = BORDEREAU_SOURCE_DIR "/CMakeLists.txt";
    CHECK_FALSE(Type::open({source, source, source, source}).ok());
}

}  // namespace bordereau::text
