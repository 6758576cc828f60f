#include "app/screens/conflicts_screen.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/app/screens/samples.h"
#include "tests/app/screens/stage.h"

namespace bordereau::app {

TEST_CASE("of two answers one is taken, or a third is typed", "[screens][conflicts]") {
    ConflictsView view = test::Samples{}.conflicts();
    view.conflicts.resize(1);
    ConflictsUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_conflicts(view, ui, words, out); },
        {.height = 1200});
    CHECK(stage->shows("Used until decided"));

    SECTION("one of them") {
        stage->click("take");
        REQUIRE(stage.asked_for<DecideAnswer>().size() == 1);
        CHECK(stage.asked_for<DecideAnswer>()[0].question == "/grpa_main/d_hr/d_w");
        CHECK(stage.asked_for<DecideAnswer>()[0].text == "14");
    }
    SECTION("a third") {
        stage->click("other");
        stage->fill("field", "13");
        CHECK(stage.asked().empty());
        stage->click("use_other");
        REQUIRE(stage.asked_for<DecideAnswer>().size() == 1);
        CHECK(stage.asked_for<DecideAnswer>()[0].text == "13");
    }
    SECTION("who may not decide sees both and why") {
        view.can_decide = false;
        stage->draw(2);
        CHECK_FALSE(stage->shows("take"));
        CHECK_FALSE(stage->shows("other"));
        CHECK(stage->shows("Whoever records this audit or may review it decides."));
    }
}

TEST_CASE("the two answers stand beside each other, and below each other where it is narrow",
          "[screens][conflicts]") {
    ConflictsView view = test::Samples{}.conflicts();
    view.conflicts.resize(1);
    view.conflicts[0].sides[0].unlike = "old";
    ConflictsUi ui;
    const float width = GENERATE(1024.0f, 360.0f);
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_conflicts(view, ui, words, out); },
        {.width = width, .height = 1200});
    CHECK(stage->overflows().empty());
    CHECK(stage->shows("Differs in: old"));
    std::vector<ImVec2> takes;
    for (const widgets::Item& item : stage->items())
        if (item.label == "This one holds") takes.push_back({item.min.x, item.min.y});
    REQUIRE(takes.size() == 2);
    if (width > 1000) {
        CHECK(takes[0].x + 200 < takes[1].x);
    } else {
        CHECK(takes[0].x == takes[1].x);
        CHECK(takes[0].y < takes[1].y);
    }
}

}  // namespace bordereau::app
