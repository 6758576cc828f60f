// A picture that is drawn by hand: within its question, and as large as the page.
#include <catch2/catch_test_macros.hpp>

#include "app/screens/fill_screen.h"
#include "app/screens/pad_field.h"
#include "tests/app/screens/samples.h"
#include "tests/app/screens/stage.h"

namespace bordereau::app {
namespace {

struct Pads {
    FillView view = view_of();
    FillUi ui{};
    test::Stage stage{
        [this](const text::Words& words, Commands& out) { draw_fill(view, ui, words, out); },
        {.width = 1280, .height = 2400}};

    // Only the signature, on an empty sheet.
    static FillView view_of() {
        FillView view = test::Samples{}.fill_pads();
        view.questions.resize(1);
        return view;
    }
    void set(media::Drawing drawing) {
        PadView pad = *view.questions[0].pad;
        pad.drawing = std::make_shared<const media::Drawing>(std::move(drawing));
        view.questions[0].pad = std::make_shared<const PadView>(std::move(pad));
        stage->draw(2);
    }
    std::vector<DrawStroke> strokes() const { return stage.asked_for<DrawStroke>(); }
};

const widgets::Item& sheet_of(test::Stage& stage) {
    const widgets::Item* sheet = nullptr;
    for (const widgets::Item& item : stage->items())
        if (item.name == "pad") sheet = &item;
    REQUIRE(sheet != nullptr);
    return *sheet;
}

}  // namespace

TEST_CASE("a stroke is asked for when the pen is lifted, in parts of the picture",
          "[screens][pad]") {
    Pads pads;
    const widgets::Item sheet = sheet_of(pads.stage);
    const float width = sheet.max.x - sheet.min.x, height = sheet.max.y - sheet.min.y;
    CHECK(std::abs(height * 3 - width) < 3);
    pads.stage->drag({sheet.min.x + width / 4, sheet.min.y + height / 2},
                     {sheet.min.x + width * 3 / 4, sheet.min.y + height / 2});
    REQUIRE(pads.strokes().size() == 1);
    const DrawStroke stroke = pads.strokes()[0];
    CHECK(stroke.question == "p1");
    CHECK(stroke.stroke.spots.size() >= 3);
    CHECK(std::abs(stroke.stroke.spots.front().x - 300 * media::kParts) <= 2 * media::kParts);
    CHECK(std::abs(stroke.stroke.spots.back().x - 900 * media::kParts) <= 2 * media::kParts);
    CHECK(std::abs(stroke.stroke.spots.back().y - 200 * media::kParts) <= 2 * media::kParts);
}

TEST_CASE("a hand that leaves the sheet goes on along its edge, and turns no page",
          "[screens][pad]") {
    Pads pads;
    pads.view.one_page = true;
    pads.view.pages = 3;
    pads.view.page = 1;
    pads.stage->draw(2);
    const widgets::Item sheet = sheet_of(pads.stage);
    pads.stage->drag({sheet.max.x - 200, sheet.min.y + 20}, {sheet.max.x + 300, sheet.min.y + 30});
    REQUIRE(pads.strokes().size() == 1);
    CHECK(pads.strokes()[0].stroke.spots.back().x == 1200 * media::kParts);
    CHECK(pads.stage.asked_for<TurnPage>().empty());
}

TEST_CASE("what is drawn is attached, undone stroke by stroke, and cleared", "[screens][pad]") {
    Pads pads;
    SECTION("something") {
        pads.stage->click("done");
        pads.stage->click("undo_stroke");
        pads.stage->click("clear");
        CHECK(pads.stage.asked_for<FinishDrawing>().at(0).question == "p1");
        CHECK(pads.stage.asked_for<UndoStroke>().size() == 1);
        CHECK(pads.stage.asked_for<ClearPad>().size() == 1);
    }
    SECTION("nothing") {
        pads.set({});
        CHECK_FALSE(pads.stage->enabled("done"));
        CHECK_FALSE(pads.stage->enabled("undo_stroke"));
        CHECK_FALSE(pads.stage->enabled("clear"));
    }
    SECTION("nothing any more") {
        media::Drawing drawing = *pads.view.questions[0].pad->drawing;
        media::clear(drawing);
        pads.set(drawing);
        CHECK_FALSE(pads.stage->enabled("done"));
        CHECK(pads.stage->enabled("undo_stroke"));
    }
}

TEST_CASE("who has no pointer chooses a picture, and nobody's stroke is made by keys",
          "[screens][pad]") {
    Pads pads;
    pads.stage->click("Choose a picture instead");
    CHECK(pads.stage.asked_for<BrowseFiles>().at(0).question == "p1");
    for (int press = 0; press < 60 && !sheet_of(pads.stage).focused; ++press) {
        pads.stage->key(ImGuiKey_Tab);
        pads.stage->draw();
    }
    REQUIRE(sheet_of(pads.stage).focused);
    pads.stage->key(ImGuiKey_Enter);
    CHECK(pads.strokes().empty());
    CHECK(pads.stage.asked_for<OpenPad>().size() == 1);
}

TEST_CASE("a signature that is there is shown small and may be signed again", "[screens][pad]") {
    Pads pads;
    const FillView all = test::Samples{}.fill_pads();
    pads.view.questions[0].value = all.questions[2].value;
    pads.view.questions[0].file = all.questions[2].file;
    pads.stage->draw(2);
    CHECK(pads.stage->shows("View larger"));
    pads.stage->click("Sign again");
    CHECK(pads.stage.asked_for<OpenPad>().at(0).question == "p1");
    CHECK(pads.stage.asked_for<DetachFile>().empty());
}

TEST_CASE("every target of a sheet is large enough for a finger", "[screens][pad]") {
    Pads pads;
    pads.stage->look().touch = true;
    widgets::use(pads.stage->look());
    pads.stage->draw(2);
    for (const char* target : {"done", "undo_stroke", "clear", "larger", "choose"}) {
        const widgets::Item& item = pads.stage->item(target);
        CHECK(item.max.y - item.min.y >= 44);
        CHECK(item.max.x - item.min.x >= 44);
    }
}

TEST_CASE("the large sheet keeps the colour chosen, and closes by key", "[screens][pad]") {
    const PadView view = test::Samples{}.pad();
    PadUi ui;
    test::Stage stage{
        [&](const text::Words& words, Commands& out) { draw_pad_page(view, ui, words, out); }};
    stage->click("Red");
    const widgets::Item sheet = sheet_of(stage);
    stage->drag({sheet.min.x + 50, sheet.min.y + 50}, {sheet.min.x + 90, sheet.min.y + 60});
    REQUIRE(stage.asked_for<DrawStroke>().size() == 1);
    CHECK(stage.asked_for<DrawStroke>()[0].stroke.pen == media::Pen::red);
    stage->key(ImGuiKey_Z, ImGuiMod_Ctrl);
    CHECK(stage.asked_for<UndoStroke>().size() == 1);
    stage->key(ImGuiKey_Escape);
    CHECK(stage.asked_for<CloseFiles>().size() == 1);
}

TEST_CASE("the large sheet stands where lines begin, in Arabic at the right", "[screens][pad]") {
    const PadView view = test::Samples{text::Language::ar}.pad();
    PadUi ui;
    test::Stage stage{
        [&](const text::Words& words, Commands& out) { draw_pad_page(view, ui, words, out); },
        {.width = 1280, .height = 600, .language = text::Language::ar}};
    const widgets::Item sheet = sheet_of(stage);
    CHECK(1280 - sheet.max.x < sheet.min.x);
}

}  // namespace bordereau::app
