// What was recorded while a laptop's clock ran ahead.
#include <catch2/catch_test_macros.hpp>

#include "storage/answers.h"
#include "storage/audits.h"
#include "storage/journal/log.h"
#include "tests/support/notebooks.h"

namespace bordereau::storage {
namespace {

using test::want;

constexpr Millis kThreeYears = Millis{3} * 365 * 24 * 3600 * 1000;

/// Two laptops of one team, whose clocks are right again; the first one's was not.
struct Desks {
    explicit Desks(const std::filesystem::path& folder)
        : one(test::new_notebook(folder / "one", 1, clock)),
          two(test::new_notebook(folder / "two", 2, clock)) {
        test::admit(one, two);
        want(one.journal().seal_all());
        test::hand_over(one, two);
    }

    test::TestClock clock;
    Notebook one, two;
};

Millis latest_of(Notebook& notebook) {
    return want(sqlite::one_number(
               notebook.database().query("SELECT max(changed_at) FROM audit"))) >>
           16;
}

std::string answer_of(Notebook& notebook, const AuditId& audit, std::string_view path) {
    for (const RecordedAnswer& answer : want(Answers{notebook}.load(audit)))
        if (answer.path == path) return answer.value.value_or("");
    return {};
}

bool all_in(const std::vector<Receipt>& receipts) {
    for (const Receipt& receipt : receipts)
        if (receipt.fault || receipt.reception == Reception::waiting) return false;
    return !receipts.empty();
}

}  // namespace

TEST_CASE("what was recorded with a clock years ahead is dated anew once the clock is right",
          "[journal][clock]") {
    const test::TemporaryFolder folder;
    Desks desks{folder.path()};
    const AuditId before = test::draft_with_answers(desks.one, 3);
    *desks.clock.now += kThreeYears;
    want(Answers{desks.one}.record(before, "/f/q1", "a first word"));
    want(Answers{desks.one}.record(before, "/f/q1", "a last word"));
    const AuditId finished = test::draft_with_answers(desks.one, 5);
    want(Audits{desks.one}.finalize(finished));
    *desks.clock.now -= kThreeYears;
    const Millis limit = *desks.clock.now + kMostAhead;
    REQUIRE(latest_of(desks.one) > limit);

    CHECK(want(desks.one.journal().date_anew()) > 5);
    CHECK(latest_of(desks.one) <= limit);
    CHECK_FALSE(want(desks.one.journal().verify()));
    CHECK_FALSE(want(desks.one.journal().verify_folds()));
    CHECK(answer_of(desks.one, before, "/f/q1") == "a last word");
    CHECK(want(Answers{desks.one}.conflicts(before)).empty());
    CHECK(want(desks.one.journal().date_anew()) == 0);

    want(Answers{desks.one}.record(before, "/f/q1", "a word of today"));
    want(Audits{desks.one}.finalize(before));
    want(desks.one.journal().seal_finished());
    CHECK(all_in(test::hand_over(desks.one, desks.two)));
    CHECK(answer_of(desks.two, before, "/f/q1") == "a word of today");
    CHECK(want(Answers{desks.two}.conflicts(before)).empty());
    CHECK(want(Answers{desks.two}.load(finished)).size() == 5);
}

TEST_CASE("a round dates anew what a clock that was ahead left unsealed", "[journal][clock]") {
    const test::TemporaryFolder folder;
    Desks desks{folder.path()};
    *desks.clock.now += kThreeYears;
    const AuditId audit = test::draft_with_answers(desks.one, 5);
    want(Audits{desks.one}.finalize(audit));
    *desks.clock.now -= kThreeYears;
    want(desks.one.journal().seal_finished());
    CHECK(all_in(test::hand_over(desks.one, desks.two)));
}

TEST_CASE("what follows something sealed ahead keeps its time, and so its order",
          "[journal][clock]") {
    const test::TemporaryFolder folder;
    Desks desks{folder.path()};
    *desks.clock.now += kThreeYears;
    const AuditId audit = test::draft_with_answers(desks.one, 5);
    test::finalize_and_seal(desks.one, audit);
    const AuditId later = test::draft_with_answers(desks.one, 5);
    *desks.clock.now -= kThreeYears;
    CHECK(want(desks.one.journal().date_anew()) == 0);
    CHECK(want(Answers{desks.one}.load(later)).size() == 5);
}

TEST_CASE("a clock that is a few hours ahead changes nothing", "[journal][clock]") {
    const test::TemporaryFolder folder;
    Desks desks{folder.path()};
    *desks.clock.now += kMostAhead / 2;
    test::draft_with_answers(desks.one, 5);
    *desks.clock.now -= kMostAhead / 2;
    CHECK(want(desks.one.journal().date_anew()) == 0);
}

}  // namespace bordereau::storage
