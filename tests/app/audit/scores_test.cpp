#include "app/audit/scores.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/app/audit/samples.h"

namespace bordereau::audit {
namespace {

using test::answer;

constexpr std::size_t kP1 = 0, kP4 = 3, kP5 = 4, kP6 = 5, kP7 = 6, kP8 = 7, kP9 = 8;

struct Row {
    const char* code;
    double coverage, mean, low, high;
    int level;
    double verified;
    int verified_level;
};

}  // namespace

TEST_CASE("the worked sample gives the published figures for every dimension", "[scores]") {
    const auto row = GENERATE(Row{"P1", 1.00, 2.00, 2.00, 2.00, 2, 2.00, 2},
                              Row{"P2", 1.00, 1.33, 1.33, 1.33, 1, 1.33, 1},
                              Row{"P3", 1.00, 1.33, 1.33, 1.33, 1, 1.33, 1},
                              Row{"P4", 1.00, 1.67, 1.67, 1.67, 2, 1.67, 2},
                              Row{"P5", 1.00, 1.67, 1.67, 1.67, 2, 1.67, 2},
                              Row{"P6", 1.00, 2.00, 2.00, 2.00, 2, 1.67, 2},
                              Row{"P7", 1.00, 1.59, 1.59, 1.59, 2, 1.46, 1},
                              Row{"P8", 1.00, 2.63, 2.63, 2.63, 3, 2.63, 3},
                              Row{"P9", 0.92, 1.82, 1.69, 1.98, 2, 1.82, 2},
                              Row{"P10", 1.00, 1.67, 1.67, 1.67, 2, 1.67, 2});
    CAPTURE(row.code);
    const AuditScore scored = score(test::sample_audit());
    const auto at = static_cast<std::size_t>(std::stoi(row.code + 1) - 1);
    REQUIRE(dimensions()[at].code == row.code);
    const DimensionScore &declared = scored.declared[at], &verified = scored.verified[at];

    CHECK(declared.rating == Rating::rated);
    CHECK(declared.coverage == row.coverage);
    CHECK(declared.mean == row.mean);
    CHECK(declared.low == row.low);
    CHECK(declared.high == row.high);
    CHECK(declared.level == row.level);
    CHECK(verified.mean == row.verified);
    CHECK(verified.level == row.verified_level);
}

TEST_CASE("the worked sample has index 44 declared, 43 verified and two critical gaps",
          "[scores]") {
    const AuditScore scored = score(test::sample_audit());
    CHECK(scored.declared_index == 44);
    CHECK(scored.verified_index == 43);
    CHECK(scored.rated == 10);
    CHECK(scored.critical_gaps == std::vector<std::string_view>{"d6", "e13"});
    CHECK(scored.open_critical.empty());
    CHECK(scored.computed.understanding == 1.67);
    CHECK(scored.computed.representation == 1.7);
    CHECK(scored.computed.counting == 3.9);
    CHECK(scored.computed.searches == 3.57);
    CHECK(scored.computed.shifts == 2.09);
}

TEST_CASE("an answer has a value only when it judges something", "[scores]") {
    const auto [text, value] = GENERATE(table<const char*, std::optional<int>>({{"0", 0},
                                                                                {"4", 4},
                                                                                {"yes", 4},
                                                                                {"partly", 2},
                                                                                {"no", 0},
                                                                                {"na", {}},
                                                                                {"dk", {}},
                                                                                {"", {}},
                                                                                {"5", {}},
                                                                                {"-1", {}},
                                                                                {"03", {}}}));
    CAPTURE(text);
    CHECK(value_of(text) == value);
}

TEST_CASE("a dimension whose answers are all not applicable leaves the index", "[scores]") {
    Record record = test::sample_audit();
    for (const auto item : {"c3a", "c3b", "c3c"}) answer(record, item, "na");
    const AuditScore scored = score(record);
    CHECK(scored.declared[kP4].rating == Rating::not_applicable);
    CHECK_FALSE(scored.declared[kP4].coverage);
    CHECK_FALSE(scored.declared[kP4].level);
    CHECK(scored.rated == 9);
    CHECK(scored.declared_index == 45);  // 16.04 over nine
}

TEST_CASE("an answer hidden by skip logic counts neither for coverage nor for the mean",
          "[scores]") {
    Record record = test::sample_audit();
    answer(record, "b_instr", "none");
    test::hide(record, "b4");
    const DimensionScore p1 = score(record).declared[kP1];
    CHECK(p1.applicable == 3);
    CHECK(p1.coverage == 1.0);
    CHECK(p1.mean == 2.33);
}

TEST_CASE("an answer that could not be established lowers coverage and widens the bounds",
          "[scores]") {
    const auto text = GENERATE("dk", "");
    Record record = test::sample_audit();
    answer(record, "b4", text);
    const DimensionScore p1 = score(record).declared[kP1];
    CHECK(p1.mean == 2.33);
    CHECK(p1.low == 1.75);
    CHECK(p1.high == 2.75);
    SECTION("and coverage of exactly 0.75 is still rated") {
        CHECK(p1.coverage == 0.75);
        CHECK(p1.rating == Rating::rated);
        CHECK(p1.level == 2);
    }
    SECTION("but less is not") {
        answer(record, "b3", "dk");
        const DimensionScore less = score(record).declared[kP1];
        CHECK(less.rating == Rating::insufficient);
        CHECK(less.mean == 2.5);
        CHECK_FALSE(less.level);
    }
}

TEST_CASE("a dimension with computed items only is insufficient and keeps its mean", "[scores]") {
    Record record = test::sample_audit();
    answer(record, "e1", "dk");
    answer(record, "e2", "dk");
    const DimensionScore p8 = score(record).declared[kP8];
    CHECK(p8.rating == Rating::insufficient);
    CHECK(p8.coverage == 0.0);
    CHECK(p8.mean == 3.9);
    CHECK_FALSE(p8.level);
}

TEST_CASE("with fewer than eight rated dimensions there is no index but scores remain",
          "[scores]") {
    Record record = test::sample_audit();
    for (const auto item : {"c1a", "c1b", "c1c", "c2a", "c2b", "c2c"}) answer(record, item, "na");
    CHECK(score(record).declared_index);
    for (const auto item : {"c3a", "c3b", "c3c"}) answer(record, item, "na");
    const AuditScore scored = score(record);
    CHECK(scored.rated == 7);
    CHECK_FALSE(scored.declared_index);
    CHECK_FALSE(scored.verified_index);
    CHECK(scored.declared[kP6].level == 2);
}

TEST_CASE("a critical gap caps the level of its dimension at 2", "[scores]") {
    Record record = test::sample_audit();
    for (const auto item : {"e3", "e5", "e6", "e8", "e10", "e11", "e12", "e15"})
        answer(record, item, "4");
    for (const auto item : {"e9", "e14"}) answer(record, item, "yes");
    answer(record, "e4", "4");
    answer(record, "e7", "yes");

    SECTION("once, with both named, when there are two") {
        answer(record, "e13", "1");
        answer(record, "e7", "no");
        const AuditScore scored = score(record);
        CHECK(*scored.declared[kP9].mean >= 3.0);
        CHECK(scored.declared[kP9].level == 2);
        CHECK(scored.critical_gaps == std::vector<std::string_view>{"d6", "e7", "e13"});
    }
    SECTION("but not when it does not apply") {
        answer(record, "e13", "na");
        CHECK(score(record).declared[kP9].level == 4);
    }
    SECTION("nor when it could not be established; then it is an open question") {
        answer(record, "e13", "dk");
        const AuditScore scored = score(record);
        CHECK(scored.declared[kP9].level == 4);
        CHECK(scored.open_critical == std::vector<std::string_view>{"e13"});
    }
}

TEST_CASE("half a level goes up", "[scores]") {
    const auto [mean, level] = GENERATE(table<double, int>({{0.0, 0},
                                                            {0.49, 0},
                                                            {0.5, 1},
                                                            {1.49, 1},
                                                            {1.5, 2},
                                                            {2.5, 3},
                                                            {3.49, 3},
                                                            {3.5, 4},
                                                            {4.0, 4}}));
    CAPTURE(mean);
    CHECK(level_of(mean) == level);
}

TEST_CASE("a team of one sex scores 0 in representation, a small team nothing", "[scores]") {
    Record record = test::sample_audit();
    auto& rows = record.repeats["d_staff"];
    for (auto& row : rows) row.values["d_w"] = "0";
    CHECK(computed_items(record).representation == 0.0);
    rows.resize(1);
    rows[0].values["d_w"] = "4";
    CHECK_FALSE(computed_items(record).representation);
}

TEST_CASE("representation leaves a command of fewer than five out", "[scores]") {
    Record record = test::sample_audit();
    record.repeats["d_staff"][0].values["d_m"] = "3";
    CHECK(computed_items(record).representation == 2.11);  // 8 x 28 / 106
}

TEST_CASE("counting scores completeness, not numbers", "[scores]") {
    Record record = test::sample_audit();
    SECTION("nobody served gives no value") {
        for (auto& [name, text] : record.answers.values)
            if (name.starts_with("e_f_") || name.starts_with("e_m_") || name == "e_x") text = "0";
        CHECK_FALSE(computed_items(record).counting);
    }
    SECTION("not counting, or only in total, gives 0") {
        const auto level = GENERATE("none", "total");
        answer(record, "e_sadd_level", level);
        CHECK(computed_items(record).counting == 0.0);
    }
    SECTION("by sex alone gives at most half") {
        answer(record, "e_sadd_level", "sex");
        answer(record, "e_f_only", "30");
        answer(record, "e_m_only", "60");
        answer(record, "e_x", "10");
        CHECK(computed_items(record).counting == 1.8);
    }
}

TEST_CASE("figures below their need have no value", "[scores]") {
    Record record = test::sample_audit();
    SECTION("fewer than five asked") {
        answer(record, "c4_asked", "4");
        answer(record, "c4_ok", "4");
        CHECK_FALSE(computed_items(record).understanding);
        CHECK(score(record).declared[kP5].mean == 1.67);
        CHECK(score(record).declared[kP5].computed == 0);
    }
    SECTION("same-sex searches without totals") {
        answer(record, "e_sr_f", "");
        CHECK_FALSE(computed_items(record).searches);
    }
    SECTION("fewer than five searches") {
        answer(record, "e_sr_f", "1");
        answer(record, "e_sr_m", "3");
        answer(record, "e_sr_same", "4");
        CHECK_FALSE(computed_items(record).searches);
    }
    SECTION("fewer than ten shifts") {
        answer(record, "e_sh_tot", "9");
        CHECK_FALSE(computed_items(record).shifts);
    }
}

TEST_CASE("the verified score drops figures that were not traced", "[scores]") {
    Record record = test::sample_audit();
    record.review.figures_traced = false;
    const AuditScore scored = score(record);
    CHECK(scored.declared[kP8].mean == 2.63);
    CHECK(scored.verified[kP8].mean == 2.0);
    CHECK(scored.verified[kP8].computed == 0);
}

TEST_CASE("evidence rejected after acceptance changes the verified score only", "[scores]") {
    Record record = test::sample_audit();
    record.review.accepted_evidence.erase(1);
    const AuditScore scored = score(record);
    CHECK(scored.declared[kP8].mean == 2.63);
    CHECK(scored.verified[kP8].mean == 2.3);
    CHECK(item_value(record, "e1", Basis::declared) == 3);
    CHECK(item_value(record, "e1", Basis::verified) == 2);
}

TEST_CASE("a yes without accepted evidence verifies as partly", "[scores]") {
    Record record = test::sample_audit();
    answer(record, "e9", "yes");
    CHECK(item_value(record, "e9", Basis::declared) == 4);
    CHECK(item_value(record, "e9", Basis::verified) == 2);
}

TEST_CASE("the staff side and the service side are read apart", "[scores]") {
    const AuditScore scored = score(test::sample_audit());
    CHECK(scored.verified[kP7].mean == 1.46);
    CHECK(service_side(scored.verified) == 2.23);  // of 2.63 and 1.82
    CHECK(share_met(scored.verified).met == 1);
    CHECK(share_met(scored.verified).rated == 10);
}

TEST_CASE("leaves of a form become answers and rows, irrelevant ones stay out", "[record]") {
    const std::vector<Leaf> leaves{{"/f/g/a", "1", true},
                                   {"/f/g/b", "2", false},
                                   {"/f/r[1]/x", "one", true},
                                   {"/f/r[2]/x", "", true},
                                   {"/f/g/s[1]/y", "three", true}};
    const Record record = record_from({}, leaves);
    CHECK(record.answers.asked("a"));
    CHECK_FALSE(record.answers.asked("b"));
    REQUIRE(record.rows("r").size() == 2);
    CHECK(record.rows("r")[0].value("x") == "one");
    CHECK(record.rows("r")[1].asked("x"));
    CHECK_FALSE(record.rows("r")[1].given("x"));
    CHECK(record.rows("s").size() == 1);
    CHECK(record.rows("none").empty());
}

TEST_CASE("the header takes what is missing from the form's own questions", "[record]") {
    const Record record = test::sample_audit();
    CHECK(record.header.code == "GRPA-ALB-1a2b3c4d");
    CHECK(record.header.country == "ALB");
    CHECK(record.header.unit == "alb_demo_road");
    CHECK(record.header.last_day == Date{2026, 3, 5});
    CHECK(test::sample_walk().header.unit == "alb_demo_road");
    CHECK(test::sample_training().header.agency == "alb_demo_bg");
}

}  // namespace bordereau::audit
