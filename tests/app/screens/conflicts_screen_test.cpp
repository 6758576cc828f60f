#include "app/screens/conflicts_screen.h"

#include <catch2/catch_test_macros.hpp>

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

}  // namespace bordereau::app
