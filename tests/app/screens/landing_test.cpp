// Where the keyboard is after a page has opened.

#include <imgui_internal.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <memory>
#include <string>
#include <utility>

#include "app/screens/camera_screen.h"
#include "app/screens/files_screen.h"
#include "app/screens/fill_screen.h"
#include "app/screens/frame.h"
#include "app/screens/home_screen.h"
#include "app/screens/pad_field.h"
#include "app/screens/settings_screen.h"
#include "tests/app/screens/samples.h"
#include "tests/app/screens/stage.h"

namespace bordereau::test {

using namespace app;

namespace {

QuestionView text_question(const std::string& key, const std::string& value = {}) {
    return {.key = key, .label = "About " + key, .control = Control::text, .value = value};
}

std::vector<QuestionView> text_questions(int count, int answered) {
    std::vector<QuestionView> questions;
    for (int i = 0; i < count; ++i)
        questions.push_back(text_question("q" + std::to_string(i), i < answered ? "so" : ""));
    return questions;
}

// The window with its side bar; where a command leads, the test goes.
struct Inside {
    FrameView frame = Samples{}.frame(Place::home);
    FrameUi frame_ui;
    HomeView home = Samples{}.home();
    HomeUi home_ui;
    FillView fill = Samples{}.fill();
    FillUi fill_ui;
    SettingsView settings = Samples{}.settings();
    SettingsUi settings_ui;
    BrowserView browser = Samples{}.browser(false);
    FilesUi files_ui;
    CameraView camera = Samples{}.camera(true);
    PadView pad = Samples{}.pad();
    PadUi pad_ui;
    Stage stage;

    explicit Inside(FramesOptions options = {})
        : stage([this](const text::Words& words, Commands& out) { draw(words, out); }, options) {
        stage->draw(6);
    }
    void draw(const text::Words& words, Commands& out) {
        draw_frame(frame, frame_ui, words, out, [&] {
            if (frame_ui.over == Over::browser)
                draw_browser(browser, files_ui, words, out);
            else if (frame_ui.over == Over::camera)
                draw_camera(camera, words, out);
            else if (frame_ui.over == Over::pad)
                draw_pad_page(pad, pad_ui, words, out);
            else if (frame.place == Place::home)
                draw_home(home, home_ui, words, out);
            else if (frame.place == Place::fill)
                draw_fill(fill, fill_ui, words, out);
            else
                draw_settings(settings, settings_ui, words, out);
        });
    }
    void go(Place place) {
        frame.place = place;
        stage->draw(8);
    }
    void cover(Over over) {
        frame_ui.over = over;
        stage->draw(8);
    }
    void press(ImGuiKey key, ImGuiKey modifier = ImGuiKey_None) {
        stage->key(key, modifier);
        stage->draw(6);
    }
    // By keys, to an audit of so many questions of which the first are answered.
    void go_to_questions(int all, int answered) {
        press(ImGuiKey_Tab);
        fill.questions = text_questions(all, answered);
        go(Place::fill);
    }
    void click_field(const std::string& label) {
        const auto& items = stage->items();
        const auto field = std::ranges::find_if(
            items, [&](const widgets::Item& item) { return item.stop && item.label == label; });
        REQUIRE(field != items.end());
        stage->click_at(field->min.x + 9, field->max.y - 9);
    }
    const widgets::Item* focused() {
        const auto& items = stage->items();
        const auto found = std::ranges::find_if(items, &widgets::Item::focused);
        return found == items.end() ? nullptr : &*found;
    }
    std::string at() { return focused() == nullptr ? "" : focused()->label; }
};

}  // namespace

TEST_CASE("who opens an audit by key types into its first unanswered question",
          "[screens][keyboard]") {
    Inside on;
    on.press(ImGuiKey_Tab);
    on.fill.questions = text_questions(30, 2);
    SECTION("near") {
        on.go(Place::fill);
        CHECK(on.at() == "About q2");
        CHECK(on.stage->shows("About q0"));
    }
    SECTION("far down, which is brought into sight") {
        on.fill.questions = text_questions(30, 25);
        on.go(Place::fill);
        CHECK(on.at() == "About q25");
        CHECK(on.stage->shows("About q25"));
    }
    on.stage->type("A");
    on.press(ImGuiKey_Tab);
    const auto answers = on.stage.asked_for<Answer>();
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].text == "A");
}

TEST_CASE("an audit without an unanswered question begins at its first one",
          "[screens][keyboard]") {
    Inside on;
    on.go_to_questions(30, 30);
    CHECK(on.at() == "About q0");
}

TEST_CASE("who was led to a question by another page is at it", "[screens][keyboard]") {
    Inside on;
    on.press(ImGuiKey_Tab);
    on.fill.questions = text_questions(30, 0);
    on.fill.scroll_to = "q17";
    SECTION("in this moment") {
        on.fill.keyboard_to = "q17";
        on.fill.scroll_request = 1;
    }
    SECTION("before, and comes back") {}
    on.go(Place::fill);
    CHECK(on.at() == "About q17");
    CHECK(on.stage->shows("About q17"));
}

TEST_CASE("after unlocking the list of audits has the keyboard", "[screens][keyboard]") {
    for (const float width : {1024.0f, 360.0f}) {
        CAPTURE(width);
        Inside on{{.width = width, .height = 600}};
        on.frame.unlocked = false;
        on.press(ImGuiKey_Enter);
        on.frame.unlocked = true;
        on.stage->draw(8);
        REQUIRE(on.focused() != nullptr);
        CHECK(on.at() == on.home.rows.front().unit);
        on.press(ImGuiKey_Space);
        REQUIRE(on.stage.asked_for<OpenAudit>().size() == 1);
        CHECK(on.stage.asked_for<OpenAudit>()[0].audit == on.home.rows.front().audit);
    }
}

TEST_CASE("a place of the side bar that a key opened has the keyboard", "[screens][keyboard]") {
    Inside on;
    SECTION("another place") {
        on.press(ImGuiKey_9, ImGuiMod_Alt);
        on.go(Place::settings);
    }
    SECTION("the one that stands there already") {
        on.press(ImGuiKey_Tab);
        for (int back = 0; back < 12; ++back) on.press(ImGuiKey_Tab, ImGuiMod_Shift);
        on.press(ImGuiKey_1, ImGuiMod_Alt);
    }
    REQUIRE(on.focused() != nullptr);
    CHECK_FALSE(on.focused()->window.find("side") != std::string::npos);
    CHECK(on.focused()->window.find("content") != std::string::npos);
}

TEST_CASE("the pointer enters no field, but Tab goes on from where the questions begin",
          "[screens][keyboard]") {
    Inside on;
    on.fill.questions = text_questions(3, 0);
    on.stage->click_at(700, 5);
    on.go(Place::fill);
    CHECK_FALSE(ImGui::GetIO().WantTextInput);
    CHECK_FALSE(ImGui::GetIO().NavVisible);
    on.press(ImGuiKey_Tab);
    REQUIRE(on.focused() != nullptr);
    CHECK(on.focused()->window.find("questions") != std::string::npos);
}

TEST_CASE("a question that keys lead to is seen with all its choices", "[screens][keyboard]") {
    const bool back = GENERATE(false, true);
    const auto [width, height] = GENERATE(std::pair{1024.0f, 600.0f}, std::pair{360.0f, 640.0f});
    CAPTURE(back, width, height);
    Inside on{{.width = width, .height = height}};
    on.press(ImGuiKey_Tab);
    on.fill.questions.clear();
    for (int i = 0; i < 12; ++i) {
        const std::string name = "q" + std::to_string(i);
        auto choices = std::make_shared<std::vector<ChoiceView>>();
        for (const char* each : {"a", "b", "c", "d", "e"})
            choices->push_back({name + each, "Choice " + name + each});
        on.fill.questions.push_back({.key = name,
                                     .label = "About " + name,
                                     .control = Control::select_one,
                                     .choices = std::move(choices)});
    }
    on.fill.scroll_to = back ? "q11" : "q0";
    on.go(Place::fill);
    for (int step = 1; step < 11; ++step) {
        const std::string name = "q" + std::to_string(back ? 11 - step : step);
        CAPTURE(name);
        for (int stop = 0; stop < 6 && on.at() != "Choice " + name + "a"; ++stop)
            on.press(ImGuiKey_Tab, back ? ImGuiMod_Shift : ImGuiKey_None);
        REQUIRE(on.at() == "Choice " + name + "a");
        const auto& first = on.stage->item("About " + name);
        const auto& last = on.stage->item("Choice " + name + "e");
        CHECK(first.visible);
        CHECK(last.max.y <= height);
        CHECK(first.min.y >= 0);
    }
}

TEST_CASE("another audit begins at its top, wherever the one before was left", "[screens][fill]") {
    Inside on{{.width = 360, .height = 640}};
    on.fill.questions = text_questions(30, 9);
    on.fill.scroll_to = "q20";
    on.fill.scroll_request = 1;
    on.go(Place::fill);
    REQUIRE(on.stage->shows("About q20"));
    on.go(Place::home);
    on.fill.scroll_to.clear();
    on.fill.header.audit = AuditId{"another"};
    on.stage->click_at(200, 300);
    on.go(Place::fill);
    CHECK_FALSE(on.stage->shows("About q20"));
    const auto& items = on.stage->items();
    CHECK(std::ranges::any_of(items, [](const widgets::Item& item) {
        return item.label == "About q0" && !item.stop && item.visible;
    }));
}

TEST_CASE("Down goes on in the questions and does not leave them for the list beside",
          "[screens][keyboard]") {
    Inside on;
    on.fill.questions = text_questions(12, 0);
    on.press(ImGuiKey_Tab);
    on.go(Place::fill);
    for (int down = 0; down < 30; ++down) {
        on.press(ImGuiKey_DownArrow);
        CAPTURE(down, on.at());
        REQUIRE(on.focused() != nullptr);
        CHECK(on.focused()->window.find("questions") != std::string::npos);
        CHECK(on.focused()->visible);
    }
    CHECK(on.at() != "About q0");
    for (int up = 0; up < 60; ++up) on.press(ImGuiKey_UpArrow);
    CHECK(on.focused()->window.find("side") == std::string::npos);
}

TEST_CASE("Ctrl and Page Down in a field open the next section at its top, in its first question",
          "[screens][keyboard]") {
    Inside on;
    on.go_to_questions(30, 28);
    CHECK(on.at() == "About q28");
    on.press(ImGuiKey_PageDown, ImGuiMod_Ctrl);
    REQUIRE(on.stage.asked_for<OpenSection>().size() == 1);
    on.fill.section = on.stage.asked_for<OpenSection>()[0].section;
    for (QuestionView& question : on.fill.questions) question.key += " of another section";
    on.stage->draw(8);
    CHECK(on.at() == "About q0");
    CHECK(on.stage->shows(on.fill.sections[static_cast<std::size_t>(on.fill.section)].title));
    CHECK(on.stage->item("About q0").visible);

    SECTION("and where there is no further section they move nothing") {
        on.fill.section = static_cast<int>(on.fill.sections.size()) - 1;
        on.stage->draw(8);
        on.press(ImGuiKey_Tab);
        const std::string before = on.at();
        on.press(ImGuiKey_PageDown, ImGuiMod_Ctrl);
        CHECK(on.at() == before);
        CHECK(on.stage.asked_for<OpenSection>().size() == 1);
    }
}

TEST_CASE("another section begins at its top, whatever the heights of its rows",
          "[screens][fill]") {
    Inside on;
    on.fill.questions = text_questions(30, 0);
    on.go(Place::fill);
    on.fill.scroll_to = "q25";
    on.fill.scroll_request = 1;
    on.stage->draw(8);
    CHECK(on.stage->shows("About q25"));
    on.fill.section += 1;
    for (QuestionView& question : on.fill.questions) {
        question.key += " of another section";
        question.hint = std::string(900, 'm');
        question.hint.replace(450, 1, " ");
    }
    on.stage->draw(8);
    CHECK(on.stage->item("About q0").visible);
}

TEST_CASE("in a narrow window Esc closes the menu, and F1 shows the keys in its place",
          "[screens][keyboard]") {
    Inside on{{.width = 360, .height = 640}};
    on.stage->click("menu");
    CHECK(on.stage->shows("place.sync"));
    SECTION("Esc") {
        on.press(ImGuiKey_Escape);
        CHECK_FALSE(on.stage->shows("place.sync"));
        REQUIRE(on.focused() != nullptr);
        CHECK(on.focused()->name.find("menu") != std::string::npos);
    }
    SECTION("F1") {
        on.press(ImGuiKey_F1);
        CHECK_FALSE(on.stage->shows("place.sync"));
        CHECK(on.stage->shows("close_sheet"));
    }
}

TEST_CASE("what stands over a page has the keyboard, and gives it back to the question",
          "[screens][keyboard][files]") {
    Inside on;
    on.go_to_questions(30, 4);
    REQUIRE(on.at() == "About q4");
    SECTION("files: the first one that can be chosen") {
        on.cover(Over::browser);
        CHECK(on.at() == on.browser.entries.front().name);
    }
    SECTION("a folder that keys opened: the first one in it") {
        on.cover(Over::browser);
        on.browser.folder += "/within";
        on.browser.entries.erase(on.browser.entries.begin());
        on.stage->draw(6);
        CHECK(on.at() == on.browser.entries.front().name);
    }
    SECTION("a place to save at: the button that does") {
        on.browser = Samples{}.browser(true);
        on.cover(Over::browser);
        CHECK(on.at() == on.stage->words()("browser.save_here"));
    }
    SECTION("the camera: the button that takes the photo, while it opens as well") {
        on.camera.picture = nullptr;
        on.cover(Over::camera);
        CHECK(on.at() == on.stage->words()("camera.take"));
        on.press(ImGuiKey_Space);
        CHECK(on.stage.asked_for<TakePhoto>().empty());
        on.camera.picture = Samples{}.camera(true).picture;
        on.press(ImGuiKey_Space);
        CHECK(on.stage.asked_for<TakePhoto>().size() == 1);
    }
    SECTION("a sheet to draw on: the first button") {
        on.cover(Over::pad);
        CHECK(on.at() == on.stage->words()("file.close"));
    }
    on.cover(Over::nothing);
    CHECK(on.at() == "About q4");
}

TEST_CASE("Enter in a field goes on to the next question, unless the answer is wrong",
          "[screens][keyboard][fill]") {
    Inside on;
    on.fill.questions = text_questions(4, 0);
    on.fill.questions[1].control = Control::date;
    on.go(Place::fill);
    on.click_field("About q0");
    on.stage->type("Order 12");
    on.press(ImGuiKey_Enter);
    CHECK(on.at() == "About q1");
    on.stage->type("2026-1");
    SECTION("that is right") {
        on.press(ImGuiKey_Enter);
        CHECK(on.at() == "About q2");
        on.stage->type("Yes");
        on.press(ImGuiKey_Tab);
        REQUIRE(on.stage.asked_for<Answer>().size() == 3);
        CHECK(on.stage.asked_for<Answer>()[2].question == "q2");
    }
    SECTION("that is wrong") {
        on.fill.questions[1].problem = AnswerProblem::type;
        on.press(ImGuiKey_Enter);
        CHECK(on.at() == "About q1");
        on.stage->type("2026-11-26");
        on.press(ImGuiKey_Tab);
        CHECK(on.stage.asked_for<Answer>().back().text == "2026-11-26");
    }
    SECTION("and the last one leads on") {
        on.click_field("About q3");
        on.stage->type("So");
        on.press(ImGuiKey_Enter);
        CHECK(on.at() == "Next");
        CHECK(on.stage.asked_for<Answer>().back().text == "So");
    }
}

namespace {

QuestionView entry_of(const std::string& key) {
    QuestionView row{.kind = RowKind::instance, .key = key, .depth = 1, .label = "Room " + key};
    return row;
}

QuestionView addition_of(const std::string& repeat) {
    QuestionView row{.kind = RowKind::addition, .key = "add " + repeat, .depth = 1};
    row.repeat = repeat;
    return row;
}

// The ring is drawn around what has the keyboard.
bool ring_is_seen(Inside& on) {
    return on.focused() != nullptr && on.focused()->visible &&
           ImGui::GetCurrentContext()->NavCursorVisible;
}

}  // namespace

TEST_CASE("Enter in the last field of a section leads to what leads on from it",
          "[screens][keyboard]") {
    const float width = GENERATE(1024.0f, 360.0f);
    Inside on({.width = width, .height = 600});
    on.fill.sections = {{.title = "One"}, {.title = "Two"}};
    on.fill.section = GENERATE(0, 1);
    on.go_to_questions(12, 11);
    REQUIRE(on.at() == "About q11");
    on.stage->type("A");
    on.press(ImGuiKey_Enter);
    CHECK(on.at() == (on.fill.section == 0 ? "Next" : "Finish"));
    CHECK(ring_is_seen(on));
    on.press(ImGuiKey_Enter);
    if (on.fill.section == 0)
        CHECK(on.stage.asked_for<OpenSection>().back().section == 1);
    else
        CHECK(on.stage.asked_for<GoTo>().back().place == Place::overview);
}

TEST_CASE("Enter in the last field of an entry leads to what adds the next one",
          "[screens][keyboard]") {
    Inside on;
    on.press(ImGuiKey_Tab);
    on.fill.questions = {entry_of("k1"), text_question("q0"), addition_of("room")};
    on.go(Place::fill);
    REQUIRE(on.at() == "About q0");
    on.stage->type("A");
    on.press(ImGuiKey_Enter);
    CHECK(on.at() == "Add an entry");
    CHECK(ring_is_seen(on));
    on.press(ImGuiKey_Enter);
    REQUIRE(on.stage.asked_for<AddRepeat>().size() == 1);
    CHECK(on.stage.asked_for<AddRepeat>()[0].repeat == "room");
}

TEST_CASE("between entries, and out of a repeat, Enter goes on to the next question",
          "[screens][keyboard]") {
    Inside on;
    on.press(ImGuiKey_Tab);
    on.fill.questions = {entry_of("k1"),      text_question("q0"), entry_of("k2"),
                         text_question("q1"), addition_of("room"), text_question("q2")};
    on.go(Place::fill);
    for (const char* next : {"About q1", "About q2"}) {
        on.press(ImGuiKey_Enter);
        CHECK(on.at() == next);
    }
}

TEST_CASE("with one question a page Enter turns to the next page", "[screens][keyboard]") {
    Inside on;
    on.fill.one_page = true;
    on.fill.pages = 3;
    on.go_to_questions(1, 0);
    on.stage->type("A");
    on.press(ImGuiKey_Enter);
    REQUIRE(on.stage.asked_for<TurnPage>().size() == 1);
    CHECK(on.stage.asked_for<TurnPage>()[0].page == 1);
    SECTION("whose question has the keyboard") {
        on.fill.page = 1;
        on.fill.questions = {text_question("q1")};
        on.stage->draw(8);
        CHECK(on.at() == "About q1");
    }
    SECTION("or, where it asks nothing, what leads on") {
        QuestionView note{.key = "n", .label = "Read this aloud"};
        note.control = Control::note;
        on.fill.page = 1;
        on.fill.questions = {note};
        on.stage->draw(8);
        CHECK(on.at() == "Next");
        CHECK(ring_is_seen(on));
    }
}

TEST_CASE("an answer that is wrong keeps the keyboard, also where it is the last",
          "[screens][keyboard]") {
    Inside on;
    on.go_to_questions(1, 0);
    on.stage->type("A");
    on.fill.questions[0].problem = AnswerProblem::constraint;
    on.press(ImGuiKey_Enter);
    CHECK(on.at() == "About q0");
}

}  // namespace bordereau::test
