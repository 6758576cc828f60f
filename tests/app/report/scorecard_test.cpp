#include "app/report/scorecard.h"

#include <catch2/catch_test_macros.hpp>

#include "app/report/html.h"
#include "app/report/markdown.h"
#include "tests/app/audit/samples.h"
#include "tests/app/report/approvals.h"
#include "tests/app/report/english.h"

namespace bordereau::report {
namespace {

std::vector<audit::Record> sample_records() {
    return {test::sample_audit(), test::sample_walk(), test::sample_training()};
}

Release release_for(Audience audience) {
    return {"7", "", {2026, 4, 1}, audience};
}

std::string markdown_for(Audience audience) {
    return to_markdown(
        scorecard("alb_demo_bg", sample_records(), release_for(audience), english()));
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE("the scorecard of the worked sample reads as approved", "[report]") {
    const auto records = sample_records();
    test::approve("scorecard_team.md", markdown_for(Audience::team));
    test::approve(
        "scorecard_agency.html",
        to_html(scorecard("alb_demo_bg", records, release_for(Audience::agency), english())));
}

TEST_CASE("only the team sees exact numbers of people", "[report]") {
    const std::string team = markdown_for(Audience::team), agency = markdown_for(Audience::agency);
    CHECK(has(team, "not for circulation"));
    CHECK(has(team, "| Command | 1 | 5 | 6 |"));
    CHECK_FALSE(has(agency, "| Command | 1 |"));
    CHECK(has(agency, "| All grades | 28 | 80 | 108 |"));
    CHECK(has(agency, "| Under 1 year | hidden | hidden | 7 |"));
}

TEST_CASE("the public scorecard carries no free text and no name of a unit", "[report]") {
    const std::string page = markdown_for(Audience::public_use);
    CHECK_FALSE(has(page, "shift leader"));
    CHECK_FALSE(has(page, "Post A"));
    CHECK_FALSE(has(page, "Night shift was not visited"));
    CHECK(has(page, "Good practices on record: 1."));
    CHECK(has(page, "GRPA-ALB-1a2b3c4d"));
}

TEST_CASE("an agency without a current audit gets a sentence, not a figure", "[report]") {
    Release late = release_for(Audience::agency);
    late.today = {2029, 1, 1};
    const Document document = scorecard("alb_demo_bg", sample_records(), late, english());
    CHECK(document.blocks.size() == 1);
    CHECK(has(to_markdown(document), "no approved audit"));
}

}  // namespace bordereau::report
