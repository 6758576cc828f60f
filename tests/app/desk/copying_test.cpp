#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <fstream>

#include "app/desk/copying.h"
#include "app/desk/filling.h"
#include "app/desk/records.h"
#include "app/desk/trail.h"
#include "storage/answers.h"
#include "tests/support/unit_form.h"

namespace bordereau::app {
namespace {

using test::want;

struct Copying {
    test::TemporaryFolder folder;
    std::unique_ptr<Desk> desk = test::new_desk(folder.path() / "notebook");
    AuditId before, audit;
    std::optional<Filling> filling;

    explicit Copying(std::string_view version = "1") {
        test::shelve_unit_form(*desk, folder.path(), "1");
        before = test::last_year(*desk);
        if (version != "1") test::shelve_unit_form(*desk, folder.path(), version);
        audit = want(desk->start_audit(FormId{"unit"}, version));
        reopen();
        give("/data/id/a_unit", "north");
    }
    void reopen() { filling.emplace(want(desk->open_audit(audit))); }
    const form::Session& session() const { return filling->session(); }
    form::NodeId at(std::string_view path) const { return session().find(path); }
    void give(std::string_view path, std::string_view text) { test::give(*filling, path, text); }
    std::string value(std::string_view path) const { return session().value(at(path)); }
    CopyOutcome copy(const CopyScope& scope = {}) {
        const auto earlier = want(open_earlier(*desk, *filling));
        REQUIRE(earlier.has_value());
        return want(filling->copy(*earlier, scope));
    }
    bool waits(std::string_view path) const { return filling->copied_from(at(path)) == before; }
    void confirm_all() { want(filling->confirm(filling->unconfirmed())); }
};

std::vector<std::string> left_out(const CopyOutcome& outcome) {
    std::vector<std::string> paths;
    for (const LeftOut& one : outcome.left_out) paths.push_back(one.question);
    return paths;
}

}  // namespace

TEST_CASE("the answers of the last audit of the same unit are copied and wait to be confirmed",
          "[desk][copying]") {
    Copying on;
    const CopyOutcome outcome = on.copy();
    CHECK(outcome.copied == 8);
    CHECK(outcome.left_out.empty());
    CHECK(on.value("/data/staff/women") == "14");
    CHECK(on.value("/data/staff/kind") == "large");  // relevant only by what was copied before it
    CHECK(on.value("/data/post[2]/at") == "hall");
    CHECK(on.waits("/data/staff/women"));
    CHECK(on.filling->unconfirmed().size() == 8);

    CHECK(on.value("/data/id/day").empty());
    CHECK(on.value("/data/id/a_consent").empty());
    CHECK(on.value("/data/staff/all") == "34");  // calculated here
    CHECK_FALSE(on.waits("/data/id/a_unit"));
}

TEST_CASE(
    "nothing is offered before the unit is known, from another unit, or from an audit that may "
    "not be read",
    "[desk][copying]") {
    Copying on;
    on.give("/data/id/a_unit", "south");
    CHECK_FALSE(want(open_earlier(*on.desk, *on.filling)).has_value());
    on.give("/data/id/a_unit", "");
    CHECK_FALSE(want(open_earlier(*on.desk, *on.filling)).has_value());
    CHECK(want(earlier_audits(*on.desk, *on.filling)).empty());

    want(on.desk->notebook().add_person("berthe", storage::Role::officer, test::kPassphrase));
    on.filling.reset();
    on.desk.reset();
    on.desk = test::desk_as(on.folder.path() / "notebook", "berthe");
    on.audit = want(on.desk->start_audit(FormId{"unit"}, "1"));
    on.reopen();
    on.give("/data/id/a_unit", "north");
    CHECK_FALSE(want(open_earlier(*on.desk, *on.filling)).has_value());
}

TEST_CASE("what was answered already, and entries that were begun, stay as they are",
          "[desk][copying]") {
    Copying on;
    on.give("/data/staff/women", "3");
    on.give("/data/post[1]/seen", "a queue");
    on.copy();
    CHECK(on.value("/data/staff/women") == "3");
    CHECK(on.value("/data/staff/men") == "20");
    CHECK(on.value("/data/post[1]/at").empty());
    CHECK(on.at("/data/post[2]") == form::NodeId{});
}

TEST_CASE("an entry of a repeat is the one of that name, wherever it stood", "[desk][copying]") {
    Copying on;
    {
        Filling before = want(on.desk->open_audit(on.before));
        test::give(before, "/data/post[1]/seen", "a queue");
        test::give(before, "/data/post[2]/seen", "a desk");
    }
    on.give("/data/post[1]/at", "hall");
    CHECK(on.copy({{"/data/post[1]/seen"}, true}).copied == 1);
    CHECK(on.value("/data/post[1]/seen") == "a desk");

    // Another name is another thing; without one it is the one at the place, unless that is taken.
    want(on.filling->add_repeat(on.session().find_key_path("/data/post")));
    want(on.filling->add_repeat(on.session().find_key_path("/data/post")));
    on.give("/data/post[2]/at", "gate");
    CHECK(on.copy({{"/data/post[2]"}, true}).copied == 0);
    on.give("/data/post[2]/at", "");
    CHECK(on.copy({{"/data/post[2]"}, true}).copied == 0);  // the hall is the first one now
    on.give("/data/post[1]/at", "");
    CHECK(on.copy({{"/data/post[1]/seen"}, true}).copied == 1);
    CHECK(on.value("/data/post[1]/seen") == "a queue");
}

TEST_CASE("entries whose names do not tell them apart are matched by position", "[desk][copying]") {
    Copying on;
    {
        Filling before = want(on.desk->open_audit(on.before));
        test::give(before, "/data/post[1]/at", "hall");
        test::give(before, "/data/post[1]/seen", "a queue");
        test::give(before, "/data/post[2]/seen", "a desk");
    }
    on.give("/data/post[1]/at", "hall");
    want(on.filling->add_repeat(on.session().find_key_path("/data/post")));
    on.give("/data/post[2]/at", "hall");
    CHECK(on.copy({{"/data/post[2]/seen"}, true}).copied == 1);
    CHECK(on.value("/data/post[2]/seen") == "a desk");
    CHECK(on.value("/data/post[1]/seen").empty());  // only the entry that was asked for
}

TEST_CASE("the last audit of a unit is found whatever language it was recorded in",
          "[desk][copying]") {
    constexpr std::string_view form = R"(
| survey |
| | type             | name   | label::English (en) | label::French (fr) |
| | select_one units | a_unit | Which unit?         | Quelle unité ?     |
| | integer          | women  | Women               | Femmes             |
| choices |
| | list_name | name  | label::English (en) | label::French (fr) |
| | units     | north | NORTH               | Porte nord         |
| | units     | south | South gate          | Porte nord         |
| settings |
| | form_id | form_title | version | default_language |
| | two     | Two        | VERSION | English (en)     |
)";
    test::TemporaryFolder folder;
    const auto desk = test::new_desk(folder.path() / "notebook");
    const auto shelve = [&](const std::string& version, const std::string& north) {
        std::string text{form};
        text.replace(text.find("NORTH"), 5, north);
        text.replace(text.find("VERSION"), 7, version);
        std::ofstream{folder.path() / "two.md"} << text;
        REQUIRE(want(desk->forms().import(folder.path() / "two.md")).form);
    };
    const auto begun = [&](const std::string& version, const char* unit, const char* women,
                           std::string_view language) {
        Filling filling = want(desk->open_audit(want(desk->start_audit(FormId{"two"}, version))));
        filling.set_language(language);
        test::give(filling, "/data/women", women);
        test::give(filling, "/data/a_unit", unit);
        return filling;
    };
    shelve("1", "North gate");
    begun("1", "north", "14", "French (fr)");
    begun("1", "south", "3", "French (fr)");  // of the same name in French, and later
    SECTION("in another language") {
        const Filling now = begun("1", "north", "", "English (en)");
        REQUIRE(now.summary().unit == "North gate");
        const auto earlier = want(open_earlier(*desk, now));
        REQUIRE(earlier.has_value());
        CHECK(earlier->session().value(earlier->session().find("/data/women")) == "14");
        CHECK(earlier->session().language() == "English (en)");
    }
    SECTION("in another version of the form") {
        shelve("2", "Northern gate");
        const Filling now = begun("2", "north", "", "English (en)");
        const auto earlier = want(open_earlier(*desk, now));
        REQUIRE(earlier.has_value());
        CHECK(earlier->session().value(earlier->session().find("/data/women")) == "14");
    }
}

TEST_CASE("one section is copied, or one question also over its answer", "[desk][copying]") {
    Copying on;
    on.give("/data/staff/women", "3");
    CHECK(on.copy({{"/data/post"}}).copied == 2);
    CHECK(on.value("/data/staff/men").empty());
    CHECK(on.copy({{"/data/staff/women"}, true}).copied == 1);
    CHECK(on.value("/data/staff/women") == "14");
    CHECK(on.waits("/data/staff/women"));
}

TEST_CASE("what a newer version of the form asks otherwise is listed and not copied",
          "[desk][copying]") {
    Copying on{"2"};
    {
        Filling before = want(on.desk->open_audit(on.before));
        test::give(before, "/data/staff/women", "60");
    }
    const CopyOutcome outcome = on.copy({{"/data/staff"}});
    CHECK(left_out(outcome) ==
          std::vector<std::string>{"/data/staff/women", "/data/staff/opened", "/data/staff/kind"});
    CHECK(outcome.left_out[0].why == LeftOut::Why::not_allowed);
    CHECK(outcome.left_out[1].why == LeftOut::Why::changed);
    CHECK(outcome.left_out[2].why == LeftOut::Why::no_choice);
    CHECK(on.value("/data/staff/women").empty());
    CHECK(on.value("/data/staff/size") == "small");
}

TEST_CASE("an answer and a confirmation end the waiting, also after opening again",
          "[desk][copying]") {
    Copying on;
    on.copy();
    on.reopen();
    CHECK(on.filling->unconfirmed().size() == 8);
    on.give("/data/staff/women", "15");
    on.give("/data/staff/men", "20");  // the same again
    want(on.filling->confirm(std::vector{on.at("/data/staff/room")}));
    on.reopen();
    CHECK_FALSE(on.waits("/data/staff/women"));
    CHECK_FALSE(on.waits("/data/staff/men"));
    CHECK_FALSE(on.waits("/data/staff/room"));
    CHECK(on.value("/data/staff/room") == "yes");
    CHECK(on.filling->unconfirmed().size() == 5);
}

TEST_CASE("an audit is not finalized with answers that nobody has confirmed", "[desk][copying]") {
    Copying on;
    on.copy();
    CHECK(test::code_of(on.filling->finalize()) == ErrorCode::conflict);
    on.give("/data/staff/room", "no");  // what was copied for the kind is not asked any more
    on.confirm_all();
    CHECK(on.filling->unconfirmed().empty());
    want(on.filling->finalize());
    CHECK(test::code_of(on.filling->confirm(std::vector{on.at("/data/staff/room")})) ==
          ErrorCode::refused);
}

TEST_CASE("copying is taken back in one step, and done again with the marks", "[desk][copying]") {
    Copying on;
    on.copy();
    want(on.filling->undo());
    CHECK(on.value("/data/staff/women").empty());
    CHECK(on.at("/data/post[2]") == form::NodeId{});
    CHECK(on.filling->unconfirmed().empty());
    want(on.filling->redo());
    CHECK(on.value("/data/post[2]/at") == "hall");
    CHECK(on.filling->unconfirmed().size() == 8);

    on.confirm_all();
    CHECK(on.filling->unconfirmed().empty());
    want(on.filling->undo());
    CHECK(on.filling->unconfirmed().size() == 8);
    on.give("/data/staff/women", "15");
    want(on.filling->undo());
    CHECK(on.value("/data/staff/women") == "14");
    CHECK(on.waits("/data/staff/women"));
    on.reopen();
    CHECK(on.filling->unconfirmed().size() == 8);
}

TEST_CASE("an entry with copied answers and notes comes back with them", "[desk][copying]") {
    Copying on;
    on.copy();
    want(on.filling->write_note(on.at("/data/post[2]/at"), "seen from afar"));
    want(on.filling->remove_repeat(on.at("/data/post[2]")));
    want(on.filling->undo());
    CHECK(on.value("/data/post[2]/at") == "hall");
    CHECK(on.waits("/data/post[2]/at"));
    CHECK(on.filling->note(on.at("/data/post[2]/at")) == "seen from afar");
}

TEST_CASE("the history says what was copied, from where, and what was confirmed",
          "[desk][copying]") {
    Copying on;
    on.copy();
    want(on.filling->confirm(std::vector{on.at("/data/staff/women")}));
    on.give("/data/staff/men", "7");
    std::vector<std::string> told;
    for (const TrailStep& step : want(trail_of(*on.desk, want(on.desk->audit(on.audit))))) {
        if (!step.path.starts_with("/data/staff/women") && step.path != "/data/staff/men") continue;
        told.push_back(step.path.substr(12) + " " +
                       (step.kind == TrailStep::Kind::confirmed ? "confirmed" : step.to) +
                       (step.copied_from == on.before ? " copied" : ""));
    }
    CHECK(told ==
          std::vector<std::string>{"women 14 copied", "men 20 copied", "women confirmed", "men 7"});
}

TEST_CASE("what was copied counts as one answer, and reports do not see it before it is confirmed",
          "[desk][copying]") {
    Copying on;
    const auto answers = [&] {
        want(on.desk->notebook().journal().seal_all());
        return want(on.desk->audit(on.audit)).answers;
    };
    on.reopen();
    const auto without = answers();
    on.copy({{"/data/staff/women"}});
    CHECK(answers() == without + 1);
    const auto women = [&] {
        return std::string{want(on.desk->record(on.audit)).answers.value("women")};
    };
    CHECK(women().empty());
    on.confirm_all();
    CHECK(women() == "14");
}

TEST_CASE("a note stands at its question until it is taken away, and in the history",
          "[desk][notes]") {
    Copying on;
    const form::NodeId women = on.at("/data/staff/women");
    CHECK(on.filling->note(women).empty());
    want(on.filling->write_note(women, "  counted at noon "));
    want(on.filling->write_note(women, "counted at noon"));
    CHECK(on.filling->note(women) == "counted at noon");
    want(on.filling->write_note(women, "counted twice"));
    want(on.filling->undo());
    CHECK(on.filling->note(women) == "counted at noon");
    on.reopen();
    CHECK(on.filling->note(on.at("/data/staff/women")) == "counted at noon");

    std::vector<std::string> notes;
    for (const TrailStep& step : want(trail_of(*on.desk, want(on.desk->audit(on.audit)))))
        if (step.kind == TrailStep::Kind::noted) notes.push_back(step.path + ": " + step.to);
    CHECK(notes == std::vector<std::string>{"/data/staff/women: counted at noon",
                                            "/data/staff/women: counted twice",
                                            "/data/staff/women: counted at noon"});
    want(on.filling->write_note(on.at("/data/staff/women"), ""));
    on.reopen();
    CHECK(on.filling->note(on.at("/data/staff/women")).empty());
}

TEST_CASE("a note of a closed audit is read and not written", "[desk][notes]") {
    Copying on;
    on.give("/data/staff/women", "4");
    want(on.filling->write_note(on.at("/data/staff/women"), "counted at noon"));
    want(on.filling->finalize());
    on.reopen();
    CHECK(on.filling->note(on.at("/data/staff/women")) == "counted at noon");
    CHECK(test::code_of(on.filling->write_note(on.at("/data/staff/women"), "later")) ==
          ErrorCode::refused);
}

namespace {

// Audits of one unit, called by their codes.
struct Following {
    test::TemporaryFolder folder;
    std::unique_ptr<Desk> desk = test::new_desk(folder.path() / "notebook");

    Following() {
        const auto file = folder.path() / "coded.md";
        std::ofstream{file} << "| survey |\n| | type | name | label |\n"
                               "| | select_one units | a_unit | Unit |\n"
                               "| | text | code | Code |\n| | text | a_prev | Follows |\n"
                               "| choices |\n| | list_name | name | label |\n"
                               "| | units | north | North gate |\n| settings |\n"
                               "| | form_id | form_title | version | instance_name |\n"
                               "| | coded | Coded | 1 | ${code} |\n";
        REQUIRE(want(desk->forms().import(file)).form != nullptr);
    }
    Filling begin(std::string_view code) {
        Filling filling = want(desk->open_audit(want(desk->start_audit(FormId{"coded"}, "1"))));
        test::give(filling, "/data/a_unit", "north");
        test::give(filling, "/data/code", code);
        return filling;
    }
    std::string followed(const Filling& filling) {
        const auto found = want(open_followed(*desk, filling));
        return found ? found->summary().title : "none";
    }
};

}  // namespace

TEST_CASE("a follow-up is compared with the audit whose code it gives, else with the last one",
          "[desk][copying]") {
    Following on;
    want(on.begin("GRPA-ALB-1").finalize());
    want(on.begin("GRPA-ALB-2").finalize());
    (void)on.begin("GRPA-ALB-3");  // a draft
    Filling audit = on.begin("GRPA-ALB-4");
    CHECK(on.followed(audit) == "GRPA-ALB-2");
    test::give(audit, "/data/a_prev", "GRPA-ALB-1");
    CHECK(on.followed(audit) == "GRPA-ALB-1");
    test::give(audit, "/data/a_prev", "GRPA-ALB-3");
    CHECK(on.followed(audit) == "GRPA-ALB-2");
}

TEST_CASE("the first audit of a unit follows none", "[desk][copying]") {
    Following on;
    const Filling audit = on.begin("GRPA-ALB-1");
    CHECK(on.followed(audit) == "none");
}

}  // namespace bordereau::app
