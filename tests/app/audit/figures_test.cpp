// Marker codes, registers, walk-through, training, themes, actions.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "app/audit/actions.h"
#include "app/audit/marker.h"
#include "app/audit/registers.h"
#include "app/audit/themes.h"
#include "app/audit/training.h"
#include "app/audit/walk.h"
#include "tests/app/audit/samples.h"

namespace bordereau::audit {
namespace {

constexpr Date kToday{2026, 4, 1};

}  // namespace

TEST_CASE("the marker-style code follows from what the project document says", "[marker]") {
    const auto [na, s1, s2, s3, principal, code] = GENERATE(
        table<const char*, const char*, const char*, const char*, const char*, const char*>(
            {{"yes", "", "", "", "", "N/A"},
             {"no", "yes", "yes", "yes", "yes", "2b"},
             {"no", "yes", "yes", "yes", "no", "2a"},
             {"no", "yes", "yes", "yes", "", ""},
             {"no", "yes", "partly", "no", "", "1"},
             {"no", "partly", "partly", "partly", "", "1"},
             {"no", "no", "no", "no", "", "0"},
             {"no", "yes", "yes", "", "", ""}}));
    const Answers project{
        {{"g_na", na}, {"g_s1", s1}, {"g_s2", s2}, {"g_s3", s3}, {"g_principal", principal}}};
    CAPTURE(na, s1, s2, s3, principal);
    CHECK(marker_code(project) == code);
}

TEST_CASE("an official code differs only when there are two codes to compare", "[marker]") {
    CHECK(marker_differs("2a", "2b") == true);
    CHECK(marker_differs("2a", "2a") == false);
    CHECK(marker_differs("N/A", "NA") == false);
    CHECK_FALSE(marker_differs("2a", "none"));
    CHECK_FALSE(marker_differs("", "2a"));
    CHECK(un_scale("2b") == 3);
    CHECK(oecd_scale("2b") == 2);
    CHECK_FALSE(oecd_scale("1"));
    CHECK_FALSE(un_scale("N/A"));
}

TEST_CASE("a portfolio counts each project once and leaves N/A out of its shares", "[marker]") {
    Record audit = test::sample_audit();
    audit.repeats["g_item"].push_back({{{"g_title", "Third"}, {"g_na", "yes"}}});
    audit.repeats["g_item"].push_back({{{"g_title", "Fourth"}, {"g_na", "no"}}});
    const Record again = test::sample_audit();
    const std::vector<const Record*> audits{&audit, &again};
    const Portfolio all = portfolio(audits);
    CHECK(all.coded == 2);
    CHECK(all.codes[1].projects == 1);
    CHECK(all.codes[3].projects == 1);
    CHECK(all.codes[1].money == 1'200'000);
    CHECK(all.money == 1'500'000);
    CHECK(all.not_applicable == 1);
    CHECK(all.without_code == std::vector<std::string>{"Fourth"});
    CHECK(all.differing.size() == 1);
}

TEST_CASE("a text is complete when its original can be read by the receiving side", "[registers]") {
    LegalText text;
    text.kind = "law";
    text.status = "force";
    text.language = "sq";
    SECTION("planned texts are forthcoming") {
        text.status = "planned";
        CHECK(complete(text));
        CHECK(forthcoming(text));
    }
    SECTION("a practice may be described only") {
        text.kind = "practice";
        CHECK(complete(text));
        text.original = "a.pdf";
        CHECK(missing_from(text) == Missing::translation);
    }
    SECTION("without the original it is not") {
        CHECK(missing_from(text) == Missing::original);
    }
    SECTION("an official UN language needs no translation") {
        text.original = "a.pdf";
        text.language = GENERATE("ar", "zh", "en", "fr", "ru", "es");
        CHECK(complete(text));
    }
    SECTION("another language needs one") {
        text.original = "a.pdf";
        CHECK(missing_from(text) == Missing::translation);
        text.translation = "b.pdf";
        CHECK(complete(text));
    }
}

TEST_CASE("entries of audits join the register, the later audit winning", "[registers]") {
    Record first = test::sample_audit(), second = test::sample_audit();
    first.header.approved_at = 2;
    second.header.approved_at = 1;
    second.repeats["f_item"][0].values["f_sum"] = "older";
    LegalText seed;
    seed.country = "ALB";
    seed.title = "Migration management strategy of Albania";
    const std::vector<LegalText> registered{seed};
    const std::vector<Record> audits{first, second};
    const auto all = merged(registered, audits);
    REQUIRE(all.size() == 3);
    CHECK(all[0].title == seed.title);
    CHECK(all[1].summary.starts_with("Article 7"));
    CHECK(all[1].audience == Audience::agency);  // a standing order is not published
}

TEST_CASE("files of the annex have speaking names", "[registers]") {
    const auto texts = legal_texts_of(test::sample_audit());
    CHECK(annex_name(texts[0], "sq", texts[0].original) ==
          "ALB_2024_standard-procedure-for-searches-of-the-p_sq.pdf");
}

TEST_CASE("profile figures age by the last day their date can mean", "[registers]") {
    const auto [as_of, old] = GENERATE(table<const char*, bool>({{"2018", true},
                                                                 {"2024", false},
                                                                 {"2024-03", true},
                                                                 {"2024-04", false},
                                                                 {"2024-03-31", true},
                                                                 {"2024-04-01", false},
                                                                 {"", true},
                                                                 {"spring", true}}));
    CAPTURE(as_of);
    CHECK(outdated({"staff", "11000", "persons", as_of, ""}, kToday) == old);
}

TEST_CASE("months before a day stay inside the month", "[registers]") {
    CHECK(months_before({2026, 3, 31}, 1) == Date{2026, 2, 28});
    CHECK(months_before({2026, 1, 15}, 24) == Date{2024, 1, 15});
    CHECK(months_before({2026, 1, 15}, 1) == Date{2025, 12, 15});
}

TEST_CASE("a walk-through gives a percentage when enough was seen", "[walk]") {
    Record walk = test::sample_walk();
    const WalkScore seen = walk_score(walk);
    CHECK(seen.answered == 19);
    CHECK(seen.coverage == 0.95);
    CHECK(seen.percent == 50);
    CHECK(seen.critical_gaps == std::vector<std::string_view>{"w13"});
    for (const auto item : {"w1", "w2", "w3", "w4", "w5"}) test::answer(walk, item, "ns");
    CHECK(walk_score(walk).coverage == 0.7);
    CHECK(walk_score(walk).percent);
    test::answer(walk, "w6", "ns");
    CHECK_FALSE(walk_score(walk).percent);
}

TEST_CASE("training is counted in people and hours, gains only from five", "[training]") {
    Record session = test::sample_training();
    const TrainingFigures figures = training_figures(session);
    CHECK(figures.women == 9);
    CHECK(figures.men == 16);
    CHECK(figures.person_hours == 450.0);
    CHECK(training_gain(session).women == 27.5);
    test::answer(session, "t_don_w", "4");
    CHECK_FALSE(training_gain(session).women);
    CHECK(training_gain(session).men == 25.5);
    const std::vector<const Record*> sessions{&session, &session};
    CHECK(training_figures(sessions).participants() == 50);
}

TEST_CASE("the five named obstacles are listed first, also when nobody named them", "[themes]") {
    const Record audit = test::sample_audit();
    const std::vector<const Record*> audits{&audit};
    const auto all = obstacles(audits);
    REQUIRE(all.size() == 6);
    CHECK(all[0].code == "repr");
    CHECK(all[2].code == "stereo");
    CHECK(all[2].audits == 0);
    CHECK_FALSE(all[2].severity);
    CHECK(all[0].severity == 3);
    CHECK(all[0].trend() == 1);
    CHECK(all[5].code == "money");
    CHECK(all[5].at_level(0) == 1);
}

TEST_CASE("incentives tell the earliest date still to come", "[themes]") {
    const Record audit = test::sample_audit();
    const std::vector<const Record*> audits{&audit};
    const auto all = incentives(audits, {2026, 7, 1});
    REQUIRE(all.size() == 4);
    CHECK(all[0].strength == 3);
    CHECK(origin_of("domestic") == Origin::inside);
    CHECK(origin_of("integration") == Origin::outside);
    CHECK(origin_of("other") == Origin::other);
    for (const IncentiveFigures& incentive : all)
        CHECK((incentive.code == "political" ? incentive.next_date == Date{2026, 11, 15}
                                             : !incentive.next_date));
}

TEST_CASE("support is missing where no ongoing partner gives it", "[themes]") {
    const Record audit = test::sample_audit();
    const std::vector<const Record*> audits{&audit};
    CHECK(support(audits).missing == std::vector<std::string>{"monitor", "ta_exchange"});
    CHECK(support(audits).partners.size() == 3);
}

TEST_CASE("the median of an even count lies between the two in the middle", "[themes]") {
    CHECK(median({3, 1, 2}) == 2);
    CHECK(median({4, 1, 2, 3}) == 2.5);
    CHECK_FALSE(median({}));
}

TEST_CASE("actions close by verification; good practice is none", "[actions]") {
    Record audit = test::sample_audit();
    audit.repeats["l_item"][0].values["l_status"] = "verified";
    auto all = findings(audit);
    const Closure state = closure(all, kToday);
    CHECK(state.actions == 3);
    CHECK(state.verified == 1);
    CHECK(state.open == 2);
    CHECK(state.overdue == 1);
    CHECK(state.rate() == 33);
    sort_by_urgency(all);
    CHECK(all.front().priority == "immediate");
    CHECK(all.back().kind == "good");
    CHECK_FALSE(Closure{}.rate());
}

}  // namespace bordereau::audit
