#include <catch2/catch_test_macros.hpp>

#include <algorithm>

#include "tests/app/stage/setting.h"
#include "tests/support/unit_form.h"

namespace bordereau::app {
namespace {

// An audit of the north gate, a year after another one of it.
struct Copying : Setting {
    AuditId before, audit;

    Copying() {
        found();
        test::shelve_unit_form(*stage.desk(), folder.path(), "1");
        before = test::last_year(*stage.desk());
        audit = test::want(stage.desk()->start_audit(FormId{"unit"}, "1"));
        ask(OpenAudit{audit});
        ask(Answer{"/data/id/a_unit", "north"});
    }
    const FillView& fill() { return stage.views().fill; }
    void look_at(int section) { ask(OpenSection{section}); }
};

}  // namespace

TEST_CASE("what may be copied is offered once the unit is known", "[stage][copying]") {
    Copying on;
    on.ask(Answer{"/data/id/a_unit", ""});
    CHECK(on.fill().copy.from.empty());
    on.ask(Answer{"/data/id/a_unit", "north"});
    on.look_at(1);
    CHECK(on.fill().copy.from.find("Unit audit") != std::string::npos);
    CHECK(on.fill().copy.here == 5);
    CHECK(on.question("/data/staff/women").earlier == "14");
    CHECK(on.question("/data/staff/room").earlier == "Yes");
    on.ask(GoTo{Place::overview});
    CHECK_FALSE(on.stage.views().overview.copy.from.empty());
}

TEST_CASE("a section is copied, its answers say so, and are confirmed after it was seen",
          "[stage][copying]") {
    Copying on;
    on.look_at(1);
    on.ask(CopyEarlier{CopyEarlier::What::section, ""});
    CHECK(on.fill().copy.waiting == 6);
    CHECK(on.fill().copy.waiting_here == 6);
    CHECK(on.question("/data/staff/women").copied.find("not confirmed") != std::string::npos);
    CHECK(on.question("/data/staff/women").earlier.empty());
    CHECK(on.stage.views().frame.message.text.starts_with("6 answers were copied"));
    on.look_at(2);
    CHECK(on.fill().copy.waiting_here == 0);

    on.look_at(1);
    on.ask(ConfirmCopied{{"/data/staff/women"}});
    CHECK(on.question("/data/staff/women").copied.empty());
    CHECK(on.fill().copy.waiting == 5);
    on.ask(ConfirmCopied{});
    CHECK(on.fill().copy.waiting == 0);
}

TEST_CASE("finalizing leads to the first copied answer that nobody has confirmed",
          "[stage][copying]") {
    Copying on;
    on.ask(CopyEarlier{});
    on.ask(GoTo{Place::overview});
    const auto& problems = on.stage.views().overview.problems;
    CHECK(std::ranges::count(problems, AnswerProblem::unconfirmed, &ProblemView::problem) == 8);
    CHECK_FALSE(on.stage.views().overview.can_finalize);
    on.ask(Finalize{});
    CHECK(on.stage.views().frame.message.text.starts_with("Copied answers wait"));
    CHECK(on.fill().scroll_to == "/data/staff/women");
    CHECK(on.fill().section == 1);
    for (int section = 1; section < 3; ++section) {
        on.look_at(section);
        on.ask(ConfirmCopied{});
    }
    on.ask(Finalize{});
    CHECK(on.stage.filling() == nullptr);
}

TEST_CASE("one question is copied by itself, and undone as one step", "[stage][copying]") {
    Copying on;
    on.look_at(1);
    on.ask(CopyEarlier{CopyEarlier::What::question, "/data/staff/women"});
    CHECK(on.question("/data/staff/women").value == "14");
    CHECK(on.fill().copy.waiting == 1);
    on.ask(Undo{});
    CHECK(on.question("/data/staff/women").value.empty());
    CHECK(on.fill().copy.waiting == 0);
}

TEST_CASE("a note goes along to the review, and to the history", "[stage][notes]") {
    Copying on;
    on.look_at(1);
    on.ask(WriteNote{"/data/staff/women", "counted at noon"});
    CHECK(on.question("/data/staff/women").note == "counted at noon");
    on.ask(Answer{"/data/staff/women", "9"});
    on.ask(Finalize{});
    on.become("noor");
    on.ask(OpenAudit{on.audit});
    on.look_at(1);
    const auto& rows = on.stage.views().review.questions;
    const auto found = std::ranges::find(rows, "/data/staff/women", &QuestionView::key);
    REQUIRE(found != rows.end());
    CHECK(found->note == "counted at noon");
    on.ask(GoTo{Place::history});
    CHECK(std::ranges::any_of(on.stage.views().history.rows, [](const HistoryRow& row) {
        return row.what.starts_with("Note") && row.to == "counted at noon";
    }));
}

TEST_CASE("a new key is made from the window, and the notebook opens with it", "[stage][keys]") {
    Setting on;
    on.found();
    on.ask(GoTo{Place::people});
    CHECK(on.stage.views().people.can_change_key);
    on.ask(ChangeKey{});
    CHECK(on.stage.views().frame.message.text.starts_with("The notebook has a new key"));
    on.become("amina");
    on.ask(GoTo{Place::people});
    CHECK_FALSE(on.stage.views().people.can_change_key);
}

}  // namespace bordereau::app
