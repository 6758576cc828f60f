#include "app/shell/preedit.h"

#include <catch2/catch_test_macros.hpp>

#include "storage/base/text.h"

namespace bordereau::shell {
namespace {

PreeditChange replacing(int first, int length, std::u32string letters, int caret) {
    return {caret, first, length, std::move(letters), {}};
}

}  // namespace

TEST_CASE("what is composed grows, is replaced in its middle and is taken away",
          "[shell][input_method]") {
    Preedit preedit;
    preedit.change(replacing(0, 0, U"nihao", 5));
    CHECK(preedit.composed() == text::Composed{"nihao", 5, 0, 0});
    preedit.change(replacing(0, 2, U"你", 1));
    CHECK(preedit.composed() == text::Composed{"你hao", 3, 0, 0});
    preedit.change(replacing(1, 3, U"", 1));
    CHECK(preedit.composed() == text::Composed{"你", 3, 0, 0});
    preedit.clear();
    CHECK(preedit.composed().empty());
}

TEST_CASE("the part that is about to be turned into words is known by its bytes",
          "[shell][input_method]") {
    Preedit preedit;
    preedit.change({3, 0, 0, U"你好ma", {false, true, false, false}});
    CHECK(preedit.composed() == text::Composed{"你好ma", 7, 3, 6});
    // Only marks: the letters stay.
    preedit.change({0, 0, 2, std::nullopt, {true, true}});
    CHECK(preedit.composed() == text::Composed{"你好ma", 0, 0, 6});
    // What comes in new has the marks that it brings.
    preedit.change(replacing(0, 2, U"您", 1));
    CHECK(preedit.composed() == text::Composed{"您ma", 3, 0, 0});
}

TEST_CASE("the caret moves as the method says, and stays within", "[shell][input_method]") {
    Preedit preedit;
    preedit.change(replacing(0, 0, U"你好", 0));
    CHECK(preedit.move(CaretMove::forward, 0) == 1);
    CHECK(preedit.composed().caret == 3);
    CHECK(preedit.move(CaretMove::to_end, 0) == 2);
    CHECK(preedit.move(CaretMove::forward, 0) == 2);
    CHECK(preedit.move(CaretMove::to_start, 0) == 0);
    CHECK(preedit.move(CaretMove::back, 0) == 0);
    CHECK(preedit.move(CaretMove::to, 70'000) == 2);
    CHECK(preedit.move(CaretMove::none, 0) == 2);
}

TEST_CASE("whatever a method tells gives a text with a caret in it", "[shell][input_method]") {
    Preedit preedit;
    preedit.change({-5, 7, 9, U"a\nb\x7F", {true}});
    CHECK(preedit.composed() == text::Composed{"a b ", 0, 0, 1});
    preedit.change({99, -3, 1'000'000, U"c", std::vector<bool>(40, true)});
    CHECK(preedit.composed() == text::Composed{"c", 1, 0, 1});
    preedit.change({0, 0, -1, std::nullopt, std::vector<bool>(40, false)});
    CHECK(preedit.composed().text == "c");
    preedit.change(replacing(0, 1, std::u32string(5000, U'x'), 5000));
    CHECK(preedit.composed().text.size() == Preedit::kMostLetters);
    CHECK(preedit.composed().caret == Preedit::kMostLetters);
}

}  // namespace bordereau::shell
