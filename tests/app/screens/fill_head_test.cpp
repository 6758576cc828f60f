#include "app/screens/fill_head.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>

#include "app/screens/fill_screen.h"
#include "app/screens/frame.h"
#include "tests/app/screens/samples.h"
#include "tests/app/screens/stage.h"

namespace bordereau::app {

namespace {

constexpr float kWidth = 360, kHeight = 640;

/// A phone that fills an audit whose title is longer than its line.
struct Phone {
    explicit Phone(text::Language language = text::Language::en, int percent = 100)
        : samples{language},
          view(samples.fill()),
          frame(samples.frame(Place::fill)),
          stage([this](const text::Words& words, Commands& out) { draw(words, out); },
                {.width = kWidth, .height = kHeight, .language = language, .percent = percent}) {}

    void draw(const text::Words& words, Commands& out) {
        draw_frame(frame, frame_ui, words, out, [&] { draw_fill(view, ui, words, out); });
    }
    /// Where the part of the window ends that does not scroll with the questions.
    float head() {
        float end = 0;
        for (const widgets::Item& item : stage->items())
            if (item.visible && item.window.find("questions") == std::string::npos)
                end = std::max(end, item.stop ? item.max.y : 0);
        return end;
    }
    float first_question() { return stage->item(view.questions.front().label).min.y; }
    void scroll() {
        ImGui::GetIO().AddMousePosEvent(kWidth / 2, kHeight * 0.8f);
        stage->draw(2);
        stage->scroll(-1);
        stage->draw(2);
    }
    std::string announced(std::string_view id) { return stage->item(id).label; }

    test::Samples samples;
    FillView view;
    FrameView frame;
    FillUi ui{};
    FrameUi frame_ui{};
    test::Stage stage;
};

}  // namespace

TEST_CASE("in a narrow window at least two thirds of the height are questions, scrolled or not",
          "[screens][fill][narrow]") {
    const auto language = GENERATE(text::Language::en, text::Language::fr, text::Language::es,
                                   text::Language::ru, text::Language::ar, text::Language::zh);
    const int percent = GENERATE(100, 150);
    Phone phone{language, percent};
    CAPTURE(text::tag_of(language), percent);
    CHECK(phone.head() > 0);
    CHECK(phone.head() < kHeight / 3);

    const float before = phone.first_question();
    phone.scroll();
    CHECK(phone.first_question() < before);
    CHECK(phone.head() < kHeight / 3);
    CHECK(phone.stage->shows("sections"));
}

TEST_CASE("what a narrow window folds away is all there when it is asked for",
          "[screens][fill][narrow]") {
    Phone phone;
    for (const char* id : {"to_list", "place.overview", "one_page"}) {
        CAPTURE(id);
        CHECK_FALSE(phone.stage->shows(id));
    }
    CHECK(phone.announced("sections").find(phone.view.header.title) == 0);
    CHECK(phone.announced("sections").find(phone.view.saved) != std::string::npos);

    SECTION("by a press, and another one folds it in") {
        phone.stage->click("sections");
    }
    SECTION("by keys") {
        while (!phone.stage->item("sections").focused) phone.stage->key(ImGuiKey_Tab);
        phone.stage->key(ImGuiKey_Space);
    }
    phone.stage->draw(2);
    for (const char* id : {"to_list", "place.overview", "one_page", "sections", "undo", "redo"}) {
        CAPTURE(id);
        CHECK(phone.stage->shows(id));
    }
    for (const SectionView& section : phone.view.sections) {
        CAPTURE(section.title);
        CHECK(phone.stage->item(section.title).stop);
    }
    phone.stage->key(ImGuiKey_Escape);
    phone.stage->draw(2);
    CHECK_FALSE(phone.stage->shows("to_list"));
    CHECK(phone.stage.asked().empty());
}

TEST_CASE("choosing a section folds the list in", "[screens][fill][narrow]") {
    Phone phone;
    phone.stage->click("sections");
    phone.stage->draw(2);
    phone.stage->click(phone.view.sections.at(1).title);
    phone.stage->draw(2);
    REQUIRE(phone.stage.asked_for<OpenSection>().size() == 1);
    CHECK(phone.stage.asked_for<OpenSection>()[0].section == 1);
    CHECK_FALSE(phone.stage->shows("to_list"));
}

TEST_CASE("the questions of a narrow window stand where they stood when the list is folded in",
          "[screens][fill][narrow]") {
    Phone phone;
    phone.scroll();
    const float before = phone.first_question();
    phone.stage->click("sections");
    phone.stage->draw(2);
    phone.stage->click("sections");
    phone.stage->draw(2);
    CHECK(phone.first_question() == before);
}

TEST_CASE("what keeps an answer from being saved is said without unfolding anything",
          "[screens][fill][narrow]") {
    Phone phone;
    CHECK_FALSE(phone.stage->shows("saved"));
    phone.view.saved = phone.stage->words()("fill.not_saved");
    phone.view.saved_tone = Tone::error;
    phone.stage->draw(2);
    CHECK(phone.stage->shows(phone.view.saved));
    SECTION("and once, where the message over the page says it") {
        const float before = phone.first_question();
        phone.view.told_above = true;
        phone.stage->draw(2);
        CHECK(phone.first_question() < before);
    }
}

}  // namespace bordereau::app
