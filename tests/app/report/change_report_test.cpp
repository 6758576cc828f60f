#include "app/report/change_report.h"

#include <catch2/catch_test_macros.hpp>

#include "app/report/markdown.h"
#include "tests/app/audit/samples.h"
#include "tests/app/report/approvals.h"
#include "tests/app/report/english.h"

namespace bordereau::report {
namespace {

audit::Record follow_up() {
    audit::Record now = test::sample_audit();
    now.header.first_day = Date{2027, 3, 1};
    now.header.last_day = Date{2027, 3, 4};
    now.header.code = "GRPA-ALB-2b3c4d5e";
    test::answer(now, "e9", "yes");
    test::answer(now, "e13", "3");
    test::answer(now, "e_sh_w", "63");
    now.repeats["k_item"][2].values["k_items"] = "e13";
    return now;
}

Release release_for(Audience audience) {
    return {"9", "", {2027, 4, 1}, audience};
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != text.npos;
}

}  // namespace

TEST_CASE("the change report of the worked sample reads as approved", "[report]") {
    audit::Record then = test::sample_audit();
    then.repeats["l_item"][0].values["l_status"] = "verified";
    test::approve(
        "change_agency.md",
        to_markdown(change_report(then, follow_up(), release_for(Audience::agency), english())));
}

TEST_CASE("audits of different units are not compared", "[report]") {
    audit::Record other = follow_up();
    other.header.unit = "alb_demo_port";
    const std::string text = to_markdown(
        change_report(test::sample_audit(), other, release_for(Audience::agency), english()));
    CHECK(has(text, "No change is calculated"));
    CHECK_FALSE(has(text, "+0.5"));
    CHECK(has(text, "Actions agreed then"));
}

TEST_CASE("the public change report names no unit and shows no share of people", "[report]") {
    const std::string text = to_markdown(change_report(
        test::sample_audit(), follow_up(), release_for(Audience::public_use), english()));
    CHECK_FALSE(has(text, "Post A"));
    CHECK_FALSE(has(text, "52.2"));
    CHECK_FALSE(has(text, "sealed box"));
}

}  // namespace bordereau::report
