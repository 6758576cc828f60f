#include "app/widgets/choices.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "app/widgets/buttons.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/question.h"
#include "app/widgets/signs.h"
#include "tests/app/widgets/gallery.h"
#include "tests/support/frames.h"

namespace bordereau::widgets {

using test::Frames;

namespace {

const std::vector<Choice> kLevels{{"2", "Yes"}, {"1", "Partly"}, {"0", "No"}};

}  // namespace

TEST_CASE("one of a few is chosen by a click or by the keyboard", "[widgets][choices]") {
    std::string value;
    int changes = 0;
    Frames frames{[&] { changes += choice_list("level", kLevels, value) ? 1 : 0; }};
    frames.click("Partly");
    CHECK(value == "1");
    frames.click("Partly");
    CHECK(changes == 1);
    frames.key(ImGuiKey_RightArrow);
    frames.key(ImGuiKey_Space);
    CHECK(value == "0");
    CHECK(changes == 2);
}

TEST_CASE("Tab stops once at choices that exclude each other, and the arrow keys go through them",
          "[widgets][choices]") {
    std::string first, second = "1", several;
    Frames frames{[&] {
        choice_list("first", kLevels, first);
        choice_list("second", kLevels, second);
        multi_choice("several", kLevels, several);
    }};
    frames.key(ImGuiKey_Tab);
    frames.key(ImGuiKey_RightArrow);
    frames.key(ImGuiKey_Space);
    CHECK(first == "1");
    frames.key(ImGuiKey_Tab);
    frames.key(ImGuiKey_LeftArrow);  // from what is chosen
    frames.key(ImGuiKey_Space);
    CHECK(second == "2");
    frames.key(ImGuiKey_Tab, ImGuiMod_Shift);
    frames.key(ImGuiKey_RightArrow);
    frames.key(ImGuiKey_Space);
    CHECK(first == "0");
    SECTION("where any may be chosen, each is a stop") {
        for (int stop = 0; stop < 3; ++stop) frames.key(ImGuiKey_Tab);
        frames.key(ImGuiKey_Space);
        CHECK(several == "1");
    }
}

TEST_CASE("choices that are switched off cannot be chosen", "[widgets][choices]") {
    std::string value = "2";
    Frames frames{[&] { choice_list("level", kLevels, value, {.enabled = false}); }};
    frames.click("No");
    CHECK(value == "2");
}

TEST_CASE("several values are joined in the order of the list", "[widgets][choices]") {
    std::string values = "0";
    Frames frames{[&] { multi_choice("levels", kLevels, values); }};
    frames.click("Yes");
    CHECK(values == "2 0");
    frames.click("No");
    CHECK(values == "2");
    CHECK(contains_value("20 2", "2"));
    CHECK_FALSE(contains_value("20 21", "2"));
}

TEST_CASE("short choices stand side by side, from the start edge", "[widgets][choices]") {
    std::string value;
    const auto draw = [&] { choice_list("level", kLevels, value); };
    Frames english{draw};
    CHECK(english.item("Yes").min.y == english.item("No").min.y);
    CHECK(english.item("Yes").max.x < english.item("No").min.x);
    english.resize(200, 600);
    CHECK(english.item("Yes").max.y < english.item("No").min.y);
    Frames arabic{draw, {.language = text::Language::ar}};
    CHECK(arabic.item("Yes").min.x > arabic.item("No").max.x);
    CHECK(arabic.item("Yes").max.x <= 1280);
}

TEST_CASE("a list of 50,000 is narrowed by typing and draws only what is seen",
          "[widgets][choices]") {
    std::vector<Choice> places;
    for (int index = 0; index < 50'000; ++index)
        places.push_back({"p" + std::to_string(index), "Place " + std::to_string(index)});
    places[31'415].label = "Évian-les-Bains";
    std::string value;
    DropDownUi list;
    Frames frames{[&] { drop_down("place", places, value, list, {.label = "Place"}); }};
    frames.click("Place");
    CHECK(frames.shows("Place 0"));
    CHECK(frames.items().size() < 60);
    frames.type("evian");
    CHECK(list.matches.size() == 1);
    SECTION("chosen by a click") {
        frames.click("Évian-les-Bains");
    }
    SECTION("chosen by Enter") {
        frames.key(ImGuiKey_Enter);
    }
    CHECK(value == "p31415");
    CHECK_FALSE(frames.shows("Search"));
}

TEST_CASE("letters lead through a short list, which has no field for them", "[widgets][choices]") {
    const std::vector<Choice> towns{
        {"a", "Arva"}, {"b", "Brod"}, {"c", "Budva"}, {"d", "Çorovoda"}};
    std::string value;
    DropDownUi list;
    Frames frames{[&] { drop_down("town", towns, value, list, {.label = "Town"}); }};
    frames.key(ImGuiKey_Tab);
    frames.key(ImGuiKey_Space);
    REQUIRE(frames.shows("Brod"));
    std::string wanted;
    SECTION("to the first that begins so") {
        frames.type("b");
        wanted = "b";
    }
    SECTION("letter by letter, whatever their case and marks") {
        frames.type("B");
        frames.type("u");
        wanted = "c";
    }
    SECTION("a letter that leads nowhere begins anew") {
        frames.type("brc");
        frames.type("c");
        wanted = "d";
    }
    frames.key(ImGuiKey_Enter);
    CHECK(value == wanted);
}

TEST_CASE("after a choice from a list Tab goes on from there", "[widgets][choices]") {
    std::vector<Choice> places;
    for (int index = 0; index < 20; ++index)
        places.push_back({"p" + std::to_string(index), "Place " + std::to_string(index)});
    std::string value, next;
    DropDownUi list;
    Frames frames{[&] {
        button("first", "First");
        begin_card("card");
        drop_down("place", places, value, list, {.label = "Place"});
        end_card();
        begin_card("after");
        choice_list("level", kLevels, next);
        end_card();
    }};
    SECTION("by typing and Enter") {
        frames.click("Place");
        frames.type("17");
        frames.key(ImGuiKey_Enter);
        CHECK(value == "p17");
    }
    SECTION("by a click") {
        frames.click("Place");
        frames.click("Place 3");
        CHECK(value == "p3");
    }
    SECTION("by keys alone") {
        frames.key(ImGuiKey_Tab);
        frames.key(ImGuiKey_Tab);
        frames.key(ImGuiKey_Space);
        frames.type("17");
        frames.key(ImGuiKey_Enter);
        CHECK(value == "p17");
    }
    frames.key(ImGuiKey_Tab);
    if (frames.item("Place").focused) frames.key(ImGuiKey_Tab);  // shown first, after a click
    frames.key(ImGuiKey_Space);
    CHECK(next == kLevels.front().value);
}

TEST_CASE("after a click on an answer Tab goes on from there, whatever had the keyboard",
          "[widgets][choices]") {
    std::string above;
    bool below = false;
    int pressed = 0;
    Frames frames{[&] {
        pressed += button("first", "First") ? 1 : 0;
        begin_card("above");
        choice_list("above", kLevels, above, {.layout = ChoiceLayout::list});
        end_card();
        begin_card("below");
        check_box("tick", "Below", below);
        end_card();
    }};
    for (int round = 0; round < 3; ++round) {
        frames.click("Below");
        frames.click(kLevels.back().label);
        frames.key(ImGuiKey_Tab);
        CHECK(frames.item("Below").focused);
        frames.click("Below");
        frames.click(kLevels.front().label);
        frames.key(ImGuiKey_Tab);
        CHECK(frames.item("Below").focused);
    }
    CHECK(pressed == 0);
}

TEST_CASE("a tab that stands alone begins where lines begin", "[widgets][arabic]") {
    const auto draw = [] { tab("person", "Mira", false); };
    Frames english{draw};
    CHECK(english.item("Mira").min.x < unit());
    Frames arabic{draw, {.language = text::Language::ar}};
    CHECK(arabic.item("Mira").max.x > 1280 - unit());
}

TEST_CASE("words of an icon are whole as soon as the pointer rests on it", "[widgets]") {
    const auto language = GENERATE(text::Language::en, text::Language::ar, text::Language::zh);
    Frames frames{[] { icon_button("open", Icon::clock, "Open the calendar of this month"); },
                  {.language = language}};
    const Item icon = frames.item("open");
    ImGui::GetIO().AddMousePosEvent(icon.min.x + 3, icon.min.y + 3);
    for (int frame = 0; frame < 3; ++frame) {
        frames.draw();
        CHECK(frames.overflows().empty());
    }
    const auto& items = frames.items();
    const auto words = std::ranges::find_if(
        items, [&](const Item& item) { return item.id != icon.id && item.label == icon.label; });
    REQUIRE(words != items.end());
    CHECK(words->min.y >= icon.max.y);
}

TEST_CASE("a page that scrolls has its bar where lines end", "[widgets][arabic]") {
    const auto language = GENERATE(text::Language::en, text::Language::ar);
    const bool mirror = language == text::Language::ar;
    Frames frames{[] {
                      begin_pane("page", {0, 0}, PaneLook::page);
                      for (int line = 0; line < 80; ++line)
                          button(std::to_string(line).c_str(), "Line " + std::to_string(line));
                      end_pane();
                  },
                  {.language = language}};
    REQUIRE(frames.shows("Line 0"));
    const float x = mirror ? 6 : 1274;
    frames.drag({x, 20}, {x, 700});
    CHECK_FALSE(frames.shows("Line 0"));
    CHECK(frames.shows("Line 79"));
}

TEST_CASE("a letter opens the list of a drop-down that has the keyboard", "[widgets][choices]") {
    std::vector<Choice> places;
    for (const char* name : {"Arva", "Brod", "Budva", "Cula", "Drim", "Elba", "Fier", "Gusinje"})
        places.push_back({name, name});
    const bool long_list = GENERATE(false, true);
    if (long_list) places.push_back({"Hani", "Hani"});
    std::string value;
    DropDownUi list;
    Frames frames{[&] { drop_down("place", places, value, list, {.label = "Place"}); }};
    frames.key(ImGuiKey_Tab);
    for (const char letter : std::string{"bud"}) {  // one in each frame: none is lost
        ImGui::GetIO().AddInputCharacter(static_cast<unsigned int>(letter));
        frames.draw();
    }
    frames.draw(2);
    CHECK(frames.shows("Budva"));
    CHECK(frames.shows("Brod") == !long_list);
    frames.key(ImGuiKey_Enter);
    CHECK(value == "Budva");
}

TEST_CASE("the list of a drop-down stays at its field while it is narrowed", "[widgets][choices]") {
    std::vector<Choice> places;
    for (int index = 0; index < 200; ++index)
        places.push_back({"p" + std::to_string(index), "Place " + std::to_string(index)});
    const float down = GENERATE(0.0f, 560.0f);
    std::string value;
    DropDownUi list;
    Frames frames{[&] {
                      ImGui::Dummy({1, down});
                      drop_down("place", places, value, list, {.label = "Place"});
                  },
                  {.height = 640}};
    frames.click("Place");
    frames.draw(3);
    const auto touches = [&] {
        const Item &field = frames.item("Place"), &search = frames.item("Search");
        if (down == 0) return search.min.y > field.max.y && search.min.y < field.max.y + 2 * unit();
        float last = 0;
        for (const Item& item : frames.items())
            if (item.visible && item.window.find("rows") != std::string::npos)
                last = std::max(last, item.min.y);
        return last < field.min.y && last > field.min.y - 4 * unit();
    };
    CHECK(touches());
    frames.type("178");
    frames.draw(3);
    CHECK(list.matches.size() == 1);
    CHECK(touches());
}

TEST_CASE("a drop-down says when nothing matches, and can be cleared", "[widgets][choices]") {
    std::vector<Choice> places;
    for (int index = 0; index < 20; ++index)
        places.push_back({"p" + std::to_string(index), "Place " + std::to_string(index)});
    std::string value = "p3";
    DropDownUi list;
    Frames frames{[&] { drop_down("place", places, value, list, {.label = "Place"}); }};
    frames.click("Place");
    frames.type("nowhere");
    CHECK(frames.shows("Nothing matches."));
    frames.click("Clear");
    CHECK(value.empty());
}

TEST_CASE("a button is pressed once, only when possible, and by the keyboard too", "[widgets]") {
    bool enabled = true;
    int pressed = 0;
    Frames frames{[&] { pressed += button("send", "Send", {.enabled = enabled}) ? 1 : 0; }};
    frames.click("send");
    CHECK(pressed == 1);
    frames.key(ImGuiKey_Tab);
    frames.key(ImGuiKey_Space);
    CHECK(pressed == 2);
    enabled = false;
    frames.draw();
    frames.click("Send");
    CHECK(pressed == 2);
}

TEST_CASE("a row of a table is mirrored and is one target", "[widgets][layout]") {
    bool opened = false;
    const auto draw = [&] {
        Table table{"rows", {{"Name", 2}, {"Count", 1, true}}};
        table.header();
        table.row();
        table.cell(0);
        if (table.row_button("row", "Hani")) opened = true;
        text_line("Hani words");
        table.cell(1);
        text_line("17", {.align = Align::end});
    };
    Frames english{draw};
    CHECK(english.item("Name").min.x < english.item("Count").min.x);
    english.click("Hani");
    CHECK(opened);
    Frames arabic{draw, {.language = text::Language::ar}};
    CHECK(arabic.item("Name").min.x > arabic.item("Count").min.x);
}

TEST_CASE("a button on its own stands where lines begin", "[widgets][layout]") {
    const auto draw = [] {
        button("save", "Save");
        Row row;
        row.next(unit() * 12);
        button("first", "First", {.width = unit() * 12});
        row.next(unit() * 12);
        button("second", "Second", {.width = unit() * 12});
    };
    Frames english{draw};
    const float left = english.item("Save").min.x;
    CHECK(english.item("First").min.x == left);
    Frames arabic{draw, {.language = text::Language::ar}};
    CHECK(arabic.item("Save").min.x > left);
    CHECK(arabic.item("Save").max.x == arabic.item("First").max.x);
    CHECK(arabic.item("Second").max.x < arabic.item("First").min.x);
}

TEST_CASE("a row gives each place its width and wraps where it must", "[widgets][layout]") {
    Frames frames{[&] {
        Row row{Row::Overflow::wrap};
        for (const char* id : {"a", "b", "c"}) {
            row.next(unit() * 10);
            button(id, id, {.width = unit() * 10});
            text_line("below");
        }
    }};
    CHECK(frames.item("a").min.y == frames.item("c").min.y);
    frames.resize(unit() * 22, 600);
    CHECK(frames.item("a").min.y == frames.item("b").min.y);
    CHECK(frames.item("c").min.y > frames.item("b").max.y + unit());
    CHECK(frames.item("c").min.x == frames.item("a").min.x);
}

TEST_CASE("a message is read, and goes when its cross is pressed", "[widgets]") {
    bool dismissed = false;
    Frames frames{[&] {
        if (message_strip("message", Tone::error, "The disk is full.", true)) dismissed = true;
    }};
    CHECK(frames.shows("The disk is full."));
    frames.click("Close");
    CHECK(dismissed);
}

TEST_CASE("every widget draws in every language, size, theme and width", "[widgets]") {
    for (const text::Language language : text::kLanguages) {
        INFO(text::tag_of(language));
        const test::GalleryTexts texts = test::gallery_texts(language);
        test::GalleryUi ui;
        Frames frames{[&] { test::draw_gallery(texts, ui); }, {.language = language}};
        CHECK(frames.shows(texts.send));
        frames.resize(360, 640);
        CHECK(frames.shows(texts.yes));
        for (const int percent : {80, 200}) {
            frames.look().percent = percent;
            frames.look().theme = Theme::contrast;
            use(frames.look());
            frames.draw(3);
            CHECK(frames.shows(texts.title));
        }
    }
}

}  // namespace bordereau::widgets
