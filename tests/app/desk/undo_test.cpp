#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <fstream>

#include "app/desk/deeds.h"
#include "app/desk/filling.h"
#include "storage/answers.h"
#include "tests/support/desks.h"

namespace bordereau::app {
namespace {

using test::want;

struct Undoing {
    test::TemporaryFolder folder;
    std::unique_ptr<Desk> desk = test::new_desk(folder.path() / "notebook");
    AuditId audit = test::small_audit(*desk, folder.path());
    Filling filling = want(desk->open_audit(audit));

    const form::Session& session() const { return filling.session(); }
    void answer(std::string_view path, std::string_view text) {
        want(filling.answer(session().find(path), text));
    }
    std::string value(std::string_view path) const { return session().value(session().find(path)); }
    form::NodeId add_room() {
        return want(filling.add_repeat(session().find_key_path("/data/room")));
    }
};

}  // namespace

TEST_CASE("answers are taken back latest first, and given again", "[desk][undo]") {
    Undoing on;
    CHECK_FALSE(on.filling.can_undo());
    on.answer("/data/place", "North gate");
    on.answer("/data/staff", "14");
    on.answer("/data/staff", "3");
    REQUIRE(on.filling.can_undo());

    CHECK(want(on.filling.undo()) == "/data/staff");
    CHECK(on.value("/data/staff") == "14");
    CHECK(want(on.filling.undo()) == "/data/staff");
    CHECK(on.value("/data/staff").empty());
    CHECK(want(on.filling.undo()) == "/data/place");
    CHECK(on.value("/data/place").empty());
    CHECK_FALSE(on.filling.can_undo());
    CHECK(test::code_of(on.filling.undo()) == ErrorCode::not_found);

    CHECK(want(on.filling.redo()) == "/data/place");
    CHECK(on.value("/data/place") == "North gate");
    want(on.filling.redo());
    want(on.filling.redo());
    CHECK(on.value("/data/staff") == "3");
    CHECK_FALSE(on.filling.can_redo());
}

TEST_CASE("what was done before an audit was left can be taken back when it is opened again",
          "[desk][undo]") {
    Undoing on;
    on.answer("/data/place", "North gate");
    const form::NodeId room = on.add_room();
    on.answer("/data/staff", "14");
    want(on.filling.remove_repeat(room));
    on.answer("/data/staff", "15");
    want(on.filling.undo());
    const Deeds left = on.filling.deeds();
    Filling again = want(on.desk->open_audit(on.audit));
    const auto staff = [&] { return again.session().value(again.session().find("/data/staff")); };
    REQUIRE_FALSE(again.can_undo());

    SECTION("where the audit stands as it was left") {
        again.take_up(left);
        want(again.redo());
        CHECK(staff() == "15");
        for (int step = 0; step < 3; ++step) want(again.undo());
        CHECK(staff().empty());
    }
    SECTION("and not where it stands otherwise by now") {
        want(again.answer(again.session().find("/data/staff"), "20"));
        Filling later = want(on.desk->open_audit(on.audit));
        later.take_up(left);
        CHECK_FALSE(later.can_undo());
    }
}

TEST_CASE("undo is a change of its own: the history keeps what was given and taken back",
          "[desk][undo]") {
    Undoing on;
    on.answer("/data/staff", "14");
    on.answer("/data/staff", "3");
    want(on.filling.undo());
    std::vector<std::string> values;
    for (const auto& version : want(storage::Answers{on.desk->notebook()}.history(on.audit)))
        if (version.path == "/data/staff") values.push_back(version.value.value_or("(gone)"));
    CHECK(values == std::vector<std::string>{"14", "3", "14"});

    const auto reopened = want(on.desk->open_audit(on.audit));
    CHECK(reopened.session().value(reopened.session().find("/data/staff")) == "14");
    CHECK_FALSE(reopened.can_undo());
}

TEST_CASE("a new answer after undoing ends what could be given again", "[desk][undo]") {
    Undoing on;
    on.answer("/data/staff", "14");
    on.answer("/data/staff", "3");
    want(on.filling.undo());
    on.answer("/data/place", "North gate");
    CHECK_FALSE(on.filling.can_redo());
    want(on.filling.undo());
    CHECK(on.value("/data/place").empty());
    CHECK(on.value("/data/staff") == "14");
}

TEST_CASE("a text that was recorded word by word is taken back at once", "[desk][undo]") {
    Undoing on;
    for (const char* text :
         {"North ", "North gate, ", "North gate, upper ", "North gate, upper hall"})
        on.answer("/data/place", text);
    on.answer("/data/place", "South gate");
    want(on.filling.undo());
    CHECK(on.value("/data/place") == "North gate, upper hall");
    want(on.filling.undo());
    CHECK(on.value("/data/place").empty());
}

TEST_CASE("what is added to an answer later is taken back by itself", "[desk][undo]") {
    Undoing on;
    for (const char* text : {"North gate", "North gate, upper ", "North gate, upper hall"})
        on.answer("/data/place", text);
    for (const char* count : {"1", "14"}) on.answer("/data/staff", count);
    want(on.filling.undo());
    CHECK(on.value("/data/staff") == "1");
    want(on.filling.undo());
    want(on.filling.undo());
    CHECK(on.value("/data/place") == "North gate");
}

TEST_CASE("what was taken back of a text comes back with one undo, and goes with one redo",
          "[desk][undo]") {
    Undoing on;
    on.answer("/data/staff", "14");
    const std::string before = GENERATE("", "North gate");
    if (!before.empty()) on.answer("/data/place", before);
    for (const char* words : {" and ", " and its ", " and its hall"})
        on.answer("/data/place", before + words);
    on.answer("/data/place", before);

    want(on.filling.undo());
    CHECK(on.value("/data/place") == before + " and its hall");
    want(on.filling.redo());
    CHECK(on.value("/data/place") == before);

    SECTION("and what was there before it is one undo further") {
        want(on.filling.undo());
        want(on.filling.undo());
        CHECK(on.value("/data/place") == before);
        CHECK(want(on.filling.undo()) == (before.empty() ? "/data/staff" : "/data/place"));
    }
    SECTION("what is typed next is taken back by itself") {
        on.answer("/data/place", before + "s ");
        on.answer("/data/place", before + "s of old");
        want(on.filling.undo());
        CHECK(on.value("/data/place") == before);
        want(on.filling.undo());
        CHECK(on.value("/data/place") == before + " and its hall");
    }
}

TEST_CASE("an entry that was removed comes back with its answers, and so do changes in it",
          "[desk][undo]") {
    Undoing on;
    on.answer("/data/room[1]/use", "Waiting");
    on.add_room();
    on.answer("/data/room[2]/use", "Interviews");
    want(on.filling.remove_repeat(on.session().find("/data/room[2]")));
    CHECK(on.value("/data/room[2]/use").empty());

    CHECK(want(on.filling.undo()) != "/data/room");
    CHECK(on.value("/data/room[2]/use") == "Interviews");
    want(on.filling.undo());
    CHECK(on.value("/data/room[2]/use").empty());
    CHECK(want(on.filling.undo()) == "/data/room");
    CHECK(on.session().xpath(on.session().find("/data/room[2]")).empty());

    SECTION("and forward again, over all of it") {
        while (on.filling.can_redo()) want(on.filling.redo());
        CHECK(on.session().xpath(on.session().find("/data/room[2]")).empty());
        want(on.filling.undo());
        CHECK(on.value("/data/room[2]/use") == "Interviews");
    }
}

TEST_CASE("an entry comes back where it stood among the others, also after opening anew",
          "[desk][undo]") {
    Undoing on;
    const auto uses = [](const form::Session& session) {
        std::vector<std::string> found;
        for (const auto& leaf : session.leaves())
            if (leaf.name == "use") found.emplace_back(leaf.value);
        return found;
    };
    on.answer("/data/room[1]/use", "Waiting");
    for (const char* use : {"Interviews", "Searches"}) {
        on.add_room();
        on.answer(use == std::string_view{"Interviews"} ? "/data/room[2]/use" : "/data/room[3]/use",
                  use);
    }
    const std::vector<std::string> all{"Waiting", "Interviews", "Searches"};
    const int removed = GENERATE(1, 2, 3);
    want(
        on.filling.remove_repeat(on.session().find("/data/room[" + std::to_string(removed) + "]")));
    want(on.filling.undo());
    CHECK(uses(on.session()) == all);
    CHECK(on.value("/data/room[3]/use") == "Searches");
    const auto reopened = want(on.desk->open_audit(on.audit));
    CHECK(uses(reopened.session()) == all);
}

TEST_CASE("what was undone, redone and undone again is the same after opening the audit anew",
          "[desk][undo]") {
    Undoing on;
    on.add_room();
    on.answer("/data/room[2]/use", "Interviews");
    want(on.filling.remove_repeat(on.session().find("/data/room[2]")));
    want(on.filling.undo());
    const auto reopened = want(on.desk->open_audit(on.audit));
    CHECK(reopened.session().value(reopened.session().find("/data/room[2]/use")) == "Interviews");
    CHECK(reopened.session().xpath(reopened.session().find("/data/room[3]")).empty());
}

TEST_CASE("an audit that is finalized has nothing to undo", "[desk][undo]") {
    Undoing on;
    on.answer("/data/place", "North gate");
    want(on.filling.finalize());
    CHECK_FALSE(on.filling.can_undo());
    CHECK(test::code_of(on.filling.undo()) == ErrorCode::not_found);
}

TEST_CASE("only so many deeds are remembered", "[desk][undo]") {
    Deeds deeds;
    for (std::size_t n = 0; n < Deeds::kDepth + 5; ++n)
        deeds.add({Deed::Kind::answer, "/q" + std::to_string(n), "", "x"});
    std::size_t undone = 0;
    while (deeds.take_done()) ++undone;
    CHECK(undone == Deeds::kDepth);
}

}  // namespace bordereau::app
