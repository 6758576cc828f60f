// What the pages say, in the language of whoever reads them.

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "app/audit/checks.h"
#include "tests/app/stage/setting.h"
#include "tests/support/folders.h"

namespace bordereau::app {
namespace {

// An audit with the main form, whose meaning is said to be formalised and is explained orally only.
AuditId main_audit(Setting& on) {
    on.ask(NewAudit{FormId{"grpa_main"}, ""});
    REQUIRE(on.stage.filling() != nullptr);
    on.ask(Answer{"/grpa_main/a_id/a_authority_ok", "yes"});
    on.ask(Answer{"/grpa_main/b_def/b_where", "oral"});
    on.ask(Answer{"/grpa_main/b_def/b1", "2"});
    return on.stage.filling()->audit();
}

}  // namespace

TEST_CASE("the consistency checks are said in the reader's language, to both who read them",
          "[stage][words]") {
    Setting on;
    on.found();
    on.become("amina");
    const AuditId audit = main_audit(on);
    std::set<std::string> overview, review;
    for (const text::Language language : text::kLanguages) {
        on.become("amina");
        on.ask(SetLanguage{std::string{text::tag_of(language)}});
        on.ask(OpenAudit{audit});
        on.ask(GoTo{Place::overview});
        const std::string meant{on.stage.words()("consistency.x1")};
        REQUIRE(on.stage.views().overview.checks.size() == 1);
        CHECK(on.stage.views().overview.checks[0].message == meant);
        overview.insert(meant);
        on.become("noor");
        on.ask(SetLanguage{std::string{text::tag_of(language)}});
        on.ask(OpenAudit{audit});
        REQUIRE(on.stage.views().review.checks.size() == 1);
        review.insert(on.stage.views().review.checks[0].message);
    }
    CHECK(overview.size() == 6);
    CHECK(review == overview);
}

TEST_CASE("the history names a check that was explained, and the items that a reviewer ticked",
          "[stage][words][history]") {
    Setting on;
    on.found();
    on.become("amina");
    const AuditId audit = main_audit(on);
    on.ask(ExplainCheck{"X1", "The order is being printed"});
    on.ask(OpenAudit{audit});
    on.ask(GoTo{Place::history});
    const std::string check{on.stage.words()("consistency.x1")};
    const auto about = [&](std::string_view what) {
        std::vector<std::string> rows;
        for (const HistoryRow& row : on.stage.views().history.rows)
            if (row.what.find(what) != std::string::npos) rows.push_back(row.what);
        return rows;
    };
    CHECK(about(check) == std::vector<std::string>{"Explained: " + check});

    // As its last answers would, which are many.
    REQUIRE(storage::Audits{on.stage.desk()->notebook()}.finalize(audit).ok());
    const std::string item{on.stage.words()("review.list.figures")};
    on.become("noor");
    on.ask(OpenAudit{audit});
    on.ask(TickReviewItem{"figures", true});
    on.ask(GoTo{Place::history});
    CHECK(about(item).size() == 1);
    CHECK(about(check).size() == 1);
}

TEST_CASE("a review says when the audit was finalized, and of a draft that it was not", "[stage]") {
    Setting on;
    on.found();
    on.become("amina");
    const AuditId audit = on.small();
    on.ask(Answer{"/data/place", "North gate"});
    on.become("noor");
    on.ask(OpenAudit{audit});
    CHECK(on.stage.views().review.finalized.empty());

    on.become("amina");
    on.ask(OpenAudit{audit});
    on.ask(Finalize{});
    on.become("noor");
    on.ask(OpenAudit{audit});
    const std::string finalized = on.stage.views().review.finalized;
    CHECK_FALSE(finalized.empty());
    for (int second = 0; second < 60; ++second) static_cast<void>(on.stage.clock().now());
    on.ask(ApproveAudit{""});
    REQUIRE(on.stage.views().review.header.state == AuditState::approved);
    CHECK(on.stage.views().review.finalized == finalized);
}

TEST_CASE("the list of audits says of a draft what its overview says", "[stage]") {
    Setting on;
    on.found();
    on.become("amina");
    main_audit(on);
    const auto in_list = [&] {
        on.ask(GoTo{Place::home});
        const ProgressView progress = on.stage.views().home.rows.at(0).progress;
        return std::pair{progress.done, progress.total};
    };
    const auto in_overview = [&] {
        on.ask(OpenAudit{on.stage.views().home.rows.at(0).audit});
        on.ask(GoTo{Place::overview});
        const ProgressView progress = on.stage.views().overview.progress;
        return std::pair{progress.done, progress.total};
    };
    const auto before = in_list();
    CHECK(before.first > 0);
    CHECK(in_overview() == before);
    on.ask(Answer{"/grpa_main/b_def/b2", "3"});
    const auto after = in_list();
    CHECK(after.first == before.first + 1);
    CHECK(in_overview() == after);
}

TEST_CASE("the list counts nothing in an audit that is handed in: all is answered", "[stage]") {
    Setting on;
    on.found();
    on.become("amina");
    on.small();
    on.ask(Answer{"/data/place", "North gate"});
    on.ask(Finalize{});
    CHECK(on.stage.views().home.rows.at(0).progress.total == 0);
}

TEST_CASE("the language chosen before there is a notebook is kept for the next start", "[stage]") {
    Setting on;
    on.ask(SetLanguage{"zh"});
    SECTION("where no notebook was made") {}
    SECTION("with the notebook that was made") {
        on.found();
        on.ask(Lock{});
    }
    Stage again{on.options()};
    CHECK(again.words().language() == text::Language::zh);
    CHECK(again.looks().language == text::Language::zh);
    again.carry_out(Command{Unlock{"noor", std::string{test::kPassphrase}}});
    again.settle();
    CHECK(again.words().language() == text::Language::zh);
}

TEST_CASE("everybody has a language of their own, and unlocking begins with the one used last",
          "[stage]") {
    Setting on;
    on.found();
    on.ask(SetLanguage{"ru"});
    on.become("amina");
    on.ask(SetLanguage{"ar"});
    on.become("noor");
    CHECK(on.stage.words().language() == text::Language::ru);
    on.ask(Lock{});
    CHECK(on.stage.words().language() == text::Language::ru);
    SECTION("which holds until the person is known") {
        on.ask(Unlock{"amina", std::string{test::kPassphrase}});
        CHECK(on.stage.words().language() == text::Language::ar);
    }
    SECTION("unless another is chosen there, which is theirs from then on") {
        on.ask(SetLanguage{"fr"});
        on.ask(Unlock{"amina", std::string{test::kPassphrase}});
        CHECK(on.stage.words().language() == text::Language::fr);
        on.become("noor");
        CHECK(on.stage.words().language() == text::Language::ru);
        on.become("amina");
        CHECK(on.stage.words().language() == text::Language::fr);
    }
}

TEST_CASE("what is missing of an audit knows what kind of answer was meant", "[stage]") {
    Setting on;
    on.found();
    on.small();
    on.ask(Answer{"/data/staff", "many"});
    on.ask(GoTo{Place::overview});
    const auto& problems = on.stage.views().overview.problems;
    const auto staff = std::ranges::find(problems, "/data/staff", &ProblemView::question);
    REQUIRE(staff != problems.end());
    CHECK(staff->problem == AnswerProblem::type);
    CHECK(staff->control == Control::integer);
}

TEST_CASE("reports, and what keeps one from being sent, are in the language of the interface",
          "[stage]") {
    Setting on;
    on.found();
    on.become("amina");
    const AuditId audit = on.small();
    on.ask(Answer{"/data/place", "North gate"});
    on.ask(Finalize{});
    on.become("noor");
    on.ask(OpenAudit{audit});
    on.ask(ApproveAudit{""});
    on.ask(SetLanguage{"zh"});
    on.ask(GoTo{Place::reports});
    on.ask(MakeReport{"submission", "team"});
    const ReportsView& reports = on.stage.views().reports;
    const auto page = std::ranges::find_if(
        reports.made, [](const MadeReport& made) { return made.path.ends_with(".html"); });
    REQUIRE(page != reports.made.end());
    CHECK(test::bytes_of(page->path).find("<html lang=\"zh\"") != std::string::npos);
    REQUIRE_FALSE(reports.reports[0].reasons.empty());
    CHECK(reports.reports[0].reasons.back().find("尚未") != std::string::npos);
}

TEST_CASE("there are words for every consistency check", "[words]") {
    const text::Words words = embedded_words(text::Language::en);
    for (int check = 1; check <= audit::kConsistencyChecks; ++check)
        CHECK(words.has("consistency.x" + std::to_string(check)));
}

}  // namespace bordereau::app
