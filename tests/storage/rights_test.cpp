#include "storage/rights.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "tests/support/notebooks.h"

namespace bordereau::storage {

using test::code_of;
using test::want;

TEST_CASE("rights are as the table says", "[storage][rights]") {
    // officer, supervisor, administrator
    struct Line {
        Act act;
        const char* roles;
    };
    constexpr Line kTable[] = {
        {Act::record, "osa"},        {Act::take_over, "osa"},     {Act::read_others, "-sa"},
        {Act::review, "-sa"},        {Act::export_inside, "-sa"}, {Act::export_public, "--a"},
        {Act::manage_people, "--a"}, {Act::back_up, "osa"},       {Act::restore, "-sa"},
        {Act::salvage, "-sa"},       {Act::join, "-sa"},          {Act::admit_devices, "-sa"},
        {Act::synchronise, "osa"},   {Act::add_forms, "--a"},
    };
    REQUIRE(std::size(kTable) == kActs.size());
    for (const Line& line : kTable) {
        INFO(name_of(line.act));
        CHECK(may(Role::officer, line.act) == (line.roles[0] == 'o'));
        CHECK(may(Role::supervisor, line.act) == (line.roles[1] == 's'));
        CHECK(may(Role::administrator, line.act) == (line.roles[2] == 'a'));
        CHECK_FALSE(may(Person{{"p"}, "gone", Role::administrator, false}, line.act));
    }
}

TEST_CASE("what a person may do with an audit follows from who records it and where it stands",
          "[storage][rights]") {
    const Person officer{{"o"}, "o", Role::officer, true};
    const Person other{{"p"}, "p", Role::officer, true};
    const Person supervisor{{"s"}, "s", Role::supervisor, true};
    for (const AuditState state :
         {AuditState::draft, AuditState::finalized, AuditState::has_issues, AuditState::edited,
          AuditState::approved, AuditState::rejected}) {
        AuditSummary audit;
        audit.state = state;
        audit.created_by = audit.held_by = officer.id;
        const bool open = state == AuditState::draft || state == AuditState::has_issues;
        const bool waiting = state == AuditState::finalized || state == AuditState::edited;
        CHECK(may_read(officer, audit));
        CHECK_FALSE(may_read(other, audit));
        CHECK(may_read(supervisor, audit));
        CHECK(may_edit(officer, audit) == open);
        CHECK_FALSE(may_edit(other, audit));
        CHECK_FALSE(may_edit(supervisor, audit));
        CHECK(may_take_over(other, audit) == open);
        CHECK_FALSE(may_take_over(officer, audit));
        CHECK(may_judge(supervisor, audit) == waiting);
        CHECK_FALSE(may_judge(other, audit));
        audit.held_by = supervisor.id;
        CHECK_FALSE(may_judge(supervisor, audit));
        audit.created_by = supervisor.id;
        audit.held_by = officer.id;
        CHECK_FALSE(may_judge(supervisor, audit));
    }
}

TEST_CASE("a taken over audit belongs to the taker, and the history tells it",
          "[storage][rights]") {
    const test::TemporaryFolder folder;
    const auto at = folder.path() / "n";
    AuditId audit;
    {
        Notebook amina = test::new_notebook(at);
        want(amina.add_person("berthe", Role::supervisor, test::kPassphrase));
        audit = test::draft_with_answers(amina, 2);
        CHECK(code_of(Audits{amina}.take_over(audit, "mine already")) == ErrorCode::refused);
    }
    {
        Notebook berthe = test::open_as(at, "berthe");
        want(Audits{berthe}.take_over(audit, "  End of the shift "));
        const auto summary = want(Audits{berthe}.get(audit));
        CHECK(summary->held_by_login == "berthe");
        CHECK(summary->created_by_login == "amina");
        CHECK(want(Audits{berthe}.list({})).front().held_by_login == "berthe");
        const auto events = want(Audits{berthe}.events(audit));
        REQUIRE(events.size() == 2);
        CHECK(events[1].taken);
        CHECK(events[1].author == berthe.person().id);
        CHECK(events[1].reason == "End of the shift");
        const std::string before = want(berthe.journal().fold_digest());
        want(berthe.journal().rebuild());
        CHECK(want(berthe.journal().fold_digest()) == before);
    }
    // Taken back, berthe has still recorded in it.
    {
        Notebook amina = test::open_as(at, "amina", 3);
        want(Audits{amina}.take_over(audit, ""));
        want(Audits{amina}.finalize(audit));
        CHECK(code_of(Audits{amina}.take_over(audit, "")) == ErrorCode::refused);
    }
    Notebook berthe = test::open_as(at, "berthe", 4);
    CHECK(code_of(Reviews{berthe}.approve(audit, "")) == ErrorCode::refused);
}

}  // namespace bordereau::storage
