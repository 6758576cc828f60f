#include "app/screens/home_screen.h"

#include <catch2/catch_test_macros.hpp>

#include <string>

#include "tests/app/screens/samples.h"
#include "tests/app/screens/stage.h"

namespace bordereau::app {

namespace {

struct Homing {
    HomeView view;
    HomeUi ui{};
    test::Stage stage{
        [this](const text::Words& words, Commands& out) { draw_home(view, ui, words, out); }};
};

}  // namespace

TEST_CASE("a row opens its own audit", "[screens][home]") {
    Homing homing{test::Samples{}.home()};
    homing.stage->click("Rinas airport");
    const auto opened = homing.stage.asked_for<OpenAudit>();
    REQUIRE(opened.size() == 1);
    CHECK(opened[0].audit == AuditId{"a3"});
}

TEST_CASE("an audit is named by its unit, and by its own name where it has none",
          "[screens][home]") {
    Homing homing{test::Samples{}.home()};
    homing.view.rows[0].unit.clear();
    homing.stage->draw(2);
    homing.stage->click("Rinas airport");
    homing.stage->click(homing.view.rows[0].title);
    const auto opened = homing.stage.asked_for<OpenAudit>();
    REQUIRE(opened.size() == 2);
    CHECK(opened[0].audit == AuditId{"a3"});
    CHECK(opened[1].audit == homing.view.rows[0].audit);
}

TEST_CASE("a new audit needs a form to be chosen", "[screens][home]") {
    Homing homing{test::Samples{}.home()};
    homing.stage->click("New audit");
    CHECK(homing.stage.asked_for<NewAudit>().empty());
    homing.stage->click("Border crossing point walk-through");
    const auto made = homing.stage.asked_for<NewAudit>();
    REQUIRE(made.size() == 1);
    CHECK(made[0].form == FormId{"grpa_walk"});
    CHECK(made[0].version == "2026.1");
}

TEST_CASE("typing a search and pressing a filter ask for them", "[screens][home]") {
    Homing homing{test::Samples{}.home()};
    homing.stage->fill("search", "port");
    REQUIRE_FALSE(homing.stage.asked_for<Search>().empty());
    CHECK(homing.stage.asked_for<Search>().back().text == "port");
    homing.stage->click("To correct");
    REQUIRE(homing.stage.asked_for<FilterByState>().size() == 1);
    CHECK(homing.stage.asked_for<FilterByState>()[0].state == "returned");
}

TEST_CASE("an empty list says what to do next", "[screens][home]") {
    Homing homing{HomeView{}};
    CHECK(homing.stage->shows("No audits yet"));
    homing.view = test::Samples{}.home();
    homing.view.rows.clear();
    homing.stage->draw(2);
    homing.stage->click("Show all");
    CHECK(homing.stage.asked_for<Search>().size() == 1);
    CHECK(homing.stage.asked_for<FilterByState>().size() == 1);
}

TEST_CASE("in a narrow window, too, only the audits in sight are drawn", "[screens][home]") {
    HomeView view = test::Samples{}.home();
    const AuditRow row = view.rows.front();
    for (int i = 0; i < 10000; ++i) {
        view.rows.push_back(row);
        view.rows.back().audit.text = "b" + std::to_string(i);
    }
    HomeUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_home(view, ui, words, out); },
        {.width = 360, .height = 640});
    CHECK(ui.rows.drawn > 2);
    CHECK(ui.rows.drawn < 60);
}

TEST_CASE("of ten thousand audits only those in sight are drawn", "[screens][home]") {
    HomeView view = test::Samples{}.home();
    const AuditRow row = view.rows.front();
    for (int i = 0; i < 10000; ++i) {
        view.rows.push_back(row);
        view.rows.back().audit.text = "b" + std::to_string(i);
        view.rows.back().title = "Post " + std::to_string(i);
    }
    Homing homing{std::move(view)};
    CHECK(homing.stage->items().size() < 600);
}

}  // namespace bordereau::app
