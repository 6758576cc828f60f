// Questions of place: typed, pointed out on the map by mouse and keys, taken from the receiver.
#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include "app/screens/fill_screen.h"
#include "app/text/position.h"
#include "tests/app/screens/samples.h"
#include "tests/app/screens/stage.h"

namespace bordereau::app {
namespace {

// One question, in a window high enough for all of it.
struct Places {
    FillView view = test::Samples{}.fill_places();
    FillUi ui{};
    test::Stage stage{
        [this](const text::Words& words, Commands& out) { draw_fill(view, ui, words, out); },
        {.width = 1280, .height = 1600}};

    explicit Places(std::size_t question, std::string value = {}, std::string appearance = {}) {
        view.questions = {view.questions[question]};
        view.questions[0].appearance = std::move(appearance);
        if (!value.empty()) view.questions[0].value = value == "none" ? "" : value;
        stage->draw(2);
    }
    const widgets::Item& map() {
        for (const widgets::Item& item : stage->items())
            if (item.name == "map") return item;
        FAIL("no map");
        std::abort();
    }
    bool has_map() {
        for (const widgets::Item& item : stage->items())
            if (item.name == "map") return true;
        return false;
    }
    ImVec2 middle() {
        const widgets::Item& item = map();
        return {(item.min.x + item.max.x) / 2, (item.min.y + item.max.y) / 2};
    }
    widgets::MapUi& seen() { return ui.questions.fields.places.maps[view.questions[0].key]; }
    void focus_map() {
        for (int press = 0; press < 60 && !map().focused; ++press) {
            stage->key(ImGuiKey_Tab);
            stage->draw();
        }
        REQUIRE(map().focused);
    }
    text::Position answered() {
        std::string last;  // typed, or pointed out
        for (const Command& command : stage.asked()) {
            if (const auto* typed = std::get_if<Answer>(&command)) last = typed->text;
            if (const auto* put = std::get_if<PutPlace>(&command)) last = put->text;
        }
        const auto points = text::read_stored(last);
        REQUIRE(points);
        REQUIRE_FALSE(points->empty());
        return points->back();
    }
};

}  // namespace

TEST_CASE("what is typed is understood at once, and recorded as ODK does", "[screens][place]") {
    Places places{0, "none"};
    places.stage->fill("field", "1°17'11.04\"S 36°49'1.92\"E");
    CHECK(places.stage.asked_for<Answer>().empty());
    CHECK(places.stage->shows("1.28640° S, 36.81720° E"));
    CHECK(places.has_map());
    places.stage->key(ImGuiKey_Enter);
    REQUIRE(places.stage.asked_for<Answer>().size() == 1);
    CHECK(places.stage.asked_for<Answer>()[0].text == "-1.2864 36.8172 0 0");
}

TEST_CASE("what is not understood is named, and kept as it was typed", "[screens][place]") {
    Places places{0, "none"};
    places.stage->fill("field", "1.28 S 36.8 X");
    CHECK(places.stage->shows("“X” is not understood as a part of a place."));
    places.stage->key(ImGuiKey_Enter);
    CHECK(places.stage.asked_for<Answer>().at(0).text == "1.28 S 36.8 X");
    places.stage->fill("field", "1.28");
    CHECK(places.stage->shows("Only one number: write the longitude behind the latitude."));
}

TEST_CASE("a press on the map puts the point there; a drag only moves the map",
          "[screens][place]") {
    Places places{0, "none", "placement-map"};
    const ImVec2 at = places.middle();
    places.stage->drag(at, {at.x + 120, at.y + 10});
    CHECK(places.stage.asked_for<PutPlace>().empty());
    places.seen().look_at(std::vector{widgets::MapMark{-4.05, 39.66}}, 800, 400);
    places.stage->draw(2);
    places.stage->click_at(at.x, at.y);
    CHECK(places.answered().latitude == Catch::Approx(-4.05).margin(0.02));
    CHECK(places.answered().longitude == Catch::Approx(39.66).margin(0.02));
}

TEST_CASE("a map that is dragged, however little, moves no place", "[screens][place]") {
    Places places{0};
    const ImVec2 at = places.middle();
    for (const float far : {6.0f, 12.0f, 200.0f}) {
        CAPTURE(far);
        places.stage->drag(at, {at.x + far, at.y});
        CHECK(places.stage.asked_for<PutPlace>().empty());
    }
}

TEST_CASE("a map that is dragged turns no page", "[screens][place]") {
    Places places{0, "none", "placement-map"};
    places.view.one_page = true;
    places.view.pages = 3;
    places.view.page = 1;
    places.stage->draw(2);
    const ImVec2 at = places.middle();
    places.stage->drag(at, {at.x + 300, at.y});
    CHECK(places.stage.asked_for<TurnPage>().empty());
}

TEST_CASE("by keys the map moves, comes closer, and takes the cross", "[screens][place]") {
    Places places{0};
    places.focus_map();
    const widgets::MapUi before = places.seen();
    places.stage->key(ImGuiKey_RightArrow);
    places.stage->key(ImGuiKey_UpArrow);
    CHECK(places.map().focused);
    CHECK(places.seen().x > before.x);
    CHECK(places.seen().y < before.y);
    places.stage->key(ImGuiKey_Equal);
    CHECK(places.seen().scale > before.scale);
    places.stage->key(ImGuiKey_Minus);
    CHECK(places.seen().scale == Catch::Approx(before.scale));
    places.stage->key(ImGuiKey_Enter);
    CHECK(places.answered().longitude > 36.8172);
    CHECK(places.answered().latitude > -1.2864);
    places.stage->key(ImGuiKey_Tab);
    places.stage->draw(2);
    CHECK_FALSE(places.map().focused);
}

TEST_CASE("a map that was asked for takes the keyboard", "[screens][place][keyboard]") {
    Places places{0, "none"};
    places.stage->click("map_open");
    places.stage->draw(3);
    CHECK(places.map().focused);
}

TEST_CASE("the map follows a place that is typed, and its cross stands there when it is entered",
          "[screens][place]") {
    Places places{0, "none", "placement-map"};
    const auto centred = [&] {
        const widgets::MapSpot spot = widgets::map_spot(41.325, 19.8166667);
        CHECK(places.seen().x == Catch::Approx(spot.x).margin(1e-9));
        CHECK(places.seen().y == Catch::Approx(spot.y).margin(1e-9));
    };
    places.stage->fill("field", "41.33, 19");
    places.stage->fill("field", "41.325, 19.8166667");
    places.stage->draw(2);
    centred();
    places.stage->key(ImGuiKey_Enter);
    places.view.questions[0].value = places.stage.asked_for<Answer>().back().text;
    const std::size_t before = places.stage.asked_for<Answer>().size();
    const ImVec2 at = places.middle();
    places.stage->drag(at, {at.x + 60, at.y + 10});
    places.stage->key(ImGuiKey_Tab);
    places.stage->draw(2);
    REQUIRE_FALSE(places.map().focused);
    places.focus_map();
    places.stage->draw();
    centred();
    places.stage->key(ImGuiKey_Enter);
    CHECK(places.stage.asked_for<PutPlace>().empty());
    places.stage->key(ImGuiKey_RightArrow);
    places.stage->key(ImGuiKey_Enter);
    CHECK(places.stage.asked_for<PutPlace>().size() == 1);
    CHECK(places.stage.asked_for<Answer>().size() == before);
    CHECK(places.answered().longitude > 19.8166667);
}

TEST_CASE("the wheel moves the page until the map has been turned to", "[screens][place]") {
    Places places{0};
    const ImVec2 at = places.middle();
    ImGui::GetIO().AddMousePosEvent(at.x, at.y);
    places.stage->draw(2);
    const double before = places.seen().scale;
    places.stage->scroll(1);
    CHECK(places.seen().scale == before);
    places.focus_map();
    places.stage->scroll(1);
    CHECK(places.seen().scale > before);
}

TEST_CASE("the form says whether a map is open, and whether one may point at it",
          "[screens][place]") {
    SECTION("without an answer it is opened by a press") {
        Places places{3, "none"};
        CHECK_FALSE(places.has_map());
        places.stage->click("Choose on the map");
        CHECK(places.has_map());
    }
    SECTION("placement-map") {
        Places places{3, "none", "placement-map"};
        CHECK(places.has_map());
    }
    SECTION("maps is to look at") {
        Places places{0, {}, "maps"};
        const ImVec2 at = places.middle();
        places.stage->click_at(at.x, at.y);
        CHECK(places.stage.asked_for<PutPlace>().empty());
    }
    SECTION("a question that may not be answered") {
        Places places{0, {}, "placement-map"};
        places.view.questions[0].readonly = true;
        places.stage->draw(2);
        const ImVec2 at = places.middle();
        places.stage->click_at(at.x, at.y);
        CHECK(places.stage.asked().empty());
        CHECK_FALSE(places.stage->shows("Take place from the receiver"));
    }
}

TEST_CASE("the receiver is asked, and its place taken or left", "[screens][place]") {
    SECTION("asked") {
        Places places{0};
        places.stage->click("Take place from the receiver");
        CHECK(places.stage.asked_for<AskReceiver>().at(0).question == "g1");
    }
    SECTION("taken") {
        Places places{2};
        places.stage->click("Take this place");
        CHECK(places.stage.asked_for<StopReceiver>().at(0).take);
    }
    SECTION("left") {
        Places places{2};
        places.stage->click("receiver_stop");
        CHECK_FALSE(places.stage.asked_for<StopReceiver>().at(0).take);
    }
}

TEST_CASE("points are added to a line by typing, pasting and pointing, and taken out",
          "[screens][place]") {
    Places places{1, "1 2 0 0; 3 4 0 0"};
    SECTION("typed") {
        places.stage->fill("adding", "5 N 6 E");
        places.stage->key(ImGuiKey_Enter);
        CHECK(places.stage.asked_for<Answer>().at(0).text == "1 2 0 0; 3 4 0 0; 5 6 0 0");
        CHECK(places.ui.questions.fields.places.adding.empty());
    }
    SECTION("several") {
        places.stage->fill("adding", "5 6; 7 8");
        places.stage->key(ImGuiKey_Enter);
        CHECK(places.stage.asked_for<Answer>().at(0).text == "1 2 0 0; 3 4 0 0; 5 6 0 0; 7 8 0 0");
    }
    SECTION("what is not understood stays in the field") {
        places.stage->fill("adding", "5 6; here");
        places.stage->key(ImGuiKey_Enter);
        CHECK(places.stage.asked_for<Answer>().empty());
        CHECK(places.ui.questions.fields.places.adding == "5 6; here");
    }
    SECTION("pointed out") {
        const ImVec2 at = places.middle();
        places.stage->click_at(at.x, at.y);
        CHECK(places.stage.asked_for<Answer>().at(0).text.starts_with("1 2 0 0; 3 4 0 0; "));
    }
    SECTION("taken out") {
        places.stage->click("remove");
        CHECK(places.stage.asked_for<Answer>().at(0).text == "3 4 0 0");
    }
}

TEST_CASE("a shape is closed by itself", "[screens][place]") {
    Places places{1, "1 2 0 0; 3 4 0 0"};
    places.view.questions[0].control = Control::geoshape;
    places.stage->draw(2);
    places.stage->fill("adding", "5 2");
    places.stage->key(ImGuiKey_Enter);
    CHECK(places.stage.asked_for<Answer>().at(0).text == "1 2 0 0; 3 4 0 0; 5 2 0 0; 1 2 0 0");
    places.view.questions[0].value = "1 2 0 0; 3 4 0 0; 5 2 0 0; 1 2 0 0";
    places.stage->draw(2);
    places.stage->click("remove");
    CHECK(places.stage.asked_for<Answer>().at(1).text == "3 4 0 0; 5 2 0 0");
}

}  // namespace bordereau::app
