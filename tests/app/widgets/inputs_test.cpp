#include "app/widgets/inputs.h"

#include <imgui_internal.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "tests/support/frames.h"

namespace bordereau::widgets {

using test::Frames;

TEST_CASE("typed text arrives with every key, and leaving the field finishes it", "[widgets]") {
    std::string name, other;
    int finished = 0;
    Frames frames{[&] {
        finished += input_text("name", name, {.label = "Name"}).finished ? 1 : 0;
        input_text("other", other, {.label = "Other"});
    }};
    frames.click("Name");
    frames.type("Zoë 中");
    CHECK(name == "Zoë 中");
    CHECK(finished == 0);
    frames.key(ImGuiKey_Backspace);
    CHECK(name == "Zoë ");
    frames.click("Other");
    CHECK(finished == 1);
}

TEST_CASE("Enter ends the editing and begins it anew, so that what is typed next is not lost",
          "[widgets]") {
    std::string name;
    int finished = 0, entered = 0;
    Frames frames{[&] {
        const Edit edit = input_text("name", name, {.label = "Name"});
        finished += edit.finished ? 1 : 0;
        entered += edit.entered ? 1 : 0;
    }};
    frames.click("Name");
    frames.type("Zoe");
    frames.key(ImGuiKey_Enter);
    CHECK(finished == 1);
    CHECK(entered == 1);
    frames.type("Ida");
    CHECK(name == "ZoeIda");
    frames.key(ImGuiKey_A, ImGuiMod_Ctrl);
    frames.type("Ida");
    CHECK(name == "Ida");
    frames.key(ImGuiKey_Enter);
    CHECK(finished == 2);
}

TEST_CASE("a calendar opens at the day that the field holds, or today", "[widgets]") {
    std::string value = GENERATE(std::string{}, std::string{"2026-03-09"});
    const std::string day = value.empty() ? "2026-11-26" : value;
    CalendarUi calendar;
    Frames frames{[&] { input_date("day", value, {2026, 11, 26}, calendar, {.label = "Day"}); }};
    frames.click("open");
    frames.draw(3);
    CHECK(frames.item(day).focused);
    frames.key(ImGuiKey_RightArrow);
    frames.key(ImGuiKey_Space);
    CHECK(value == (day == "2026-11-26" ? "2026-11-27" : "2026-03-10"));
}

TEST_CASE("Page Up and Page Down turn the months of a calendar, with Ctrl the years",
          "[widgets][keyboard]") {
    std::string value = "2026-01-31";
    CalendarUi calendar;
    Frames frames{[&] { input_date("day", value, {2026, 11, 26}, calendar, {.label = "Day"}); }};
    frames.click("open");
    frames.draw(3);
    frames.key(ImGuiKey_PageDown);
    frames.draw(3);
    CHECK(frames.item("2026-02-28").focused);
    frames.key(ImGuiKey_PageDown, ImGuiMod_Ctrl);
    frames.draw(3);
    CHECK(frames.item("2027-02-28").focused);
    frames.key(ImGuiKey_PageUp);
    frames.key(ImGuiKey_PageUp);
    frames.draw(3);
    CHECK(frames.item("2026-12-31").focused);
    frames.key(ImGuiKey_Space);
    CHECK(value == "2026-12-31");
}

TEST_CASE("a letter is in the very next frame, and what a field holds is told", "[widgets]") {
    std::string name = "Zo";
    SecretText secret;
    Frames frames{[&] {
        input_text("name", name, {.label = "Name"});
        input_secret("secret", secret, {.label = "Secret"});
    }};
    frames.click("Name");
    frames.key(ImGuiKey_End);
    ImGui::GetIO().AddInputCharacter(0xEB);
    frames.draw();
    CHECK(name == "Zoë");
    CHECK(frames.item("Name").value == "Zoë");
    frames.fill("Secret", "heron");
    CHECK(frames.item("Secret").value.empty());
}

TEST_CASE("what is composed is seen in the place of the selection, and is not in the value",
          "[widgets][input_method]") {
    std::string name = "one two", other = "three";
    SecretText secret;
    text::Composed composed;
    Frames frames{[&] {
        input_text("name", name, {.label = "Name"});
        input_text("other", other, {.label = "Other"});
        input_secret("secret", secret, {.label = "Secret"});
    }};
    frames.look().composed = &composed;
    const auto caret_x = [] { return ImGui::GetCurrentContext()->PlatformImeData.InputPos.x; };
    frames.click("Name");
    frames.key(ImGuiKey_Home);
    for (int letter = 0; letter < 4; ++letter) frames.key(ImGuiKey_RightArrow, ImGuiMod_Shift);
    composed = {"你好", 3, 0, 3};
    frames.draw();
    CHECK(name == "one two");
    CHECK(frames.item("Name").value == "one two");
    CHECK(frames.item("Name").composed == "你好");
    CHECK(frames.item("Other").composed.empty());
    const float within = caret_x();
    composed.caret = 6;
    frames.draw();
    CHECK(caret_x() > within + unit() * 0.5f);
    // As the method hands it over.
    composed = {};
    frames.type("你好");
    CHECK(name == "你好two");
    CHECK(frames.item("Name").composed.empty());

    frames.click("Secret");
    composed = {"heron", 5};
    frames.draw();
    CHECK(frames.item("Secret").composed.empty());
    CHECK(frames.item("Name").composed.empty());
}

TEST_CASE("a click behind what is composed means the letter that is seen there",
          "[widgets][input_method]") {
    std::string text = "abc";
    text::Composed composed;
    Frames frames{[&] { input_text("text", text, {.label = "Text"}); }};
    frames.look().composed = &composed;
    frames.click("Text");
    frames.key(ImGuiKey_Home);
    composed = {"你好你好", 0};
    frames.draw();
    const widgets::Item field = frames.item("Text");
    const float middle = (field.min.y + field.max.y) / 2;
    frames.click_at(field.max.x - 2, middle);
    composed = {};
    frames.type("d");
    CHECK(text == "abcd");
    frames.key(ImGuiKey_End);
    composed = {"你好你好", 0};
    frames.draw();
    frames.click_at(field.min.x + 2, middle);
    composed = {};
    frames.type("x");
    CHECK(text == "xabcd");
}

TEST_CASE("in an Arabic field the caret follows the arrow that is seen", "[widgets][arabic]") {
    std::string text;
    Frames frames{[&] { input_text("text", text, {.label = "Text"}); }};
    frames.click("Text");
    frames.type("سلم");
    frames.key(ImGuiKey_RightArrow);  // towards the beginning, which is at the right
    frames.type("ا");
    CHECK(text == "سلام");
    frames.key(ImGuiKey_Home);
    frames.type("ال");
    CHECK(text == "السلام");
    frames.key(ImGuiKey_LeftArrow, ImGuiMod_Shift);  // selects the next letter
    frames.type("ش");
    CHECK(text == "الشلام");
}

TEST_CASE("a click puts the caret where it is seen", "[widgets][arabic]") {
    std::string text = "سلام";
    Frames frames{[&] { input_text("text", text, {.label = "Text"}); }};
    const widgets::Item field = frames.item("Text");
    frames.click_at(field.max.x - 2, (field.min.y + field.max.y) / 2);
    frames.type("ا");
    CHECK(text == "اسلام");
    frames.click_at(field.min.x + 5, (field.min.y + field.max.y) / 2);
    frames.type("ب");
    CHECK(text == "اسلامب");
}

TEST_CASE("a drag selects what it passes over", "[widgets]") {
    std::string text = "abcdef";
    Frames frames{[&] { input_text("text", text, {.label = "Text"}); }};
    const widgets::Item field = frames.item("Text");
    const float y = (field.min.y + field.max.y) / 2;
    frames.drag({field.max.x - 5, y}, {field.min.x + 5, y});
    frames.type("x");
    CHECK(text == "x");
}

TEST_CASE("a double click selects a word", "[widgets]") {
    std::string text = "one two three";
    Frames frames{[&] { input_text("text", text, {.label = "Text", .width = unit() * 4}); }};
    const widgets::Item field = frames.item("Text");
    const ImVec2 inside{field.min.x + unit() * 0.8f, (field.min.y + field.max.y) / 2};
    frames.click_at(inside.x, inside.y);
    frames.click_at(inside.x, inside.y);
    frames.type("1");
    CHECK(text == "1 two three");
}

TEST_CASE("a paragraph takes line feeds and moves by the lines that are seen", "[widgets]") {
    std::string note = "one two three four five six seven";
    Frames frames{[&] { input_paragraph("note", note, {.label = "Note", .width = unit() * 8}); }};
    frames.click("Note");
    frames.key(ImGuiKey_Home, ImGuiMod_Ctrl);
    frames.key(ImGuiKey_DownArrow);
    frames.key(ImGuiKey_Home);
    frames.key(ImGuiKey_Enter);
    const std::size_t feed = note.find('\n');
    REQUIRE(feed != std::string::npos);
    CHECK(feed > 5);
    CHECK(note[feed - 1] == ' ');
    frames.key(ImGuiKey_UpArrow);
    frames.key(ImGuiKey_UpArrow);
    frames.key(ImGuiKey_UpArrow);
    frames.type(">");
    CHECK(note.starts_with(">"));
}

TEST_CASE("an Arabic paragraph is corrected in its middle", "[widgets][arabic]") {
    std::string note;
    Frames frames{[&] { input_paragraph("note", note, {.label = "Note"}); }};
    frames.click("Note");
    frames.type("لا توجد اجراءات مكتوبة");
    for (int step = 0; step < 7; ++step) frames.key(ImGuiKey_RightArrow);
    frames.key(ImGuiKey_Enter);
    frames.type("12 ");
    CHECK(note == "لا توجد اجراءات\n12  مكتوبة");
}

TEST_CASE("arrows follow the paragraph that the caret stands in", "[widgets][arabic]") {
    std::string note;
    Frames frames{[&] { input_paragraph("note", note, {.label = "Note"}); }};
    SECTION("Latin after Arabic") {
        note = "سلام\nabcd";
        frames.draw();
        frames.click("Note");
        frames.key(ImGuiKey_End, ImGuiMod_Ctrl);
        frames.key(ImGuiKey_LeftArrow);
        frames.type("x");
        CHECK(note == "سلام\nabcxd");
    }
    SECTION("Arabic after Latin") {
        note = "abcd\nسلام";
        frames.draw();
        frames.click("Note");
        frames.key(ImGuiKey_End, ImGuiMod_Ctrl);
        frames.key(ImGuiKey_RightArrow);
        frames.type("ا");
        CHECK(note == "abcd\nسلاام");
    }
}

TEST_CASE("Tab leads on from a field that was clicked while another was edited", "[widgets]") {
    std::string first, second, third;
    Frames frames{[&] {
        input_text("first", first, {.label = "First"});
        input_text("second", second, {.label = "Second"});
        input_text("third", third, {.label = "Third"});
    }};
    SECTION("from one further down to one further up") {
        frames.click("Third");
        frames.click("First");
    }
    SECTION("from one further up") {
        frames.click("Second");
        frames.type("x");
        frames.click("First");
    }
    frames.type("5");
    frames.key(ImGuiKey_Tab);
    frames.key(ImGuiKey_End);
    frames.type("6");
    CHECK(first == "5");
    CHECK(second.ends_with("6"));
}

TEST_CASE("Escape leaves a field and keeps what was typed", "[widgets]") {
    std::string name = "At the gate";
    SecretText secret;
    int finished = 0;
    Frames frames{[&] {
        finished += input_text("name", name, {.label = "Name"}).finished ? 1 : 0;
        finished += input_secret("secret", secret, {.label = "Secret"}).finished ? 1 : 0;
    }};
    frames.click("Name");
    frames.key(ImGuiKey_End);
    frames.type("way");
    frames.key(ImGuiKey_Escape);
    CHECK(name == "At the gateway");
    CHECK(finished == 1);
    frames.type("s");
    CHECK(name == "At the gateway");
    frames.fill("Secret", "heron");
    frames.key(ImGuiKey_Escape);
    CHECK(secret.view() == "heron");
    CHECK(finished == 2);
}

namespace {

// Each letter in a frame of its own, as keys are pressed.
void press_letters(Frames& frames, std::u32string_view letters) {
    for (const char32_t letter : letters) {
        ImGui::GetIO().AddInputCharacter(static_cast<unsigned>(letter));
        frames.draw();
    }
}

}  // namespace

TEST_CASE("undo within a field takes back a word at a time, and redo gives it again", "[widgets]") {
    std::string note;
    Frames frames{[&] { input_text("note", note, {.label = "Note"}); }};
    frames.click("Note");
    SECTION("words with spaces between them") {
        press_letters(frames, U"هذا heron  3");
        frames.key(ImGuiKey_Z, ImGuiMod_Ctrl);
        CHECK(note == "هذا heron  ");
        frames.key(ImGuiKey_Z, ImGuiMod_Ctrl);
        CHECK(note == "هذا ");
        frames.key(ImGuiKey_Y, ImGuiMod_Ctrl);
        CHECK(note == "هذا heron  ");
        frames.key(ImGuiKey_Z, ImGuiMod_Ctrl);
        frames.key(ImGuiKey_Z, ImGuiMod_Ctrl);
        CHECK(note.empty());
    }
    SECTION("Chinese by what was written at a time") {
        frames.type("边境");
        frames.type("你好");
        frames.key(ImGuiKey_Z, ImGuiMod_Ctrl);
        CHECK(note == "边境");
        frames.key(ImGuiKey_Z, ImGuiMod_Ctrl);
        CHECK(note.empty());
    }
    SECTION("letters at another place are not of the same word") {
        press_letters(frames, U"one");
        frames.key(ImGuiKey_Home);
        press_letters(frames, U"st");
        frames.key(ImGuiKey_Z, ImGuiMod_Ctrl);
        CHECK(note == "one");
    }
    SECTION("what a word took the place of comes back after it") {
        press_letters(frames, U"one");
        frames.key(ImGuiKey_A, ImGuiMod_Ctrl);
        press_letters(frames, U"two");
        frames.key(ImGuiKey_Z, ImGuiMod_Ctrl);
        frames.key(ImGuiKey_Z, ImGuiMod_Ctrl);
        CHECK(note == "one");
    }
}

TEST_CASE("a jump by a word passes over a whole number", "[widgets]") {
    std::string note = "from 2.0 km";
    Frames frames{[&] { input_text("note", note, {.label = "Note"}); }};
    frames.click("Note");
    frames.key(ImGuiKey_Home);
    frames.key(ImGuiKey_RightArrow, ImGuiMod_Ctrl);
    frames.key(ImGuiKey_RightArrow, ImGuiMod_Ctrl);
    frames.type("<");
    CHECK(note == "from 2.0 <km");
    frames.key(ImGuiKey_Home);
    frames.key(ImGuiKey_End);
    frames.key(ImGuiKey_LeftArrow, ImGuiMod_Ctrl);
    frames.key(ImGuiKey_LeftArrow, ImGuiMod_Ctrl);
    frames.type(">");
    CHECK(note == "from >2.0 <km");
}

TEST_CASE("a jump by a word goes the way of its arrow in Arabic", "[widgets][arabic]") {
    std::string note = "لا توجد اجراءات";
    Frames frames{[&] { input_text("note", note, {.label = "Note"}); }};
    frames.click("Note");
    frames.key(ImGuiKey_Home);
    frames.key(ImGuiKey_LeftArrow, ImGuiMod_Ctrl);
    frames.type("1");
    CHECK(note == "لا 1توجد اجراءات");
}

TEST_CASE("the page follows the caret of a text that grows", "[widgets][keyboard]") {
    std::string note;
    Frames frames{[&] {
                      begin_pane("page", {0, 0}, PaneLook::page);
                      gap(12);
                      input_paragraph("note", note, {.label = "Note"}, 2);
                      gap(20);
                      end_pane();
                  },
                  {.width = 400, .height = 300}};
    frames.click("Note");
    for (int line = 0; line < 12; ++line) {
        frames.type("line");
        frames.key(ImGuiKey_Enter);
    }
    frames.draw(4);
    CHECK(frames.item("Note").max.y <= 300 + unit());
    frames.key(ImGuiKey_Home, ImGuiMod_Ctrl);
    frames.draw(4);
    CHECK(frames.item("Note").min.y >= -unit());
    CHECK(frames.item("Note").min.y < 250);
}

TEST_CASE("a number takes the digits of any script and nothing else", "[widgets]") {
    std::string count, share;
    Frames frames{[&] {
        input_number("count", count, {.label = "Count"});
        input_number("share", share, {.label = "Share", .unit = "%"});
    }};
    frames.fill("Count", "١٢a");
    CHECK(count == "12");
    frames.fill("Count", "2,5");
    CHECK(count == "2.5");  // and not 25
    frames.fill("Share", "-٤,5kg");
    CHECK(share == "-4.5");
}

TEST_CASE("a value that is no number is shown as it is and can be mended", "[widgets]") {
    std::string count = "about 12";
    Frames frames{[&] { input_number("count", count, {.label = "Count"}); }};
    CHECK(count == "about 12");
    frames.fill("Count", "12");
    CHECK(count == "12");
}

TEST_CASE("a date is typed or picked, and said in words", "[widgets][date]") {
    std::string date;
    CalendarUi calendar;
    Frames frames{[&] { input_date("date", date, {2026, 3, 9}, calendar, {.label = "Date"}); }};
    SECTION("typed, with other separators") {
        frames.fill("Date", "٠٧.03.2026");
        CHECK(date == "07.03.2026");
        CHECK(frames.shows("7 March 2026"));
        frames.key(ImGuiKey_Enter);
        CHECK(date == "2026-03-07");
    }
    SECTION("kept as typed while it is no date") {
        frames.fill("Date", "2026-02-30");
        CHECK(date == "2026-02-30");
        CHECK_FALSE(frames.shows("30 February 2026"));
    }
    SECTION("picked from the month of today") {
        frames.click("Open the calendar");
        frames.click("2026-03-17");
        CHECK(date == "2026-03-17");
        CHECK_FALSE(frames.shows("2026-03-17"));
    }
    SECTION("picked from another year") {
        frames.click("Open the calendar");
        for (int month = 0; month < 3; ++month) frames.click("Previous month");
        CHECK(frames.shows("December 2025"));
        frames.click("2025-12-31");
        CHECK(date == "2025-12-31");
    }
    SECTION("cleared") {
        date = "2026-03-01";
        frames.draw();
        frames.click("Open the calendar");
        frames.click("Clear");
        CHECK(date.empty());
    }
}

TEST_CASE("a passphrase is typed but not shown", "[widgets]") {
    SecretText passphrase;
    Frames frames{[&] { input_secret("pass", passphrase, {.label = "Passphrase"}); }};
    frames.click("Passphrase");
    frames.type("пароль");
    frames.key(ImGuiKey_LeftArrow);
    frames.key(ImGuiKey_Backspace);
    CHECK(passphrase.view() == "пароь");
}

TEST_CASE("a field that is switched off takes nothing", "[widgets]") {
    std::string name = "kept";
    Frames frames{[&] { input_text("name", name, {.label = "Name", .enabled = false}); }};
    CHECK_FALSE(frames.enabled("Name"));
    frames.click("Name");
    frames.type("x");
    CHECK(name == "kept");
}

TEST_CASE("a search is cleared by its cross", "[widgets]") {
    std::string search;
    Frames frames{[&] { input_search("search", search, {.label = "Search"}); }};
    CHECK_FALSE(frames.shows("Clear"));
    frames.fill("Search", "Hani");
    CHECK(search == "Hani");
    frames.click("Clear");
    CHECK(search.empty());
}

}  // namespace bordereau::widgets
