#include "app/desk/desk.h"

#include <catch2/catch_test_macros.hpp>

#include "app/desk/registers.h"
#include "app/desk/review_list.h"
#include "tests/support/desks.h"

namespace bordereau::app {

using test::want;
namespace sqlite = storage::sqlite;

TEST_CASE("a new notebook has the three built-in forms and the seeded registers", "[desk]") {
    const test::TemporaryFolder folder;
    const auto desk = test::new_desk(folder.path() / "notebook");
    const auto forms = want(desk->forms().list());
    REQUIRE(forms.size() == 3);
    for (const auto& form : forms) CHECK(want(desk->forms().get(form.id, form.version)));
    const auto registers = want(read_registers(desk->notebook()));
    CHECK(registers.commitments.size() == 15);
    CHECK(registers.texts.size() == 2);
    CHECK(registers.respondent.fields.size() >= 7);
}

TEST_CASE("an audit is resumed exactly where it was", "[desk]") {
    const test::TemporaryFolder folder;
    AuditId audit;
    {
        const auto desk = test::new_desk(folder.path() / "notebook");
        audit = test::small_audit(*desk, folder.path());
        auto filling = want(desk->open_audit(audit));
        want(filling.take({ScriptStep::Kind::answer, "place", "North gate", 0}));
        want(filling.take({ScriptStep::Kind::add, "room", "", 0}));
        want(filling.take({ScriptStep::Kind::answer, "/data/room[2]/use", "Interviews", 0}));
        CHECK(filling.saved());
    }
    const auto desk = test::desk_as(folder.path() / "notebook", "amina");
    const auto filling = want(desk->open_audit(audit));
    const form::Session& session = filling.session();
    CHECK(session.value(session.find("/data/place")) == "North gate");
    CHECK(session.value(session.find("/data/room[2]/use")) == "Interviews");
}

TEST_CASE("an answer outside its constraint is kept as typed and keeps the audit a draft",
          "[desk]") {
    const test::TemporaryFolder folder;
    const auto desk = test::new_desk(folder.path() / "notebook");
    const AuditId audit = test::small_audit(*desk, folder.path());
    auto filling = want(desk->open_audit(audit));
    const form::NodeId staff = filling.session().find("/data/staff");
    CHECK(want(filling.answer(filling.session().find("/data/place"), "South")) ==
          form::Validity::valid);
    CHECK(want(filling.answer(staff, "-3")) == form::Validity::constraint);
    CHECK(filling.session().value(staff) == "-3");
    CHECK(filling.session().message(staff) == "Not below none.");
    CHECK(test::code_of(filling.finalize()) == ErrorCode::refused);
    CHECK(want(desk->audit(audit)).state == storage::AuditState::draft);

    CHECK(want(filling.answer(staff, "3")) == form::Validity::valid);
    want(filling.finalize());
    CHECK(want(desk->audit(audit)).state == storage::AuditState::finalized);
    CHECK(test::code_of(filling.answer(staff, "4")) == ErrorCode::refused);
}

TEST_CASE("on a full disk what was saved stays, what is typed waits, and goes along later",
          "[desk]") {
    const test::TemporaryFolder folder;
    const auto desk = test::new_desk(folder.path() / "notebook");
    const AuditId audit = test::small_audit(*desk, folder.path());
    auto filling = want(desk->open_audit(audit));
    const form::NodeId place = filling.session().find("/data/place");
    const form::NodeId staff = filling.session().find("/data/staff");
    want(filling.answer(staff, "7"));

    sqlite::Database& disk = desk->notebook().database();
    want(disk.run("PRAGMA max_page_count = 1"));  // as small as the file already is
    const std::string text(1 << 20, 'x');
    CHECK(test::code_of(filling.answer(place, text)) == ErrorCode::full);
    CHECK_FALSE(filling.saved());
    CHECK(filling.session().value(place) == text);

    want(disk.run("PRAGMA max_page_count = 1000000"));
    want(filling.answer(staff, "8"));
    CHECK(filling.saved());
    const auto again = want(desk->open_audit(audit));
    CHECK(again.session().value(again.session().find("/data/place")) == text);
    CHECK(again.session().value(again.session().find("/data/staff")) == "8");
}

TEST_CASE("an answer that is not valid does not name the audit", "[desk]") {
    const test::TemporaryFolder folder;
    const auto desk = test::new_desk(folder.path() / "notebook");
    const auto file = folder.path() / "dated.md";
    std::ofstream{file} << "| survey |\n| | type | name | label |\n| | date | w_date | When? |\n"
                           "| settings |\n| | form_id | form_title | version |\n"
                           "| | dated | Dated | 1 |\n";
    REQUIRE(want(desk->forms().import(file)).form);
    const AuditId audit = want(desk->start_audit(FormId{"dated"}, ""));
    auto filling = want(desk->open_audit(audit));
    const form::NodeId date = filling.session().find("/data/w_date");
    want(filling.answer(date, "2"));
    CHECK(want(desk->audit(audit)).title == "Dated");
    want(filling.answer(date, "2026-11-20"));
    CHECK(want(desk->audit(audit)).title == "Dated 2026-11-20");
}

TEST_CASE("a form that cannot be used is listed with its findings and disturbs nothing", "[desk]") {
    const test::TemporaryFolder folder;
    const auto desk = test::new_desk(folder.path() / "notebook");
    const auto broken = folder.path() / "broken.md";
    std::ofstream{broken} << "| survey |\n| | type | name | label | relevant |\n"
                             "| | text | q | Q | frobnicate( |\n";
    CHECK_FALSE(want(desk->forms().import(broken)).form);
    const auto rubbish = folder.path() / "rubbish.xlsx";
    std::ofstream{rubbish} << "this is no spreadsheet";
    CHECK_FALSE(want(desk->forms().import(rubbish)).form);

    const auto unusable = want(desk->forms().unusable());
    REQUIRE(unusable.size() == 2);
    CHECK(unusable[0].file_name == "broken.md");
    REQUIRE_FALSE(unusable[0].diagnostics.empty());
    CHECK(want(desk->forms().list()).size() == 3);

    SECTION("and no longer once it is mended") {
        std::ofstream{broken} << "| survey |\n| | type | name | label |\n| | text | q | Q |\n";
        CHECK(want(desk->forms().import(broken)).form);
        CHECK(want(desk->forms().unusable()).size() == 1);
    }
}

TEST_CASE("the main audit is approved only when the review list is complete", "[desk]") {
    const test::TemporaryFolder folder;
    const auto desk = test::new_desk(folder.path() / "notebook");
    const AuditId audit = want(desk->start_audit(FormId{"grpa_main"}, ""));
    const auto summary = want(desk->audit(audit));
    CHECK(want(review_list(desk->notebook(), summary)).size() == 8);
    CHECK(test::code_of(approve(desk->notebook(), summary, "")) == ErrorCode::conflict);
    CHECK(test::code_of(tick(desk->notebook(), audit, "nonsense", true)) == ErrorCode::invalid);
}

TEST_CASE("an audit is found by the beginning of its id when that names only one", "[desk]") {
    const test::TemporaryFolder folder;
    const auto desk = test::new_desk(folder.path() / "notebook");
    const AuditId audit = test::small_audit(*desk, folder.path());
    CHECK(want(desk->find_audit(audit.text.substr(0, 6))).id == audit);
    CHECK(test::code_of(desk->find_audit("")) != ErrorCode::io);
    CHECK(test::code_of(desk->find_audit("zzz")) == ErrorCode::not_found);
}

TEST_CASE("without an approved audit there is nothing to report on", "[desk]") {
    const test::TemporaryFolder folder;
    const auto desk = test::new_desk(folder.path() / "notebook");
    CHECK(test::code_of(desk->report({ReportKind::scorecard, audit::Audience::team,
                                      folder.path() / "reports"})) == ErrorCode::not_found);
    CHECK_FALSE(std::filesystem::exists(folder.path() / "reports"));
}

TEST_CASE("an invitation that is none is refused and changes nothing", "[desk]") {
    const test::TemporaryFolder folder;
    const auto desk = test::new_desk(folder.path() / "notebook");
    CHECK(test::code_of(desk->join("hello")) == ErrorCode::invalid);
    CHECK_FALSE(want(desk->endpoint()).has_value());
    CHECK(desk->sync_once().status.error().code == ErrorCode::not_found);
}

}  // namespace bordereau::app
