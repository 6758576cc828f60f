#include "app/audit/checks.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "tests/app/audit/samples.h"

namespace bordereau::audit {
namespace {

using test::answer;

std::vector<int> fired(const Record& audit, const Surroundings& around = {}) {
    std::vector<int> numbers;
    for (const Notice& notice : consistency_notices(audit, around)) numbers.push_back(notice.check);
    return numbers;
}

bool fires(int check, const Record& audit, const Surroundings& around = {}) {
    const auto numbers = fired(audit, around);
    return std::ranges::find(numbers, check) != numbers.end();
}

/// The sample with nothing left to say: evidence for every high answer, findings for every gap.
Record quiet() {
    Record audit = test::sample_audit();
    audit.repeats["k_item"][0].values["k_items"] = "b2 c5c d5";
    audit.repeats["g_item"][1].values["g_official"] = "2b";
    return audit;
}

}  // namespace

TEST_CASE("the worked sample fires X14 for both gaps and X15 for two answers", "[checks]") {
    Record audit = test::sample_audit();
    audit.repeats.erase("l_item");
    audit.repeats.erase("g_item");
    const auto notices = consistency_notices(audit);
    REQUIRE(notices.size() == 2);
    CHECK(notices[0].check == 14);
    CHECK(notices[0].items == std::vector<std::string>{"d6", "e13"});
    CHECK(notices[1].check == 15);
    CHECK(notices[1].items == std::vector<std::string>{"c5c", "d5"});
}

TEST_CASE("findings of the right section and priority answer critical gaps", "[checks]") {
    Record audit = quiet();
    CHECK(fired(audit).empty());
    audit.repeats["l_item"][0].values["l_prio"] = "medium";
    CHECK(fired(audit) == std::vector<int>{14});
}

TEST_CASE("each check fires when its answers do not fit together", "[checks]") {
    Record audit = quiet();
    SECTION("X1: a formalised meaning that is explained orally only") {
        answer(audit, "b_where", "oral");
        CHECK(fires(1, audit));
    }
    SECTION("X2: an applied definition that few can explain") {
        answer(audit, "b1", "3");
        CHECK(fires(2, audit));
        answer(audit, "c4_ok", "6");
        CHECK_FALSE(fires(2, audit));
    }
    SECTION("X3 and X4: every search by the same sex, against the figures") {
        answer(audit, "e7", "yes");
        CHECK(fires(3, audit));
        CHECK(fires(4, audit));
        answer(audit, "e_sr_same", "83");
        answer(audit, "e_sh_w", "90");
        CHECK_FALSE(fires(3, audit));
        CHECK_FALSE(fires(4, audit));
    }
    SECTION("X5 and X6: answers against an approved walk-through of the same unit") {
        answer(audit, "d3", "yes");
        answer(audit, "e9", "yes");
        std::vector<Record> walks{test::sample_walk()};
        CHECK(fires(5, audit, {walks, nullptr}));
        CHECK(fires(6, audit, {walks, nullptr}));
        SECTION("but not of another unit") {
            walks[0].header.unit = "elsewhere";
        }
        SECTION("nor after the visit") {
            walks[0].header.first_day = Date{2026, 3, 6};
        }
        SECTION("nor before it is approved") {
            walks[0].header.state = ReviewState::received;
        }
        if (walks[0].header.unit == "elsewhere" || walks[0].header.first_day == Date{2026, 3, 6} ||
            walks[0].header.state != ReviewState::approved)
            CHECK_FALSE(fires(5, audit, {walks, nullptr}));
    }
    SECTION("X7: representation against the list of obstacles, both ways") {
        CHECK_FALSE(fires(7, audit));
        for (auto& row : audit.repeats["d_staff"]) row.values["d_w"] = row.values["d_m"];
        CHECK(fires(7, audit));
        for (auto& row : audit.repeats["d_staff"]) row.values["d_w"] = "1";
        CHECK_FALSE(fires(7, audit));
        answer(audit, "h_present", "aware");
        CHECK(fires(7, audit));
    }
    SECTION("X8: skilled staff, nobody trained") {
        answer(audit, "c3b", "3");
        CHECK_FALSE(fires(8, audit));
        answer(audit, "d_trn_w", "0");
        answer(audit, "d_trn_m", "0");
        CHECK(fires(8, audit));
        answer(audit, "d_trn_m", "");
        CHECK_FALSE(fires(8, audit));
    }
    SECTION("X9: recording rated as applied, many records incomplete") {
        answer(audit, "e_x", "200");
        CHECK(fires(9, audit));
    }
    SECTION("X10: training reaches one sex much more") {
        answer(audit, "d_trn_w", "10");
        answer(audit, "d_trn_m", "10");
        CHECK(fires(10, audit));
        answer(audit, "d_trn_m", "25");
        CHECK_FALSE(fires(10, audit));
    }
    SECTION("X11: selection rates differ by more than a fifth") {
        answer(audit, "d_app_w", "20");
        answer(audit, "d_app_m", "100");
        answer(audit, "d_rec_w", "2");
        answer(audit, "d_rec_m", "20");
        CHECK(fires(11, audit));
        answer(audit, "d_rec_w", "4");
        CHECK_FALSE(fires(11, audit));
        answer(audit, "d_rec_w", "5");
        CHECK_FALSE(fires(11, audit));
        answer(audit, "d_rec_w", "6");
        CHECK(fires(11, audit));
    }
    SECTION("X12: reviewed legislation without a text") {
        answer(audit, "f1", "3");
        CHECK_FALSE(fires(12, audit));
        audit.repeats.erase("f_item");
        CHECK(fires(12, audit));
    }
    SECTION("X13: an official marker code that differs") {
        audit.repeats["g_item"][0].values["g_official"] = "2a";
        CHECK(fires(13, audit));
    }
    SECTION("X16: interview answers without consent") {
        answer(audit, "a_consent", "no");
        CHECK(fires(16, audit));
    }
    SECTION("X17: readiness rated high although nothing agreed was done") {
        Record earlier = test::sample_audit();
        answer(audit, "a_type", "follow_up");
        answer(audit, "i1", "3");
        CHECK_FALSE(fires(17, audit));
        CHECK(fires(17, audit, {{}, &earlier}));
        SECTION("but not where one of it was verified then") {
            earlier.repeats["l_item"][0].values["l_status"] = "verified";
            audit.repeats.erase("l_item");
            CHECK_FALSE(fires(17, audit, {{}, &earlier}));
        }
        SECTION("or is now, listed again") {
            audit.repeats["l_item"][0].values["l_status"] = "verified";
            CHECK_FALSE(fires(17, audit, {{}, &earlier}));
            audit.repeats["l_item"][0].values["l_text"] = "Another one";
            CHECK(fires(17, audit, {{}, &earlier}));
        }
        SECTION("and nothing was to be done where good practice alone was found") {
            earlier.repeats["l_item"].resize(1);
            earlier.repeats["l_item"][0].values["l_status"].clear();
            CHECK_FALSE(fires(17, audit, {{}, &earlier}));
        }
    }
    SECTION("X18: a row that shared outputs will hide") {
        audit.repeats["d_staff"][0].values["d_m"] = "3";
        CHECK(fires(18, audit));
    }
}

}  // namespace bordereau::audit
