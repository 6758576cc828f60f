#include "app/client.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <fstream>

#include "tests/support/desks.h"
#include "tests/support/frames.h"

namespace bordereau::app {
namespace {

// The whole content of the window over a real notebook, without a window, with clocks that tests
// turn.
struct Sitting {
    test::TemporaryFolder folder;
    std::shared_ptr<Uptime> uptime = std::make_shared<Uptime>();
    std::shared_ptr<Millis> now = std::make_shared<Millis>(Millis{1'772'900'000'000});
    Stage stage{options()};
    std::unique_ptr<Client> client;
    double next_frame = -1;
    test::Frames frames{[this] {
                            if (client) client->draw();
                        },
                        {.height = 1200}};

    Sitting() {
        ask(CreateNotebook{"noor", std::string{test::kPassphrase}, "Crossing North"});
        REQUIRE(stage.desk() != nullptr);
        client = std::make_unique<Client>(stage, *frames.look().type, 1.0f,
                                          [this](double seconds) { next_frame = seconds; });
    }
    StageOptions options() const {
        StageOptions out;
        out.folder = folder.path() / "notebook";
        out.services = test::test_services();
        out.services.uptime = [up = uptime] { return *up; };
        out.services.clock = {[time = now] { return *time; }, [](Millis) { return 60; }};
        return out;
    }
    void ask(const Command& command) {
        stage.carry_out(command);
        stage.settle();
    }
    void pass(Millis time) {
        uptime->awake += time;
        uptime->all += time;
    }
    // The answer at "place" as it lies on the disk.
    std::string place(const AuditId& audit) {
        auto filling = test::want(stage.desk()->read_audit(audit));
        return filling.session().value(filling.session().find("/data/place"));
    }
};

}  // namespace

TEST_CASE("what is being typed is recorded before the notebook locks, and one is led back to it",
          "[client][lock]") {
    Sitting on;
    const AuditId audit = test::small_audit(*on.stage.desk(), on.folder.path());
    on.ask(OpenAudit{audit});
    on.frames.draw(3);
    on.frames.fill("field", "North gate");
    const bool slept = GENERATE(false, true);
    if (slept)
        on.uptime->all += 3'600'000;
    else
        on.pass(10 * 60'000);
    on.frames.draw(2);
    CHECK(on.stage.desk() == nullptr);
    CHECK(on.frames.shows("unlock"));
    CHECK_FALSE(on.frames.shows("field"));

    on.ask(Unlock{"noor", std::string{test::kPassphrase}});
    on.frames.draw(3);
    CHECK(on.place(audit) == "North gate");
    CHECK(on.frames.shows("field"));
}

TEST_CASE("the language of interface and form changes while a question is answered",
          "[client][language]") {
    Sitting on;
    std::ofstream{on.folder.path() / "two.md"}
        << "| survey |\n| | type | name | label::English (en) | label::French (fr) |\n"
           "| | text | place | Which post? | Quel poste ? |\n"
           "| | integer | staff | How many? | Combien ? |\n| settings |\n"
           "| | form_id | form_title | version |\n| | two | Two | 1 |\n";
    REQUIRE(test::want(on.stage.desk()->forms().import(on.folder.path() / "two.md")).form);
    const AuditId audit = test::want(on.stage.desk()->start_audit(FormId{"two"}, ""));
    on.ask(OpenAudit{audit});
    on.frames.draw(3);
    on.frames.fill("field", "North gate");
    on.frames.click("French (fr)");
    on.frames.draw(3);
    CHECK(on.frames.shows("Combien ?"));
    CHECK(on.place(audit) == "North gate");

    on.frames.fill("field", "South gate");
    on.frames.click("place.settings");
    on.frames.draw(3);
    on.frames.click(
        "Fran\xC3\xA7"
        "ais");
    on.frames.draw(3);
    CHECK(on.stage.words().language() == text::Language::fr);
    CHECK(on.place(audit) == "South gate");
    on.ask(OpenAudit{audit});
    on.frames.draw(3);
    CHECK(on.frames.shows("Quel poste ?"));

    // And back, by the name that the form gives to its language.
    on.ask(SetLanguage{"English (en)"});
    on.frames.draw(3);
    CHECK(on.frames.shows("How many?"));
}

TEST_CASE("Ctrl+Z after Escape in a field takes back what was typed, redo gives it again",
          "[client][undo]") {
    Sitting on;
    std::ofstream{on.folder.path() / "long.md"}
        << "| survey |\n| | type | name | label | appearance |\n"
           "| | text | place | Which post? | multiline |\n| settings |\n"
           "| | form_id | form_title | version |\n| | long | Long | 1 |\n";
    REQUIRE(test::want(on.stage.desk()->forms().import(on.folder.path() / "long.md")).form);
    const AuditId audit = test::want(on.stage.desk()->start_audit(FormId{"long"}, ""));
    on.ask(OpenAudit{audit});
    on.frames.draw(3);
    const auto undo = [&](ImGuiKey key) {
        on.frames.key(key, ImGuiMod_Ctrl);
        on.frames.draw(3);
    };
    const auto shown = [&] { return on.frames.item("field").value; };
    on.frames.fill("field", "North gate");
    on.frames.key(ImGuiKey_Tab);
    on.frames.draw(2);
    on.frames.click("field");
    on.frames.key(ImGuiKey_End);
    on.frames.type(" and its hall");
    on.frames.key(ImGuiKey_Escape);
    on.frames.draw(3);
    CHECK(shown() == "North gate and its hall");
    CHECK(on.place(audit) == "North gate and its hall");

    undo(ImGuiKey_Z);
    CHECK(shown() == "North gate");
    CHECK(on.place(audit) == "North gate");
    undo(ImGuiKey_Y);
    CHECK(shown() == "North gate and its hall");
    undo(ImGuiKey_Z);
    undo(ImGuiKey_Z);
    CHECK(shown().empty());
    CHECK(on.place(audit).empty());
}

TEST_CASE("what is typed is recorded when the sheet of keys is opened, and typing goes on after it",
          "[client][keys]") {
    Sitting on;
    const AuditId audit = test::small_audit(*on.stage.desk(), on.folder.path());
    on.ask(OpenAudit{audit});
    on.frames.draw(3);
    on.frames.fill("field", "North gate");
    for (int i = 0; i < 5; ++i) on.frames.key(ImGuiKey_LeftArrow);
    on.frames.key(ImGuiKey_F1);
    on.frames.draw(2);
    CHECK(on.frames.shows("close_sheet"));
    CHECK(on.place(audit) == "North gate");

    SECTION("closed by a key") {
        on.frames.key(ImGuiKey_Escape);
    }
    SECTION("closed by its button") {
        on.frames.click("close_sheet");
    }
    on.frames.draw(3);
    on.frames.type("ern");
    CHECK(on.frames.item("field").value == "Northern gate");
    on.frames.key(ImGuiKey_Tab);
    on.frames.draw(3);
    CHECK(on.place(audit) == "Northern gate");
}

TEST_CASE("input keeps the notebook open, and without it one timeout is armed and no more",
          "[client][lock]") {
    Sitting on;
    on.frames.draw(3);
    for (int i = 0; i < 5; ++i) {
        on.pass(6 * 60'000);
        on.frames.click_at(900, 700);
        REQUIRE(on.stage.desk() != nullptr);
    }
    on.next_frame = -1;
    on.frames.draw();
    CHECK(on.next_frame > 599);
    CHECK(on.next_frame < 601);
}

TEST_CASE("a window out of sight is locked in time too", "[client][lock]") {
    Sitting on;
    on.frames.draw(3);
    on.pass(10 * 60'000);
    on.client->watch();  // no frame is drawn
    CHECK(on.stage.desk() == nullptr);
}

TEST_CASE("text without spaces is recorded at each commit of an input method", "[client][typing]") {
    Sitting on;
    const AuditId audit = test::small_audit(*on.stage.desk(), on.folder.path());
    on.ask(OpenAudit{audit});
    on.frames.draw(3);
    on.frames.fill("field", "x");
    on.frames.type("\xE6\x9C\xAC");
    on.frames.draw(2);
    CHECK(on.place(audit) == "x\xE6\x9C\xAC");
}

TEST_CASE("who types on without a space or a pause has all but the last second recorded",
          "[client][typing]") {
    Sitting on;
    const AuditId audit = test::small_audit(*on.stage.desk(), on.folder.path());
    on.ask(OpenAudit{audit});
    on.frames.draw(3);
    on.frames.fill("field", "x");
    for (int letter = 0; letter < 10; ++letter) {
        *on.now += 150;
        on.frames.type("y");
    }
    CHECK(on.place(audit).starts_with("xyyyy"));
}

TEST_CASE("what cannot be recorded keeps the notebook open rather than lose it", "[client][lock]") {
    Sitting on;
    const AuditId audit = test::small_audit(*on.stage.desk(), on.folder.path());
    on.ask(OpenAudit{audit});
    on.frames.draw(3);
    auto& disk = on.stage.desk()->notebook().database();
    on.frames.fill("field", std::string(6000, 'x'));
    test::want(disk.run("PRAGMA max_page_count = 1"));
    on.pass(10 * 60'000);
    on.frames.draw(2);
    REQUIRE(on.stage.desk() != nullptr);
    CHECK_FALSE(on.stage.saved());
    test::want(disk.run("PRAGMA max_page_count = 1000000"));
    on.frames.draw(2);
    CHECK(on.stage.desk() == nullptr);
    on.ask(Unlock{"noor", std::string{test::kPassphrase}});
    CHECK(on.place(audit) == std::string(6000, 'x'));
}

TEST_CASE(
    "Escape where nothing is typed leaves the keyboard where it is, and Tab goes on from there",
    "[client][keys]") {
    Sitting on;
    const AuditId audit = test::small_audit(*on.stage.desk(), on.folder.path());
    on.ask(OpenAudit{audit});
    on.frames.draw(3);
    const auto keyboard = [&] {
        for (const widgets::Item& item : on.frames.items())
            if (item.focused) return item.label.empty() ? item.name : item.label;
        return std::string{};
    };
    const auto tab = [&] {
        on.frames.key(ImGuiKey_Tab);
        on.frames.draw(2);
    };
    const Place place = GENERATE(Place::fill, Place::settings, Place::home);
    if (place != Place::fill) on.ask(GoTo{place});
    on.frames.draw(3);
    for (int stops = 0; stops < 3; ++stops) tab();
    const std::string before = keyboard();
    REQUIRE_FALSE(before.empty());
    on.frames.key(ImGuiKey_Escape);
    on.frames.draw(2);
    CHECK(keyboard() == before);
    tab();
    const std::string next = keyboard();
    CHECK_FALSE(next.empty());
    CHECK(next != before);
}

TEST_CASE("space answers the first question of an entry that was just added", "[client][keys]") {
    Sitting on;
    std::ofstream{on.folder.path() / "found.md"}
        << "| survey |\n| | type | name | label | appearance |\n"
           "| | begin_repeat | item | Finding | |\n| | select_one kinds | kind | Which kind? | |\n"
           "| | text | what | What is it? | multiline |\n"
           "| | text | why | Why is it so? | multiline |\n"
           "| | text | who | Who can change it? | multiline |\n| | end_repeat | | | |\n"
           "| choices |\n| | list_name | name | label |\n"
           "| | kinds | gap | Gap |\n| | kinds | good | Good practice |\n| settings |\n"
           "| | form_id | form_title | version |\n| | found | Found | 1 |\n";
    REQUIRE(test::want(on.stage.desk()->forms().import(on.folder.path() / "found.md")).form);
    const AuditId audit = test::want(on.stage.desk()->start_audit(FormId{"found"}, ""));
    on.ask(OpenAudit{audit});
    on.frames.draw(3);
    const auto keyboard = [&] {
        for (const widgets::Item& item : on.frames.items())
            if (item.focused) return item.label.empty() ? item.name : item.label;
        return std::string{};
    };
    const auto at_add = [&] { return keyboard().starts_with("Add an entry"); };
    // Where the button is still drawn when its entry is, and where it is out of sight by then.
    on.frames.resize(1280, GENERATE(600.0f, 800.0f, 1200.0f));
    for (int entry = 2; entry <= 4; ++entry) {
        CAPTURE(entry);
        for (int stops = 0; stops < 100 && !at_add(); ++stops) {
            on.frames.key(ImGuiKey_Tab);
            on.frames.draw(2);
        }
        REQUIRE(at_add());
        on.frames.key(ImGuiKey_Space);
        on.frames.draw(8);
        CHECK(keyboard() == "Gap");
        on.frames.key(ImGuiKey_Space);
        on.frames.draw(3);
        const form::Session& session = on.stage.filling()->session();
        CHECK(session.value(session.find("/data/item[" + std::to_string(entry) + "]/kind")) ==
              "gap");
    }
}

}  // namespace bordereau::app
