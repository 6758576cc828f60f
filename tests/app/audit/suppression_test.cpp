#include "app/audit/suppression.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "tests/app/audit/samples.h"

namespace bordereau::audit {
namespace {

using Band = std::array<std::int64_t, kAgeBands>;
using Kind = PublishedTable::Kind;
using Hidden = std::vector<std::string>;

Served counted_by_age() {
    Served people;
    people.by_age = true;
    return people;
}

CountTable ages(const Band& women, const Band& men) {
    Served people = counted_by_age();
    people.women = women;
    people.men = men;
    return table_of(people);
}

PublishedTable published(const CountTable& table, Audience audience = Audience::public_use) {
    return publish(table, age_ladder(counted_by_age()), kSmall, audience);
}

Hidden hidden_cells(const PublishedTable& table) {
    Hidden cells;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        if (!table.cells[row][kWomen]) cells.push_back(table.rows[row] + " women");
        if (!table.cells[row][kMen]) cells.push_back(table.rows[row] + " men");
    }
    return cells;
}

struct Vector {
    Band women, men;
    Kind kind;
    std::size_t step;
    Hidden hidden;
};

}  // namespace

TEST_CASE("small numbers are hidden or merged as the published examples show", "[suppression]") {
    const auto vector =
        GENERATE(Vector{{4, 9, 21, 96, 7, 3},
                        {3, 11, 34, 178, 12, 5},
                        Kind::categories,
                        0,
                        {"lt1 women", "lt1 men", "au women", "au men"}},
                 Vector{{0, 0, 1, 40, 12, 0}, {0, 6, 9, 52, 8, 0}, Kind::categories, 3, {}},
                 Vector{{1, 0, 2, 6, 0, 0}, {0, 1, 1, 14, 1, 0}, Kind::categories, 3, {}},
                 Vector{{0, 0, 0, 3, 0, 0}, {0, 0, 0, 41, 0, 0}, Kind::total_only, 0, {}},
                 Vector{{0, 2, 0, 0, 0, 0}, {0, 3, 0, 40, 0, 0}, Kind::total_only, 0, {}},
                 Vector{{0, 0, 0, 2, 0, 0}, {0, 0, 0, 1, 0, 0}, Kind::fewer, 0, {}},
                 Vector{{0, 0, 0, 0, 0, 0}, {0, 0, 0, 0, 0, 0}, Kind::nobody, 0, {}});
    const auto audience = GENERATE(Audience::agency, Audience::public_use);
    const PublishedTable out = published(ages(vector.women, vector.men), audience);
    CHECK(out.kind == vector.kind);
    CHECK(out.step == vector.step);
    CHECK(hidden_cells(out) == vector.hidden);
}

TEST_CASE("the team sees every figure", "[suppression]") {
    const PublishedTable out =
        published(ages({0, 0, 0, 3, 0, 0}, {0, 0, 0, 41, 0, 0}), Audience::team);
    CHECK(out.kind == Kind::exact);
    CHECK(out.cells[3][kWomen] == 3);
    CHECK(out.total == 44);
}

TEST_CASE("people of unrecorded sex are in the total and never a column", "[suppression]") {
    CountTable table = ages({5, 9, 21, 96, 7, 6}, {6, 11, 34, 178, 12, 5});
    SECTION("with their number when it is not small") {
        table.unrecorded = 9;
        const PublishedTable out = published(table);
        CHECK(out.total == 399);
        CHECK(out.unrecorded == 9);
    }
    SECTION("without a total that would give a small number away") {
        table.unrecorded = 2;
        const PublishedTable out = published(table);
        CHECK(out.includes_unrecorded);
        CHECK_FALSE(out.total);
        CHECK_FALSE(out.unrecorded);
        CHECK(out.column_totals[kWomen] == 144);
    }
    SECTION("and a total alone includes them") {
        CountTable few = ages({0, 0, 0, 3, 0, 0}, {0, 0, 0, 41, 0, 0});
        few.unrecorded = 2;
        const PublishedTable out = published(few);
        CHECK(out.kind == Kind::total_only);
        CHECK(out.total == 46);
    }
}

TEST_CASE("no hidden cell can be worked out from totals, whatever the figures", "[suppression]") {
    // Many tables with some small counts, and what an outsider could work out from each.
    std::uint32_t state = GENERATE(1u, 22u, 333u, 4444u);
    for (int round = 0; round < 2000; ++round) {
        Band women{}, men{};
        for (std::size_t band = 1; band < 5; ++band) {
            state = state * 1664525u + 1013904223u;
            women[band] = (state >> 16) % 14;
            men[band] = (state >> 24) % 30;
        }
        const PublishedTable out = published(ages(women, men));
        if (out.kind != Kind::categories) continue;
        int full_rows = 0;
        for (std::size_t row = 0; row < out.rows.size(); ++row) {
            const bool hides_women = !out.cells[row][kWomen], hides_men = !out.cells[row][kMen];
            CHECK(hides_women == hides_men);  // else the row total gives it away
            full_rows += hides_women && hides_men;
            for (const auto& cell : out.cells[row]) CHECK((!cell || *cell == 0 || *cell >= kSmall));
            CHECK((out.row_totals[row] == 0 || out.row_totals[row] >= kSmall));
        }
        CHECK(full_rows != 1);  // else a column total gives it away
    }
}

TEST_CASE("staff are merged to command and others before sex alone", "[suppression]") {
    const Record sample = test::sample_audit();
    const CountTable staff = table_of(staffing(sample));
    const PublishedTable out = publish(staff, grade_ladder(staff), kSmall, Audience::public_use);
    CHECK(out.kind == Kind::categories);
    CHECK(out.step == 2);
    CHECK(out.cells[0][kWomen] == 28);
    CHECK(out.cells[0][kMen] == 80);
}

TEST_CASE("people counted by sex alone have a table of one row", "[suppression]") {
    Served people;
    people.total_women = 30;
    people.total_men = GENERATE(60, 3);
    const PublishedTable out =
        publish(table_of(people), age_ladder(people), kSmall, Audience::agency);
    CHECK((people.total_men == 60) == out.sex_only());
    CHECK(out.total == 30 + people.total_men);
}

TEST_CASE("a later table is refused when its difference to an earlier one is small",
          "[suppression]") {
    const CountTable first = ages({0, 10, 20, 90, 10, 0}, {0, 12, 30, 180, 12, 0});
    CHECK_FALSE(may_stand_beside(first, ages({0, 10, 21, 90, 10, 0}, {0, 12, 30, 180, 12, 0}), 5));
    CHECK(may_stand_beside(first, first, 5));
    CHECK(may_stand_beside(first, ages({0, 20, 40, 190, 20, 0}, {0, 22, 60, 380, 22, 0}), 5));
}

TEST_CASE("shares are shown only over enough people", "[suppression]") {
    CHECK(publish_share(1, 6, 10, kSmall, Audience::team) == 16.7);
    CHECK_FALSE(publish_share(1, 6, 10, kSmall, Audience::agency));
    CHECK(publish_share(3, 40, 10, kSmall, Audience::agency) == 7.5);
    CHECK_FALSE(publish_share(3, 40, 10, kSmall, Audience::public_use));
    CHECK_FALSE(publish_share(38, 40, 10, kSmall, Audience::public_use));
    CHECK(publish_share(0, 40, 10, kSmall, Audience::public_use) == 0.0);
    CHECK_FALSE(publish_share(7, 7, kSmall, kSmall, Audience::agency));
    CHECK_FALSE(publish_share(0, 0, 10, kSmall, Audience::team));
    CHECK_FALSE(publish_count(4, kSmall, Audience::agency));
    CHECK(publish_count(5, kSmall, Audience::public_use) == 5);
}

}  // namespace bordereau::audit
