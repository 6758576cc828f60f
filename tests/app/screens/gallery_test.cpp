#include "tests/app/screens/gallery.h"

#include <imgui.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/app/screens/stage.h"

namespace bordereau::test {

TEST_CASE("every screen draws in every size, language and theme, and asks for nothing by itself",
          "[screens]") {
    const auto [width, height] =
        GENERATE(std::pair{1280.0f, 800.0f}, std::pair{1024.0f, 600.0f}, std::pair{360.0f, 640.0f});
    const auto language =
        GENERATE(text::Language::en, text::Language::ru, text::Language::ar, text::Language::zh);
    const auto theme = GENERATE(widgets::Theme::light, widgets::Theme::sunlight);
    for (const Exhibit& exhibit : gallery(Samples{language})) {
        CAPTURE(exhibit.name, width, text::tag_of(language));
        Stage stage(exhibit.draw, {width, height, language, theme});
        stage->draw(2);
        CHECK(stage.asked().empty());
        CHECK_FALSE(stage->items().empty());
    }
}

namespace {

// Titles, names and paths are cut with an ellipsis and shown whole when pointed at; so is the help
// within an empty field, whose words are announced. The interface's other words never are.
bool may_be_cut(const std::string& text, const text::Words& words) {
    for (const std::string_view help : {"home.search", "history.search", "overview.explain"})
        if (words.has(help) && words(help) == text) return true;
    const auto keys = words.keys();
    return std::ranges::none_of(keys, [&](const auto& key) { return words(key) == text; });
}

}  // namespace

TEST_CASE("no words overflow their place, in any language, at 100 % and 150 %", "[screens]") {
    const auto language = GENERATE(text::Language::en, text::Language::fr, text::Language::es,
                                   text::Language::ru, text::Language::ar, text::Language::zh);
    const float width = GENERATE(1024.0f, 360.0f);
    const int percent = GENERATE(100, 150);
    for (const Exhibit& exhibit : gallery(Samples{language})) {
        // High enough for everything to be drawn: what is scrolled away is not measured.
        Stage stage(exhibit.draw,
                    {.width = width, .height = 9000, .language = language, .percent = percent});
        stage->draw(2);
        for (const widgets::Overflow& overflow : stage->overflows()) {
            CAPTURE(exhibit.name, overflow.text, overflow.wanted, overflow.room,
                    text::tag_of(language), width, percent);
            CHECK((overflow.cut && may_be_cut(overflow.text, stage->words())));
        }
    }
}

TEST_CASE("nothing on a narrow screen reaches beyond its edge", "[screens]") {
    const auto language = GENERATE(text::Language::en, text::Language::ru, text::Language::ar);
    const int percent = GENERATE(100, 150);
    for (const Exhibit& exhibit : gallery(Samples{language})) {
        Stage stage(exhibit.draw,
                    {.width = 360, .height = 640, .language = language, .percent = percent});
        stage->draw(2);
        for (const widgets::Item& item : stage->items()) {
            if (item.window.starts_with("Debug")) continue;  // Dear ImGui's own, never shown
            CAPTURE(exhibit.name, item.label, item.name, item.window, text::tag_of(language),
                    percent);
            CHECK(item.min.x >= -1);
            CHECK(item.max.x <= 361);
        }
    }
}

}  // namespace bordereau::test
