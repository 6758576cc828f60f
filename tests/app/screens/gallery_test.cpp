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

bool is_ours(const widgets::Item& item) {
    return !item.window.starts_with("Debug");  // Dear ImGui's own, never shown
}

std::string name_of(const widgets::Item& item) {
    return (item.label.empty() ? item.name : item.label) + " in " + item.window;
}

void check_words(const Exhibit& exhibit, Stage& stage) {
    for (const widgets::Overflow& overflow : stage->overflows()) {
        CAPTURE(exhibit.name, overflow.text, overflow.wanted, overflow.room);
        CHECK((overflow.cut && may_be_cut(overflow.text, stage->words())));
    }
}

// Pages scroll down, never sideways.
void check_edges(const Exhibit& exhibit, Stage& stage, float width) {
    for (const widgets::Item& item : stage->items()) {
        if (!is_ours(item) || (item.min.x >= -1 && item.max.x <= width + 1)) continue;
        FAIL_CHECK(exhibit.name << ": " << name_of(item) << " from " << item.min.x << " to "
                                << item.max.x << " of " << width);
    }
}

}  // namespace

TEST_CASE(
    "no words overflow their place and nothing reaches beyond the edge, in any language, at 100 % "
    "and 150 %",
    "[screens]") {
    const auto language = GENERATE(text::Language::en, text::Language::fr, text::Language::es,
                                   text::Language::ru, text::Language::ar, text::Language::zh);
    const auto [width, height] = GENERATE(std::pair{1024.0f, 600.0f}, std::pair{360.0f, 640.0f});
    const int percent = GENERATE(100, 150);
    CAPTURE(text::tag_of(language), width, percent);
    for (const Exhibit& exhibit : gallery(Samples{language})) {
        // High enough for everything to be drawn: what is scrolled away is not measured.
        Stage stage(exhibit.draw,
                    {.width = width, .height = 9000, .language = language, .percent = percent});
        stage->draw(2);
        check_words(exhibit, stage);
        check_edges(exhibit, stage, width);
        // Bars to scroll with take some of the width.
        stage->resize(width, height);
        check_edges(exhibit, stage, width);
    }
}

TEST_CASE("text of 80 % and of 200 % fits as well", "[screens]") {
    const auto language = GENERATE(text::Language::ru, text::Language::ar);
    const int percent = GENERATE(80, 200);
    CAPTURE(text::tag_of(language), percent);
    for (const Exhibit& exhibit : gallery(Samples{language})) {
        Stage stage(exhibit.draw,
                    {.width = 1024, .height = 9000, .language = language, .percent = percent});
        check_words(exhibit, stage);
        check_edges(exhibit, stage, 1024);
    }
}

TEST_CASE("in touch mode everything that can be pressed is 44 logical pixels high and wide",
          "[screens][touch]") {
    const float width = GENERATE(1024.0f, 360.0f);
    for (const Exhibit& exhibit : gallery(Samples{text::Language::en})) {
        Stage stage(exhibit.draw, {.width = width, .height = 9000, .percent = 80, .touch = true});
        for (const widgets::Item& item : stage->items()) {
            const float wide = item.max.x - item.min.x, high = item.max.y - item.min.y;
            if (!is_ours(item) || !item.stop || (wide >= 43.5f && high >= 43.5f)) continue;
            FAIL_CHECK(exhibit.name << ": " << name_of(item) << " is " << wide << " by " << high);
        }
        check_words(exhibit, stage);
        check_edges(exhibit, stage, width);
    }
}

TEST_CASE("on a screen of 4K letters are drawn at its own size, Chinese ones too",
          "[screens][dense]") {
    for (const Exhibit& exhibit : gallery(Samples{text::Language::zh})) {
        if (exhibit.name != "home" && exhibit.name != "fill" && exhibit.name != "sync") continue;
        CAPTURE(exhibit.name);
        float drawn = 0, wanted = 0;
        Stage stage(
            [&](const text::Words& words, app::Commands& out) {
                exhibit.draw(words, out);
                drawn = ImGui::GetFontBaked()->Size;
                wanted = widgets::unit();
            },
            {.width = 3840,
             .height = 2160,
             .language = text::Language::zh,
             .percent = 150,
             .scale = 2});
        CHECK(wanted > 50);
        CHECK(drawn == wanted);
        // The atlas grows with what is shown, and stays within what cards can hold.
        const ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
        CHECK(atlas.TexData->Width <= 4096);
        CHECK(atlas.TexData->Height <= 4096);
    }
}

}  // namespace bordereau::test
