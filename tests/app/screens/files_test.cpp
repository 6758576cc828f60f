// The file that answers a question: shown, chosen, dropped, pasted, removed.
#include "app/screens/files_screen.h"

#include <catch2/catch_test_macros.hpp>

#include "app/screens/fill_screen.h"
#include "tests/app/screens/samples.h"
#include "tests/app/screens/stage.h"

namespace bordereau::app {
namespace {

// One question without a file and one with a photo.
struct Filling {
    FillView view = view_of();
    FillUi ui{};
    test::Stage stage{
        [this](const text::Words& words, Commands& out) { draw_fill(view, ui, words, out); }};

    static FillView view_of() {
        FillView view = test::Samples{}.fill_files();
        view.questions.resize(2);
        view.questions[0].label = "With a photo";
        view.questions[1].label = "Without";
        return view;
    }
    DropUi& drop() { return ui.questions.fields.files.drop; }
    ImVec2 middle_of(std::string_view label) {
        const widgets::Item& item = stage->item(label);
        return {(item.min.x + item.max.x) / 2, (item.min.y + item.max.y) / 2};
    }
};

struct Browser {
    BrowserView view;
    FilesUi ui{};
    test::Stage stage{
        [this](const text::Words& words, Commands& out) { draw_browser(view, ui, words, out); }};

    explicit Browser(bool saving) : view(test::Samples{}.browser(saving)) {}
};

}  // namespace

TEST_CASE("limits and what is taken out are said before a file is chosen", "[screens][files]") {
    Filling filling;
    CHECK(filling.stage->shows(filling.view.questions[1].file_rule.text));
    filling.stage->click("Choose a file");
    REQUIRE(filling.stage.asked_for<BrowseFiles>().size() == 1);
    CHECK(filling.stage.asked_for<BrowseFiles>()[0].question == "f1");
}

TEST_CASE("a full disk lets nobody choose in vain", "[screens][files]") {
    Filling filling;
    filling.view.questions[1].file_rule = {"The disk is full.", false};
    filling.stage->draw(2);
    CHECK(filling.stage->shows("The disk is full."));
    CHECK_FALSE(filling.stage->enabled("Choose a file"));
}

TEST_CASE("an attached photo is shown small, viewed larger, replaced and saved",
          "[screens][files]") {
    Filling filling;
    CHECK(filling.stage->shows("interview_room-k7qx3.jpg"));
    CHECK(filling.stage->pictures().held() == 1);
    filling.stage->click("View larger");
    filling.stage->click("Save a copy");
    filling.stage->click("Replace");
    CHECK(filling.stage.asked_for<EnlargeFile>().at(0).question == "f2");
    CHECK(filling.stage.asked_for<SaveFile>().at(0).question == "f2");
    CHECK(filling.stage.asked_for<BrowseFiles>().at(0).question == "f2");
}

TEST_CASE("a file is removed only after a second press", "[screens][files]") {
    Filling filling;
    filling.stage->click("Remove");
    CHECK(filling.stage.asked().empty());
    SECTION("removed") {
        filling.stage->click("remove_sure");
        CHECK(filling.stage.asked_for<DetachFile>().at(0).question == "f2");
    }
    SECTION("kept") {
        filling.stage->click("Cancel");
        CHECK(filling.stage.asked_for<DetachFile>().empty());
    }
}

TEST_CASE("a file may only be looked at where it may not be changed", "[screens][files]") {
    Filling filling;
    filling.view.questions[0].readonly = true;
    filling.stage->draw(2);
    CHECK(filling.stage->shows("View larger"));
    CHECK_FALSE(filling.stage->shows("Remove"));
}

TEST_CASE("what is dropped goes to the question under the pointer", "[screens][files]") {
    Filling filling;
    const auto drop_at = [&](ImVec2 place) {
        ImGui::GetIO().AddMousePosEvent(place.x, place.y);
        filling.stage->draw(2);
        filling.drop().begin_frame({"/photos/a.jpg"});
        filling.stage->draw();
        return filling.drop().chosen();
    };
    CHECK(drop_at(filling.middle_of("Without")) == "f1");
    CHECK(drop_at(filling.middle_of("interview_room-k7qx3.jpg")) == "f2");
    CHECK(drop_at({-1, -1}).empty());  // two could be meant

    filling.view.questions.resize(1);
    filling.stage->draw(2);
    CHECK(drop_at({-1, -1}) == "f2");  // only one can
}

TEST_CASE("what was copied is pasted by button or keys", "[screens][files]") {
    Filling filling;
    ImGui::SetClipboardText("file:///photos/a.jpg");
    SECTION("button") {
        filling.stage->click("Paste");
    }
    SECTION("keys, onto the question under the pointer") {
        const ImVec2 place = filling.middle_of("Without");
        ImGui::GetIO().AddMousePosEvent(place.x, place.y);
        filling.stage->draw(2);
        filling.stage->key(ImGuiKey_V, ImGuiMod_Ctrl);
    }
    const auto pasted = filling.stage.asked_for<PasteFile>();
    REQUIRE(pasted.size() == 1);
    CHECK(pasted[0].question == "f1");
    CHECK(pasted[0].text == "file:///photos/a.jpg");
}

TEST_CASE("the browser opens folders and takes files, by mouse and by keyboard",
          "[screens][files]") {
    Browser browser{false};
    browser.stage->click("2026-03-07");
    CHECK(browser.stage.asked_for<BrowseFolder>().at(0).path ==
          "/home/amina/Pictures/North gate/2026-03-07");
    browser.stage->click("KINGSTON");
    CHECK(browser.stage.asked_for<BrowseFolder>().at(1).path == "/media/amina/KINGSTON");
    browser.stage->key(ImGuiKey_Backspace);
    CHECK(browser.stage.asked_for<BrowseFolder>().at(2).path == "/home/amina/Pictures");
    browser.stage->click("IMG_2041.jpg");
    CHECK(browser.stage.asked_for<AttachFile>().at(0).question == "f1");
    browser.stage->fill("find", "2050");
    CHECK(browser.stage.asked_for<BrowseFind>().back().text == "2050");
    browser.stage->key(ImGuiKey_Tab);
    browser.stage->click("Show all files");
    CHECK(browser.stage.asked_for<BrowseAll>().at(0).all);
    browser.stage->key(ImGuiKey_Escape);
    CHECK(browser.stage.asked_for<CloseFiles>().size() == 1);
}

TEST_CASE("a folder of five thousand files draws those in sight", "[screens][files]") {
    Browser browser{false};
    for (int i = 0; i < 5000; ++i)
        browser.view.entries.push_back({"photo " + std::to_string(i), "/p", "1 MB"});
    browser.stage->draw(3);
    CHECK(browser.stage->items().size() < 300);
}

TEST_CASE("saving a copy says that it is not encrypted, and where it goes", "[screens][files]") {
    Browser browser{true};
    CHECK(browser.stage->shows("The copy will not be encrypted."));
    browser.stage->click("Save here");
    CHECK(browser.stage.asked_for<SaveFileHere>().size() == 1);
    CHECK_FALSE(browser.stage->shows("Show all files"));
}

TEST_CASE("an enlarged picture closes by key and by button", "[screens][files]") {
    const EnlargedView view = test::Samples{}.enlarged();
    test::Stage stage{
        [&](const text::Words& words, Commands& out) { draw_enlarged(view, words, out); }};
    stage->click("Close");
    stage->key(ImGuiKey_Escape);
    CHECK(stage.asked_for<CloseFiles>().size() == 2);
}

TEST_CASE("textures are bounded, and the longest unused go first", "[screens][files]") {
    const media::Raster large{1024, 1024, std::vector<std::uint8_t>(std::size_t{1024} * 1024 * 4)};
    int shown = 0;
    test::Stage stage{[&](const text::Words&, Commands&) {
        widgets::picture("one", "picture " + std::to_string(shown), large, 100, 100);
    }};
    for (shown = 1; shown < 40; ++shown) stage->draw(3);
    CHECK(stage->pictures().bytes() <= widgets::Pictures::kMostBytes);
    CHECK(stage->pictures().held() >= 2);
    CHECK(ImGui::GetPlatformIO().Textures.size() < 15);
}

}  // namespace bordereau::app
