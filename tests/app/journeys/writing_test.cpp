// Arabic and Chinese, written as people write them: with a keyboard's Arabic layout, and with an
// input method.
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <fstream>

#include "tests/support/desks.h"
#include "tests/support/endpoint_process.h"
#include "tests/support/real_window.h"

namespace bordereau::app {
namespace {

constexpr std::string_view kNotes = R"(
| survey |
| | type | name  | label           | appearance |
| | text | place | Which post?     |            |
| | text | notes | What was seen?  | multiline  |
| settings |
| | form_id | form_title | version |
| | notes   | Notes      | 1       |
)";

// A notebook with an audit in it, and its window where the first question is being answered.
struct Writing {
    test::TemporaryFolder folder;
    AuditId audit = begun();
    test::VirtualDisplay display;
    std::unique_ptr<test::Child> method;
    std::unique_ptr<test::RealWindow> window;

    explicit Writing(const std::string& input_method = "none", const std::string& way = "caret")
        : display(1024, 600, "us,ara") {
        if (input_method != "none") {
            method = std::make_unique<test::Child>(std::vector<std::string>{
                "/usr/bin/env", "DISPLAY=" + display.name(),
                BORDEREAU_BINARY_DIR "/tests/support/bordereau-test-pinyin", way});
            REQUIRE(method->line() == "ready");
        }
        window = std::make_unique<test::RealWindow>(
            display, test::RealWindowOptions{.notebook = folder.path() / "notebook",
                                             .environment = {"XMODIFIERS=@im=" + input_method}});
        window->click("who");
        window->type("amina");
        window->press("Tab");
        window->type(test::kPassphrase);
        window->press("Return");
        window->wait_for("row");
        window->click("row");
        window->wait_for("Which post?");
    }
    AuditId begun() const {
        const auto desk = test::new_desk(folder.path() / "notebook");
        std::ofstream{folder.path() / "notes.md"} << kNotes;
        REQUIRE(test::want(desk->forms().import(folder.path() / "notes.md")).form);
        return test::want(desk->start_audit(FormId{"notes"}, ""));
    }
    const test::Shown& field(std::string_view question) const {
        for (const test::Shown& item : window->items())
            if (item.label == question && item.id == "field") return item;
        FAIL("no field for " << question);
        std::abort();
    }
    void enter(std::string_view question) {
        const test::Shown& found = field(question);
        window->click_at((found.left + found.right) / 2, (found.top + found.bottom) / 2);
    }
    void wait_for_value(std::string_view question, const std::string& value) {
        window->wait_until(value, [&] { return field(question).value == value; });
    }
    void wait_for_composed(std::string_view question, const std::string& text) {
        window->wait_until("composed: " + text, [&] { return field(question).composed == text; });
    }
    /// Within the field, below its line: as the method was told when composing began first.
    void check_list_at_caret(std::string_view question) {
        int x = 0, y = 0;
        std::array<char, 16> letters{};
        REQUIRE(std::sscanf(method->line().c_str(), "%d %d %15s", &x, &y, letters.data()) == 3);
        const test::Shown& item = field(question);
        CHECK((x >= item.left && x <= item.right));
        CHECK((y > item.top && y <= item.bottom + 2));
    }
    /// What the notebook holds once the window was closed.
    std::string recorded(const char* path) {
        display.close_window();
        CHECK(window->wait_for_end() == 0);
        const auto desk = test::desk_as(folder.path() / "notebook", "amina");
        const auto filling = test::want(desk->read_audit(audit));
        return filling.session().value(filling.session().find(path));
    }
};

}  // namespace

TEST_CASE("an Arabic paragraph is typed, corrected in its middle, and kept as it was meant",
          "[journeys][arabic]") {
    Writing on;
    test::RealWindow& window = *on.window;
    const std::string_view question = "What was seen?";
    const auto value = [&] { return on.field(question).value; };
    on.enter(question);
    window.type("وصلت الدوريه إلى المعبر");
    CHECK(value() == "وصلت الدوريه إلى المعبر");

    // Right is back: two words, then over the blank, to the letter that is wrong.
    window.press("ctrl+Right");
    window.press("ctrl+Right");
    window.press("Right");
    window.press("BackSpace");
    window.type("ة الأولى");
    CHECK(value() == "وصلت الدورية الأولى إلى المعبر");

    window.press("End");
    window.type(" B2 الساعة 7.");
    CHECK(value() == "وصلت الدورية الأولى إلى المعبر B2 الساعة 7.");

    // The first word is cut out and put at the end.
    window.press("Home");
    window.press("ctrl+shift+Left");
    window.press("ctrl+x");
    CHECK(value() == "الدورية الأولى إلى المعبر B2 الساعة 7.");
    window.press("End");
    window.type("\n");
    window.press("ctrl+v");
    window.press("BackSpace");
    const std::string turned = "الدورية الأولى إلى المعبر B2 الساعة 7.\nوصلت";
    CHECK(value() == turned);

    // Up and Left go on; Delete takes the letter that follows.
    window.press("Up");
    window.press("Home");
    window.press("Left");
    window.press("Left");
    window.press("Delete");
    CHECK(value() == "الورية الأولى إلى المعبر B2 الساعة 7.\nوصلت");
    window.type("د");
    CHECK(value() == turned);
    CHECK(on.recorded("/data/notes") == turned);
}

TEST_CASE("Latin with a little Arabic in it keeps the arrows of Latin", "[journeys][arabic]") {
    Writing on;
    test::RealWindow& window = *on.window;
    const std::string_view question = "Which post?";
    on.enter(question);
    window.type("Post 7 معبر north");
    window.press("ctrl+Left");
    window.press("Left");
    window.press("BackSpace");
    CHECK(on.field(question).value == "Post 7 معب north");
    window.press("Home");
    window.press("Right");
    window.press("Delete");
    CHECK(on.field(question).value == "Pst 7 معب north");
}

TEST_CASE("Chinese is written with an input method, whose keys change nothing else",
          "[journeys][input_method]") {
    const std::string way = GENERATE("caret", "late");
    CAPTURE(way);
    Writing on{"bordereau_pinyin", way};
    test::RealWindow& window = *on.window;
    const std::string_view question = "Which post?";
    on.enter(question);
    window.press("ctrl+space");
    on.display.type("bianjing ");
    on.wait_for_value(question, "边境");

    // What is composed is corrected with Backspace, and the answer keeps its letters.
    on.display.type("nihax");
    on.display.press("BackSpace");
    on.display.type("o ");
    on.wait_for_value(question, "边境你好");
    on.display.press("BackSpace");
    on.wait_for_value(question, "边境你");
    on.display.press("Home");
    on.display.type("ren ");
    on.wait_for_value(question, "人边境你");

    on.check_list_at_caret(question);
    // Where nothing is edited keys are the program's.
    window.press("Tab");
    window.press("F1");
    window.wait_for("close_sheet");
    window.press("F1");
    CHECK(on.recorded("/data/place") == "人边境你");
}

TEST_CASE("what an input method composes stands in the field, and is its answer only once written",
          "[journeys][input_method]") {
    Writing on{"bordereau_pinyin", "spot"};
    const std::string_view question = "Which post?";
    on.enter(question);
    on.window->press("ctrl+space");
    on.display.type("bianjing ");
    on.wait_for_value(question, "边境");
    on.window->press("Home");
    on.display.type("niha");
    on.wait_for_composed(question, "niha");
    CHECK(on.field(question).value == "边境");
    on.display.type("o");
    on.wait_for_composed(question, "你好");
    CHECK(on.field(question).value == "边境");

    SECTION("it is handed over by the method") {
        on.display.type(" ");
        on.wait_for_value(question, "你好边境");
        CHECK(on.field(question).composed.empty());
        on.check_list_at_caret(question);
        CHECK(on.recorded("/data/place") == "你好边境");
    }
    SECTION("Escape drops it, and nothing else") {
        on.display.press("Escape");
        on.wait_for_composed(question, "");
        on.display.type("ren ");
        on.wait_for_value(question, "人边境");
        CHECK(on.recorded("/data/place") == "人边境");
    }
    SECTION("another question drops it") {
        on.enter("What was seen?");
        on.wait_for_composed(question, "");
        on.display.type("ren ");
        on.wait_for_value("What was seen?", "人");
        CHECK(on.field(question).value == "边境");
        CHECK(on.recorded("/data/notes") == "人");
    }
    SECTION("closing the window drops it") {
        CHECK(on.recorded("/data/place") == "边境");
    }
}

}  // namespace bordereau::app
