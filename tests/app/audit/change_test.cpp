// Two audits of a unit, and the units of an agency.
#include "app/audit/change.h"

#include <catch2/catch_test_macros.hpp>

#include "app/audit/agency.h"
#include "tests/app/audit/samples.h"

namespace bordereau::audit {
namespace {

using test::answer;
constexpr std::size_t kP1 = 0, kP7 = 6, kP9 = 8;
constexpr Date kToday{2026, 4, 1};

Record unit(const std::string& code, const std::string& name) {
    Record record = test::sample_audit();
    record.header.unit = code;
    record.header.unit_name = name;
    return record;
}

}  // namespace

TEST_CASE("change is measured item by item on verified answers", "[change]") {
    const Record then = test::sample_audit();
    Record now = then;
    answer(now, "e9", "yes");  // no accepted evidence: counts 2
    answer(now, "e13", "3");
    now.repeats["k_item"][2].values["k_items"] = "e11 e13";

    const Change change = compare(then, now, kToday);
    REQUIRE(change.comparable);
    CHECK(change.dimensions[kP9].matched == 11);
    CHECK(change.dimensions[kP9].applicable == 12);
    CHECK(change.dimensions[kP9].delta == 0.31);  // 4 over 11 answers and 2 figures
    CHECK(change.dimensions[kP9].verdict == Verdict::no_clear_change);
    CHECK(change.dimensions[kP7].delta == 0.0);
    CHECK(change.movement.up == 2);
    CHECK(change.movement.down == 0);
    CHECK(change.movement.counts[0][2] == 1);
    CHECK(change.movement.counts[1][3] == 1);
}

TEST_CASE("half a level is a clear change, in either direction", "[change]") {
    Record low = test::sample_audit();
    Record high = low;
    answer(low, "b4", "0");
    answer(high, "b4", "2");
    const Change up = compare(low, high, kToday), down = compare(high, low, kToday);
    CHECK(up.dimensions[kP1].delta == 0.5);
    CHECK(up.dimensions[kP1].verdict == Verdict::improved);
    CHECK(down.dimensions[kP1].verdict == Verdict::declined);
}

TEST_CASE("items that came or went do not pass for change", "[change]") {
    const Record then = test::sample_audit();
    Record now = then;
    answer(now, "b1", "na");
    answer(now, "b2", "dk");
    const Change change = compare(then, now, kToday);
    CHECK(change.dimensions[kP1].delta == 0.0);
    CHECK(change.dimensions[kP1].verdict == Verdict::not_comparable);
    CHECK(change.movement.no_longer_applicable == 1);
    CHECK(compare(now, then, kToday).movement.newly_answered == 2);
}

TEST_CASE("proof that came or went without a change of answer is listed apart", "[change]") {
    const Record then = test::sample_audit();
    Record now = then;
    now.review.accepted_evidence.erase(2);
    CHECK(compare(then, now, kToday).proof_changed == std::vector<std::string_view>{"e11"});
}

TEST_CASE("shares of people are compared only over ten or more", "[change]") {
    const Record then = test::sample_audit();
    Record now = then;
    answer(now, "e_sh_w", "63");
    Change change = compare(then, now, kToday);
    REQUIRE(change.shares.size() == 4);
    CHECK(change.shares[3].name == "shifts");
    CHECK(change.shares[3].then == 52.2);
    CHECK(change.shares[3].now == 70.0);
    CHECK(change.shares[3].points == 17.8);
    answer(now, "e_sh_tot", "9");
    answer(now, "e_sh_w", "9");
    change = compare(then, now, kToday);
    CHECK(change.shares.size() == 3);
}

TEST_CASE("another unit or major version of the instrument is not compared", "[change]") {
    const Record then = test::sample_audit();
    Record now = then;
    SECTION("major") {
        now.header.version = "2027.1";
    }
    SECTION("unit") {
        now.header.unit = "alb_demo_port";
    }
    CHECK_FALSE(compare(then, now, kToday).comparable);
    CHECK(compare(then, now, kToday).agreed.size() == 3);
    now = then;
    now.header.version = "2026.2";
    CHECK(compare(then, now, kToday).comparable);
}

TEST_CASE("the latest approved audit of each unit counts, for 24 months", "[agency]") {
    std::vector<Record> records{unit("b", "Beta"), unit("a", "Alpha"), unit("a", "Alpha")};
    records[2].header.approved_at = 5;
    records.push_back(unit("c", "Gamma"));
    records[3].header.state = ReviewState::received;
    records.push_back(unit("d", "Delta"));
    records[4].header.last_day = Date{2024, 3, 31};
    const auto current = current_audits(records, {"alb_demo_bg", "", kToday});
    REQUIRE(current.size() == 2);
    CHECK(current[0] == &records[2]);
    CHECK(current[1] == &records[0]);
    CHECK(current_audits(records, {"other", "", kToday}).empty());
}

TEST_CASE("a thematic audit counts only with eight rated dimensions", "[agency]") {
    std::vector<Record> records{unit("a", "Alpha")};
    answer(records[0], "a_type", "thematic");
    CHECK(current_audits(records, {"", "", kToday}).size() == 1);
    for (const auto item : {"c1a", "c1b", "c1c", "c2a", "c2b", "c2c", "c3a", "c3b", "c3c"})
        answer(records[0], item, "na");
    CHECK(current_audits(records, {"", "", kToday}).empty());
}

TEST_CASE("an agency is the mean of its units and shows a spread from three on", "[agency]") {
    std::vector<Record> records{unit("a", "A"), unit("b", "B"), unit("c", "C")};
    answer(records[1], "b1", "0");
    answer(records[2], "b1", "1");
    std::vector<const Record*> units{&records[0], &records[1]};
    const AgencyScore two = agency_score(units);
    CHECK(two.dimensions[kP1].verified == 1.75);
    CHECK_FALSE(two.dimensions[kP1].least);
    CHECK(two.verified_index == 43);
    units.push_back(&records[2]);
    const AgencyScore three = agency_score(units);
    CHECK(three.dimensions[kP1].verified == 1.75);
    CHECK(three.dimensions[kP1].least == 1.5);
    CHECK(three.dimensions[kP1].most == 2.0);
    CHECK(three.met.rated == 30);
    CHECK(three.staff_side == 1.46);
    CHECK(three.service_side == 2.23);
    CHECK(three.readiness == 2.0);
}

TEST_CASE("weighting by staff follows the bigger unit", "[agency]") {
    std::vector<Record> records{unit("a", "A"), unit("b", "B")};
    answer(records[1], "b1", "0");
    records[1].repeats["d_staff"].resize(1);
    records[1].repeats["d_staff"][0].values["d_w"] = "6";
    records[1].repeats["d_staff"][0].values["d_m"] = "6";
    const std::vector<const Record*> units{&records[0], &records[1]};
    CHECK(agency_score(units, Weighting::by_staff).dimensions[kP1].verified == 1.95);
}

}  // namespace bordereau::audit
