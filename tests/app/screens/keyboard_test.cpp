// Everything can be reached by keys alone, in the order in which it stands.

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <map>
#include <set>

#include "app/screens/fill_screen.h"
#include "app/screens/first_run_screen.h"
#include "app/screens/frame.h"
#include "app/screens/home_screen.h"
#include "app/screens/shortcuts.h"
#include "app/widgets/label.h"
#include "tests/app/screens/gallery.h"
#include "tests/app/screens/stage.h"

namespace bordereau::test {

using namespace app;

namespace {

constexpr int kMostStops = 400;

std::string name_of(const widgets::Item& item) {
    return (item.label.empty() ? item.name : item.label) + " in " + item.window;
}

// Presses Tab until it comes round, and remembers what there was and where it stopped.
struct Walk {
    std::map<ImGuiID, std::string> targets;
    std::set<std::string> mouse_only;
    std::vector<widgets::Item> stops;
    std::set<ImGuiID> reached;

    explicit Walk(Stage& stage) {
        for (int press = 0; press < kMostStops; ++press) {
            stage->key(ImGuiKey_Tab);
            stage->draw(2);
            look(stage->items());
            const auto& items = stage->items();
            const auto here = std::ranges::find_if(items, &widgets::Item::focused);
            if (here == items.end()) continue;
            if (!stops.empty() && here->id == stops.front().id) return;
            stops.push_back(*here);
            reached.insert(here->id);
        }
    }

    void look(const std::vector<widgets::Item>& items) {
        for (const widgets::Item& item : items) {
            if (item.window.starts_with("Debug") || item.name.starts_with("#SCROLL")) continue;
            if (item.stop) targets.emplace(item.id, name_of(item));
            if (item.mouse_only && !item.name.empty()) mouse_only.insert(name_of(item));
        }
    }
};

}  // namespace

TEST_CASE("Tab alone reaches everything that can be pressed or filled in, on every screen",
          "[screens][keyboard]") {
    const auto [width, height] = GENERATE(std::pair{1024.0f, 600.0f}, std::pair{360.0f, 640.0f});
    for (const Exhibit& exhibit : gallery(Samples{text::Language::en})) {
        CAPTURE(exhibit.name, width);
        Stage stage(exhibit.draw, {.width = width, .height = height});
        const Walk walk{stage};
        CHECK(walk.targets.size() >= 2);
        CHECK(std::ranges::all_of(walk.stops, &widgets::Item::visible));
        CHECK(walk.mouse_only == std::set<std::string>{});
        for (const auto& [id, name] : walk.targets) {
            CAPTURE(name);
            CHECK(walk.reached.contains(id));
        }
    }
}

TEST_CASE("when a page is gone that had the keyboard, Tab goes on in the next one",
          "[screens][keyboard]") {
    FirstRunUi first_ui;
    HomeUi home_ui;
    const FirstRunView first = Samples{}.first_run();
    const HomeView home = Samples{}.home();
    bool made = false;
    Stage stage([&](const text::Words& words, Commands& out) {
        if (made)
            draw_home(home, home_ui, words, out);
        else
            draw_first_run(first, first_ui, words, out);
    });
    stage->type("amina");
    CHECK(first_ui.person == "amina");  // typing begins there, with nothing pressed before
    stage->key(ImGuiKey_Tab);
    made = true;
    stage->draw(3);
    stage->key(ImGuiKey_Tab);
    stage->draw(2);
    CHECK(std::ranges::any_of(stage->items(), &widgets::Item::focused));
}

namespace {

// Whether the second of two neighbours in a pane stands above the first, and not beside it further
// towards the end: the keyboard would jump back.
bool jumps_back(const widgets::Item& from, const widgets::Item& to, bool mirrored) {
    const bool above = to.max.y <= from.min.y + 1;
    const bool further = mirrored ? to.max.x <= from.min.x + 1 : to.min.x >= from.max.x - 1;
    const bool same_row = to.min.y < from.max.y - 1 && to.max.y > from.min.y + 1;
    return (above || same_row) && !further;
}

}  // namespace

TEST_CASE("Tab goes down a page and along its lines, the way it is read", "[screens][keyboard]") {
    const auto language = GENERATE(text::Language::en, text::Language::ar);
    const float width = GENERATE(1024.0f, 360.0f);
    for (const Exhibit& exhibit : gallery(Samples{language})) {
        Stage stage(exhibit.draw, {.width = width, .height = 9000, .language = language});
        const widgets::Item* before = nullptr;
        for (const widgets::Item& item : stage->items()) {
            if (!item.stop || item.window.starts_with("Debug")) continue;
            CAPTURE(exhibit.name, name_of(item), before ? name_of(*before) : "");
            if (before && before->window == item.window)
                CHECK_FALSE(jumps_back(*before, item, language == text::Language::ar));
            before = &item;
        }
    }
}

namespace {

struct Framed {
    FrameView view = Samples{}.frame(Place::home);
    FrameUi ui;
    FillView fill = Samples{}.fill();
    FillUi fill_ui;
    Stage stage{[this](const text::Words& words, Commands& out) {
        draw_frame(view, ui, words, out, [&] { draw_fill(fill, fill_ui, words, out); });
    }};

    void press(ImGuiKeyChord chord) {
        const auto key = static_cast<ImGuiKey>(chord & ~ImGuiMod_Mask_);
        const bool shifted = (chord & ImGuiMod_Shift) != 0 && (chord & ImGuiMod_Ctrl) != 0;
        if (shifted) ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, true);
        const int one = shifted ? chord & ~ImGuiMod_Shift : chord;
        stage->key(key, static_cast<ImGuiKey>(one & ImGuiMod_Mask_));
        if (shifted) ImGui::GetIO().AddKeyEvent(ImGuiMod_Shift, false);
        stage->draw(2);
    }
    ImGuiID focused() {
        for (const widgets::Item& item : stage->items())
            if (item.focused) return item.id;
        return 0;
    }
    void come_to_side_bar() {
        const auto is_there = [](const widgets::Item& item) {
            return item.focused && item.window.find("side") != std::string::npos;
        };
        for (int stop = 0; stop < kMostStops; ++stop) {
            if (std::ranges::any_of(stage->items(), is_there)) return;
            stage->key(ImGuiKey_Tab);
        }
    }
    template <class Asked>
    bool asks_for(ImGuiKeyChord chord) {
        const auto before = stage.asked_for<Asked>().size();
        press(chord);
        return stage.asked_for<Asked>().size() == before + 1;
    }

    // Whether a key does what the sheet says of it.
    bool does(Shortcut shortcut, ImGuiKeyChord chord) {
        switch (shortcut) {
            case Shortcut::sheet: press(chord); return ui.keys_open;
            case Shortcut::lock: return asks_for<Lock>(chord);
            case Shortcut::place: return chord != row_of(shortcut).chord || asks_for<GoTo>(chord);
            case Shortcut::stop_next:
            case Shortcut::stop_back:
            case Shortcut::move: {
                stage->key(ImGuiKey_Tab);
                stage->key(ImGuiKey_Tab);
                if (chord == ImGuiKey_LeftArrow) chord = ImGuiKey_DownArrow;  // in one column
                const ImGuiID before = focused();
                press(chord);
                return before != 0 && focused() != before;
            }
            case Shortcut::press: {
                come_to_side_bar();
                return asks_for<GoTo>(chord);
            }
            case Shortcut::close:
                ui.keys_open = true;
                press(chord);
                return !ui.keys_open;
            case Shortcut::undo: return asks_for<Undo>(chord);
            case Shortcut::redo: return asks_for<Redo>(chord);
            case Shortcut::section_next:
            case Shortcut::section_back: return asks_for<OpenSection>(chord);
            case Shortcut::page_next:
            case Shortcut::page_back:
                fill.one_page = true;
                fill.pages = 3;
                fill.page = 1;
                fill.questions.resize(1);
                stage->resize(1280, 1400);
                return asks_for<TurnPage>(chord);
            case Shortcut::note:
                stage->click("field");
                press(chord);
                return stage->shows("note_text");
            case Shortcut::confirm_copied:
            case Shortcut::copy_earlier:
            case Shortcut::rank_up:
            case Shortcut::rank_down: return true;  // beside_test presses them
            case Shortcut::paste_file:
            case Shortcut::folder_above: return true;  // files_test presses them
        }
        return false;
    }
};

}  // namespace

TEST_CASE("every key of the sheet does what the sheet says", "[screens][keyboard]") {
    for (const ShortcutRow& row : shortcut_rows())
        for (const ImGuiKeyChord chord : {row.chord, row.other}) {
            if (chord == 0) continue;
            Framed framed;
            CAPTURE(row.words, chord_words(chord));
            framed.fill.can_undo = framed.fill.can_redo = true;
            CHECK(framed.does(row.shortcut, chord));
        }
}

TEST_CASE("keys are called as they are labelled where the language is written",
          "[screens][keyboard]") {
    FrameView view = Samples{text::Language::fr}.frame(Place::home);
    FrameUi ui;
    Stage stage(
        [&](const text::Words& words, Commands& out) { draw_frame(view, ui, words, out, [] {}); },
        {.height = 1600, .language = text::Language::fr});
    stage->key(ImGuiKey_F1);
    CHECK(stage->shows("Espace, Entrée"));
    CHECK(stage->shows("Ctrl+Page suiv."));
    CHECK(stage->shows("Maj+Tab"));
}

TEST_CASE("F1 shows every key with its words, over any screen", "[screens][keyboard]") {
    const auto language = GENERATE(text::Language::en, text::Language::ar, text::Language::ru);
    for (const bool unlocked : {true, false}) {
        FrameView view = Samples{language}.frame(Place::home);
        view.unlocked = unlocked;
        FrameUi ui;
        Stage stage(
            [&](const text::Words& words, Commands& out) {
                draw_frame(view, ui, words, out, [] { widgets::text_line("body"); });
            },
            {.height = 1600, .language = language});
        CHECK(stage->shows("body"));
        stage->key(ImGuiKey_F1);
        CHECK_FALSE(stage->shows("body"));
        for (const ShortcutRow& row : shortcut_rows()) {
            CAPTURE(row.words);
            CHECK(stage->shows(stage->words()(row.words)));
            CHECK(stage->shows(keys_words(row)));
        }
        stage->click("close_sheet");
        CHECK(stage->shows("body"));
        CHECK(stage.asked().empty());
    }
}

TEST_CASE("when the sheet of keys is closed the keyboard is where it was, on every screen",
          "[screens][keyboard]") {
    const float width = GENERATE(1024.0f, 360.0f);
    const auto focused = [](Stage& stage) {
        const auto here = std::ranges::find_if(stage->items(), &widgets::Item::focused);
        return here == stage->items().end() ? std::string{} : name_of(*here);
    };
    int sheets = 0;
    for (const Exhibit& exhibit : gallery(Samples{text::Language::en})) {
        CAPTURE(exhibit.name, width);
        Stage stage(exhibit.draw, {.width = width, .height = 600});
        for (int i = 0; i < 4; ++i) {
            stage->key(ImGuiKey_Tab);
            stage->draw(2);
        }
        const std::string before = focused(stage);
        stage->key(ImGuiKey_F1);
        stage->draw(2);
        if (exhibit.name == "keys" || !stage->shows("close_sheet")) continue;  // not in a frame
        ++sheets;
        CHECK_FALSE(before.empty());
        stage->key(ImGuiKey_Escape);
        stage->draw(2);
        CHECK_FALSE(stage->shows("close_sheet"));
        CHECK(focused(stage) == before);
        CHECK(stage.asked().empty());
    }
    CHECK(sheets > 20);
}

TEST_CASE("in a narrow window the sheet of keys is in the menu", "[screens][keyboard][narrow]") {
    Framed framed;
    framed.stage->resize(360, 640);
    framed.stage->click("menu");
    framed.stage->draw(2);
    framed.stage->click("keys");
    framed.stage->draw(2);
    CHECK(framed.stage->shows("close_sheet"));
    framed.stage->key(ImGuiKey_Escape);
    framed.stage->draw(2);
    CHECK(framed.stage->shows("sections"));
}

}  // namespace bordereau::test
