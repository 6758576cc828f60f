// What the page of reports shows of approved audits, and what it says where there is none.
#include <catch2/catch_test_macros.hpp>

#include "app/desk/answer_script.h"
#include "assets/assets.h"
#include "tests/app/stage/setting.h"

namespace bordereau::app {
namespace {

// Amina finalizes it; Noor approves it.
void approve_now(Setting& on, const AuditId& audit) {
    on.ask(OpenAudit{audit});
    on.ask(Finalize{});
    on.become("noor");
    on.ask(OpenAudit{audit});
    const std::vector<ReviewItem> list = on.stage.views().review.list;
    for (const ReviewItem& item : list) on.ask(TickReviewItem{item.item, true});
    on.ask(ApproveAudit{""});
    REQUIRE(on.stage.views().review.header.state == AuditState::approved);
}

}  // namespace

TEST_CASE("the index of each unit is shown with its reports", "[stage][reports]") {
    Setting on;
    on.found();
    on.ask(GoTo{Place::reports});
    CHECK(on.stage.views().reports.units.empty());
    on.become("amina");
    const AuditId audit = test::want(on.stage.desk()->start_audit(FormId{"grpa_main"}, ""));
    {
        Filling filling = test::want(on.stage.desk()->open_audit(audit));
        const auto script =
            test::want(read_script(assets::find("samples/grpa_main.tsv").value_or("")));
        for (const ScriptStep& step : script) test::want(filling.take(step));
    }
    on.ask(GoTo{Place::reports});
    CHECK(on.stage.views().reports.units.empty());
    approve_now(on, audit);
    const std::string told = on.stage.views().frame.message.text;
    CHECK(told.find("amina") != std::string::npos);
    CHECK(told.find(test::want(on.stage.desk()->audit(audit)).unit) != std::string::npos);

    on.ask(GoTo{Place::reports});
    const auto& units = on.stage.views().reports.units;
    REQUIRE(units.size() == 1);
    CHECK(units[0].unit == test::want(on.stage.desk()->audit(audit)).unit);
    REQUIRE(units[0].verified.has_value());
    CHECK(*units[0].verified <= units[0].declared.value_or(0));
    on.become("amina");
    on.ask(GoTo{Place::reports});
    CHECK(on.stage.views().reports.units.empty());
}

TEST_CASE("where no approved audit names an agency, nothing counts as written",
          "[stage][reports]") {
    Setting on;
    on.found();
    on.ask(GoTo{Place::reports});
    for (const ReportChoice& report : on.stage.views().reports.reports) {
        CHECK_FALSE(report.ready);
        CHECK(report.reasons.size() == 1);
    }
    on.become("amina");
    const AuditId audit = on.small();
    on.ask(Answer{"/data/place", "North gate"});
    approve_now(on, audit);
    on.ask(GoTo{Place::reports});
    on.ask(MakeReport{"scorecard", "team"});
    CHECK(on.stage.views().reports.made.empty());
    CHECK(on.stage.views().frame.message.tone == Tone::warning);
    on.ask(MakeReport{"csv", "team"});
    CHECK(on.stage.views().frame.message.tone == Tone::good);
}

}  // namespace bordereau::app
