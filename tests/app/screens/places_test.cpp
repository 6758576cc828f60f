#include <imgui_internal.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>
#include <string_view>

#include "app/screens/frame.h"
#include "app/screens/reports_screen.h"
#include "app/screens/settings_screen.h"
#include "app/screens/sync_screen.h"
#include "tests/app/screens/samples.h"
#include "tests/app/screens/stage.h"

namespace bordereau::app {

TEST_CASE("the side bar leads to each place", "[screens][frame]") {
    FrameView view = test::Samples{}.frame(Place::home);
    view.message = {Tone::warning, "The disk is nearly full."};
    FrameUi ui;
    const float width = 1280;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_frame(view, ui, words, out, [] {}); },
        {.width = width});
    stage->click("Reports");
    REQUIRE(stage.asked_for<GoTo>().size() == 1);
    CHECK(stage.asked_for<GoTo>()[0].place == Place::reports);
    stage->click("Lock");
    CHECK(stage.asked_for<Lock>().size() == 1);
}

TEST_CASE("the side bar needs no more frames than a press is given to stand still",
          "[screens][frame]") {
    FrameView view = test::Samples{}.frame(Place::home);
    view.unlocked = false;
    FrameUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_frame(view, ui, words, out, [] {}); });
    const auto scrolls = [] {
        for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
            if (std::string_view{window->Name}.find("/side_") != std::string_view::npos)
                return window->ScrollbarY;
        return false;
    };
    view.unlocked = true;
    for (int frame = 0; frame < 3; ++frame) {
        stage->draw(1);
        CHECK_FALSE(scrolls());
    }
    const float lock = stage->item("Lock").min.y;
    CHECK(lock > 700);
    view.sync_line = "Three laptops of the team are here, and the last of them came an hour ago.";
    for (int frame = 0; frame < 3; ++frame) {
        stage->draw(1);
        CHECK_FALSE(scrolls());
    }
    CHECK(std::abs(stage->item("Lock").min.y - lock) < 2);
}

TEST_CASE("in a narrow window the side bar opens from the menu", "[screens][frame]") {
    const FrameView view = test::Samples{}.frame(Place::home);
    FrameUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_frame(view, ui, words, out, [] {}); },
        {.width = 360, .height = 640});
    CHECK_FALSE(stage->shows("Reports"));
    stage->click("Menu");
    stage->draw(2);
    stage->click("Reports");
    CHECK(stage.asked_for<GoTo>().size() == 1);
    stage->draw(2);
    CHECK_FALSE(stage->shows("Reports"));
}

TEST_CASE("synchronising is asked for once, and only when possible", "[screens][sync]") {
    SyncView view = test::Samples{}.sync();
    SyncUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_sync(view, ui, words, out); });
    SECTION("possible") {
        stage->click("Synchronise now");
        CHECK(stage.asked_for<SyncNow>().size() == 1);
    }
    SECTION("not possible") {
        view.can_sync = false;
        stage->draw(2);
        stage->click("Synchronise now");
        CHECK(stage.asked().empty());
    }
    SECTION("paused, it says what stands half-sent and goes on") {
        view.state = SyncState::paused;
        view.can_pause = false;
        view.share = 0.4f;
        view.remaining = "1.2 MB left";
        stage->draw(2);
        CHECK(stage->shows("1.2 MB left"));
        CHECK_FALSE(stage->shows("Synchronise now"));
        stage->click("Resume");
        CHECK(stage.asked_for<SyncNow>().size() == 1);
    }
    SECTION("an invitation joins") {
        stage->fill("invitation", "BORD-1-abc");
        stage->click("Join");
        REQUIRE(stage.asked_for<JoinTeam>().size() == 1);
        CHECK(stage.asked_for<JoinTeam>()[0].invitation == "BORD-1-abc");
    }
    SECTION("and where there is no endpoint, laptops of a team join each other") {
        stage->click("Join a team without a network");
        REQUIRE(stage.asked_for<GoTo>().size() == 1);
        CHECK(stage.asked_for<GoTo>()[0].place == Place::people);
    }
}

TEST_CASE("a stick that is plugged in is written and read with one press", "[screens][sync]") {
    SyncView view = test::Samples{}.sync();
    view.can_carry = true;
    view.sticks = {"/media/amina/STICK"};
    SyncUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_sync(view, ui, words, out); },
        {.width = 900, .height = 1400});
    stage->click("Write to a stick");
    REQUIRE(stage.asked_for<WriteBundle>().size() == 1);
    CHECK(stage.asked_for<WriteBundle>()[0].path == "/media/amina/STICK");
    stage->click("Read from a stick");
    REQUIRE(stage.asked_for<ReadBundles>().size() == 1);
    CHECK(stage.asked_for<ReadBundles>()[0].paths == std::vector{view.sticks});
}

TEST_CASE("the bars of units say their numbers too, and begin where text begins",
          "[screens][reports]") {
    const ReportsView view = test::Samples{}.reports();
    ReportsUi ui;
    const auto language = GENERATE(text::Language::en, text::Language::ar);
    const float width = GENERATE(1024.0f, 360.0f);
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_reports(view, ui, words, out); },
        {.width = width, .height = 1400, .language = language});
    CHECK(stage->overflows().empty());
    const text::Words& words = stage->words();
    int said = 0;
    for (const widgets::Item& item : stage->items())
        said += item.label.find(words("scores.verified")) == 0 ? 1 : 0;
    CHECK(said == 1);
    CHECK(stage->shows(words.count("report.units.further", 3)));
}

TEST_CASE("a report is made for the chosen audience, unless something stands in its way",
          "[screens][reports]") {
    ReportsView view = test::Samples{}.reports();
    view.reports = {view.reports[1]};
    ReportsUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_reports(view, ui, words, out); });
    SECTION("ready") {
        stage->click("Public");
        stage->click("Make");
        const auto made = stage.asked_for<MakeReport>();
        REQUIRE(made.size() == 1);
        CHECK(made[0].report == "scorecard");
        CHECK(made[0].audience == "public");
    }
    SECTION("not ready") {
        view.reports[0].ready = false;
        stage->draw(2);
        stage->click("Make");
        CHECK(stage.asked().empty());
    }
}

TEST_CASE("language, size and colours are asked for by name", "[screens][settings]") {
    const SettingsView view = test::Samples{}.settings();
    SettingsUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_settings(view, ui, words, out); },
        {.height = 1600});
    stage->click("lock5");
    REQUIRE(stage.asked_for<SetLockAfter>().size() == 1);
    CHECK(stage.asked_for<SetLockAfter>()[0].minutes == 5);
    CHECK_FALSE(stage->enabled("back_up"));
    stage->fill("backup_path", "/media/stick/post7.bordereau");
    stage->click("back_up");
    REQUIRE(stage.asked_for<BackUp>().size() == 1);
    CHECK(stage.asked_for<BackUp>()[0].path == "/media/stick/post7.bordereau");
    stage->click("Français");
    REQUIRE(stage.asked_for<SetLanguage>().size() == 1);
    CHECK(stage.asked_for<SetLanguage>()[0].language == "fr");
    stage->click("size150");
    REQUIRE(stage.asked_for<SetTextSize>().size() == 1);
    CHECK(stage.asked_for<SetTextSize>()[0].percent == 150);
    stage->click("Large targets, for fingers");
    REQUIRE(stage.asked_for<SetTouch>().size() == 1);
    CHECK(stage.asked_for<SetTouch>()[0].touch);
    stage->click("Dark");
    REQUIRE(stage.asked_for<SetTheme>().size() == 1);
    CHECK(stage.asked_for<SetTheme>()[0].theme == "dark");
}

}  // namespace bordereau::app
