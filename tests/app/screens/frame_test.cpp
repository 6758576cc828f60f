// What surrounds the pages: what it tells, and where that stands.
#include "app/screens/frame.h"

#include <imgui_internal.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>
#include <utility>
#include <variant>

#include "app/screens/fill_screen.h"
#include "app/screens/settings_screen.h"
#include "app/widgets/look.h"
#include "tests/app/screens/samples.h"
#include "tests/app/screens/stage.h"

namespace bordereau::app {
namespace {

struct Framed {
    FrameView view = test::Samples{}.frame(Place::fill);
    FrameUi ui{};
    FillView fill = test::Samples{}.fill();
    FillUi fill_ui{};
    test::Stage stage{[this](const text::Words& words, Commands& out) {
        draw_frame(view, ui, words, out, [&] { draw_fill(fill, fill_ui, words, out); });
    }};

    void undo() {
        fill.can_undo = true;
        stage->key(ImGuiKey_Z, ImGuiMod_Ctrl);
    }
};

}  // namespace

TEST_CASE("what went well is told over the page, which does not move, until the next action",
          "[screens][frame]") {
    Framed framed;
    const float field = framed.stage->item("field").min.y;
    framed.view.message = {Tone::info, "Undone."};
    framed.stage->draw(3);
    CHECK(framed.stage->shows("Undone."));
    CHECK(framed.stage->item("field").min.y == field);
    CHECK(framed.stage.asked_for<DismissMessage>().empty());
    SECTION("by its cross") {
        framed.stage->click("close");
        CHECK(framed.stage.asked_for<DismissMessage>().size() == 1);
    }
    SECTION("by another command, whose own message comes after") {
        framed.undo();
        REQUIRE(framed.stage.asked().size() >= 2);
        CHECK(std::holds_alternative<DismissMessage>(framed.stage.asked()[0]));
    }
}

TEST_CASE("what is told hides nothing that can be pressed, however the page is scrolled",
          "[screens][frame]") {
    const auto [width, height] =
        GENERATE(std::pair{1024.0f, 600.0f}, std::pair{360.0f, 640.0f}, std::pair{1280.0f, 800.0f});
    const Place place = GENERATE(Place::fill, Place::settings);
    CAPTURE(width, height, place);
    Framed framed;
    SettingsView settings = test::Samples{}.settings();
    SettingsUi settings_ui;
    test::Stage stage{[&](const text::Words& words, Commands& out) {
        draw_frame(framed.view, framed.ui, words, out, [&] {
            if (place == Place::fill) return draw_fill(framed.fill, framed.fill_ui, words, out);
            draw_settings(settings, settings_ui, words, out);
        });
    }};
    framed.view.place = place;
    framed.view.message = {Tone::info, "Undone."};
    stage->resize(width, height);
    stage->draw(6);
    stage->click_at(width * 0.6f, 120);
    for (const float lines : {0.0f, -3.0f, -400.0f}) {
        stage->scroll(lines);
        stage->draw(4);
        const widgets::Item told = stage->item("Undone.");
        for (const widgets::Item& item : stage->items()) {
            if (!item.visible || !item.stop || item.window == told.window) continue;
            if (item.window.find("/side_") != std::string::npos) continue;
            CAPTURE(item.name, item.window, lines);
            const ImGuiWindow* window = ImGui::FindWindowByName(item.window.c_str());
            REQUIRE(window != nullptr);
            CHECK(std::min(item.max.y, window->ClipRect.Max.y) <= told.min.y + 1);
        }
    }
}

TEST_CASE("what is told wraps where it is long, and is seen whole", "[screens][frame]") {
    Framed framed;
    const std::string text =
        "The membership of the laptop of the northern post has ended. What it recorded and is here "
        "stays, and what it goes on writing is kept aside as evidence.";
    framed.view.message = {Tone::good, text};
    const auto [width, height] = GENERATE(std::pair{1024.0f, 600.0f}, std::pair{360.0f, 640.0f});
    framed.stage->resize(width, height);
    framed.stage->draw(4);
    const widgets::Item told = framed.stage->item(text);
    CHECK(told.max.y <= height);
    CHECK(told.max.y - told.min.y > widgets::unit() * 1.5f);
    for (const widgets::Overflow& overflow : framed.stage->overflows())
        CHECK(overflow.text != text);
}

TEST_CASE("what went wrong stands above the page until it is taken away", "[screens][frame]") {
    Framed framed;
    framed.view.message = {Tone::error, "The disk is full."};
    framed.stage->draw(3);
    CHECK(framed.stage->shows("The disk is full."));
    framed.undo();
    CHECK(framed.stage.asked_for<DismissMessage>().empty());
}

TEST_CASE("words of an icon show where the pointer rests, and not after a press",
          "[screens][frame]") {
    Framed framed;
    framed.stage->resize(360, 640);
    const auto over = [] {
        const ImGuiWindow* window = ImGui::FindWindowByName("##Tooltip_00");
        return window != nullptr && window->WasActive && !window->Hidden;
    };
    const widgets::Item& menu = framed.stage->item("menu");
    const ImVec2 middle{(menu.min.x + menu.max.x) / 2, (menu.min.y + menu.max.y) / 2};
    ImGui::GetIO().AddMousePosEvent(middle.x, middle.y);
    framed.stage->draw(3);
    CHECK(over());
    framed.stage->click_at(middle.x, middle.y);
    framed.stage->draw(30);
    CHECK_FALSE(over());
}

TEST_CASE("the offer of an audit keeps a margin in a narrow window", "[screens][frame]") {
    Framed framed;
    framed.view.offer = OfferView{"Another laptop has this audit.", AuditId{"a1"}};
    framed.stage->resize(360, 640);
    const widgets::Item& button = framed.stage->item("take_over");
    CHECK(button.min.x >= widgets::unit() * 0.5f);
    CHECK(button.min.y >= widgets::unit() * 0.3f);
}

}  // namespace bordereau::app
