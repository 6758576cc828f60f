#include <catch2/catch_test_macros.hpp>

#include "app/screens/overview_screen.h"
#include "app/screens/review_screen.h"
#include "tests/app/screens/samples.h"
#include "tests/app/screens/stage.h"

namespace bordereau::app {

namespace {

struct Reviewing {
    ReviewView view = test::Samples{}.review();
    ReviewUi ui{};
    test::Stage stage{
        [this](const text::Words& words, Commands& out) { draw_review(view, ui, words, out); },
        {.height = 1600}};
};

}  // namespace

TEST_CASE("finalizing is possible only when nothing is missing", "[screens][overview]") {
    OverviewView view = test::Samples{}.overview();
    OverviewUi ui;
    test::Stage stage(
        [&](const text::Words& words, Commands& out) { draw_overview(view, ui, words, out); },
        {.height = 1600});
    SECTION("a missing answer leads to its question") {
        stage->click("Finalize");
        CHECK(stage.asked_for<Finalize>().empty());
        stage->click("15  Women interviewed");
        REQUIRE(stage.asked_for<OpenQuestion>().size() == 1);
        CHECK(stage.asked_for<OpenQuestion>()[0].question == "a_int_w");
    }
    SECTION("complete") {
        view.problems.clear();
        view.can_finalize = true;
        stage->draw(2);
        stage->click("Finalize");
        CHECK(stage.asked_for<Finalize>().size() == 1);
    }
    SECTION("a check is explained in one line") {
        stage->fill("explanation", "Training began in March");
        stage->click("Save");
        const auto explained = stage.asked_for<ExplainCheck>();
        REQUIRE(explained.size() == 1);
        CHECK(explained[0].check == "X2");
        CHECK(explained[0].text == "Training began in March");
    }
}

TEST_CASE("a reviewer reads answers and cannot change them", "[screens][review]") {
    Reviewing reviewing;
    CHECK(reviewing.stage->shows("2 Formalised"));
    CHECK_FALSE(reviewing.stage->shows("3 Applied"));
}

TEST_CASE("returning an audit needs a reason", "[screens][review]") {
    Reviewing reviewing;
    reviewing.stage->click("Decision");
    reviewing.stage->draw(2);
    reviewing.stage->click("Return for correction");
    reviewing.stage->draw(2);
    CHECK(reviewing.stage.asked_for<ReturnAudit>().empty());
    CHECK(reviewing.stage->shows("A reason is needed to return or reject."));

    reviewing.stage->fill("reason", "Figures of section D");
    reviewing.stage->click("Return for correction");
    const auto returned = reviewing.stage.asked_for<ReturnAudit>();
    REQUIRE(returned.size() == 1);
    CHECK(returned[0].reason == "Figures of section D");
}

TEST_CASE("approving is possible only when the view allows it", "[screens][review]") {
    Reviewing reviewing;
    reviewing.stage->click("Decision");
    reviewing.stage->draw(2);
    reviewing.stage->click("Approve");
    CHECK(reviewing.stage.asked_for<ApproveAudit>().empty());
    reviewing.view.can_approve = true;
    reviewing.stage->draw(2);
    reviewing.stage->click("Approve");
    CHECK(reviewing.stage.asked_for<ApproveAudit>().size() == 1);
}

TEST_CASE("comments that are open, or typed and not sent, are named before an audit is approved",
          "[screens][review]") {
    Reviewing reviewing;
    reviewing.view.can_approve = true;
    reviewing.ui.page = ReviewPage::decide;
    SECTION("open ones") {
        reviewing.view.open_remarks = {{"4.", "Which room?"}};
    }
    SECTION("one that was typed goes along with the decision") {
        reviewing.ui.questions.commenting = "/data/b1";
        reviewing.ui.questions.comment = "Which room?";
    }
    reviewing.stage->draw(4);
    reviewing.stage->click("Approve");
    reviewing.stage->draw(3);
    CHECK(reviewing.stage.asked_for<ApproveAudit>().empty());
    CHECK(reviewing.stage->shows("approve_not"));
    reviewing.stage->click("approve_not");
    reviewing.stage->draw(3);
    CHECK_FALSE(reviewing.stage->shows("approve_sure"));
    const bool typed = !reviewing.ui.questions.comment.empty();
    reviewing.stage->click("Approve");
    reviewing.stage->draw(3);
    reviewing.stage->click("approve_sure");
    CHECK(reviewing.stage.asked_for<ApproveAudit>().size() == 1);
    const auto comments = reviewing.stage.asked_for<Comment>();
    REQUIRE(comments.size() == (typed ? 1 : 0));
    if (typed) CHECK(comments[0].text == "Which room?");
    CHECK(reviewing.ui.questions.comment.empty());
}

TEST_CASE("after a decision the next audit is one press away, and begins with its answers",
          "[screens][review]") {
    Reviewing reviewing;
    reviewing.view.can_return = reviewing.view.can_reject = false;
    reviewing.view.next = AuditId{"the one that waits longest"};
    reviewing.view.waiting = 23;
    reviewing.stage->click("Decision");
    reviewing.stage->draw(4);
    reviewing.ui.reason = "Typed about this one";
    reviewing.stage->click("Next audit to review (23)");
    REQUIRE(reviewing.stage.asked_for<OpenAudit>().size() == 1);
    CHECK(reviewing.stage.asked_for<OpenAudit>()[0].audit == reviewing.view.next);
    reviewing.view.header.audit = reviewing.view.next;
    reviewing.stage->draw(4);
    CHECK(reviewing.ui.page == ReviewPage::answers);
    CHECK(reviewing.ui.reason.empty());
}

TEST_CASE("evidence is judged piece by piece, the review list line by line", "[screens][review]") {
    Reviewing reviewing;
    reviewing.view.evidence.erase(reviewing.view.evidence.begin());
    reviewing.stage->click("Evidence");
    reviewing.stage->draw(2);
    reviewing.stage->click("Accept");
    const auto judged = reviewing.stage.asked_for<JudgeEvidence>();
    REQUIRE(judged.size() == 1);
    CHECK(judged[0].evidence == "k2");
    CHECK(judged[0].accepted);

    reviewing.stage->click("Decision");
    reviewing.stage->draw(2);
    reviewing.stage->click("Limits are stated");
    const auto ticked = reviewing.stage.asked_for<TickReviewItem>();
    REQUIRE(ticked.size() == 1);
    CHECK(ticked[0].item == "limits");
    CHECK(ticked[0].done);
}

}  // namespace bordereau::app
