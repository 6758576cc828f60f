// How much is kept of what somebody sends to fill a disk.
#include "storage/journal/evidence.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "storage/changeset_store.h"
#include "tests/support/memory_endpoints.h"
#include "tests/support/notebooks.h"
#include "tests/support/rubbish.h"

namespace bordereau::storage {
namespace {

using test::rubbish;
using test::want;
using Endpoints = test::MemoryEndpoints;

constexpr std::int64_t kBeyond = 7;

/// A team of two, of which one goes on with a copy of its notebook.
struct Crossing {
    test::TemporaryFolder folder;
    test::TestClock clock;
    Notebook founder = test::new_notebook(folder.path() / "founder", 1, clock);
    Notebook member = test::new_notebook(folder.path() / "member", 2, clock);

    Crossing() {
        test::admit(founder, member);
        test::draft_with_answers(member, 3);
        test::sealed_by(member);
        test::hand_over(member, founder);
    }
    // By the member's key, for another team than this one.
    std::vector<std::string> forged(std::int64_t count) {
        TeamId elsewhere = founder.team();
        elsewhere.text.back() = elsewhere.text.back() == 'a' ? 'b' : 'a';
        const ChainLink link{elsewhere, lane_of_home(member.device()), 1, {}};
        std::vector<std::string> all;
        for (std::int64_t i = 0; i < count; ++i)
            all.push_back(
                want(seal_changeset(link, member.device_key(),
                                    {{{Stamp::at(*clock.now), member.device()},
                                      member.journal().identity().person,
                                      "an audit",
                                      AuditLabelled{"elsewhere", "E" + std::to_string(i)}}})));
        return all;
    }
};

std::vector<Receipt> take(Notebook& notebook, const std::vector<std::string>& bytes) {
    return want(notebook.journal().receive(bytes));
}

std::int64_t count(const std::vector<Receipt>& receipts, Reception reception) {
    return std::ranges::count(receipts, reception, &Receipt::reception);
}

}  // namespace

TEST_CASE("of what strangers send a notebook keeps the first as evidence and counts the rest",
          "[journal][evidence]") {
    Crossing team;
    const auto receipts = take(team.founder, rubbish(kMostEvidence + kBeyond));
    CHECK(count(receipts, Reception::quarantined) == kMostEvidence);
    CHECK(receipts.front().reception == Reception::quarantined);
    CHECK(receipts.back().reception == Reception::turned_away);
    CHECK(receipts.back().fault == Fault::damaged);
    CHECK_FALSE(receipts.back().changed);
    CHECK(std::ssize(want(team.founder.journal().quarantine())) == kMostEvidence);
    CHECK(want(team.founder.journal().turned_away()) == kBeyond);

    SECTION("what is kept already is not counted again") {
        CHECK(count(take(team.founder, rubbish(kBeyond)), Reception::quarantined) == kBeyond);
        CHECK(want(team.founder.journal().turned_away()) == kBeyond);
    }
    SECTION("evidence about a member has its own room") {
        CHECK(count(take(team.founder, team.forged(3)), Reception::quarantined) == 3);
    }
    SECTION("and work comes in as ever") {
        test::draft_with_answers(team.member, 2);
        test::sealed_by(team.member);
        for (const Receipt& receipt : test::hand_over(team.member, team.founder))
            CHECK(receipt.reception == Reception::applied);
        CHECK_FALSE(want(team.founder.journal().verify()).has_value());
    }
}

TEST_CASE("a member that floods a notebook with forged changesets uses up only its own room",
          "[journal][evidence]") {
    Crossing team;
    const auto receipts = take(team.founder, team.forged(kMostEvidence + kBeyond));
    CHECK(count(receipts, Reception::quarantined) == kMostEvidence);
    CHECK(count(receipts, Reception::turned_away) == kBeyond);
    CHECK(count(take(team.founder, rubbish(kBeyond)), Reception::quarantined) == kBeyond);
    CHECK(want(team.founder.journal().turned_away()) == kBeyond);
}

TEST_CASE("large pieces of evidence are bounded by their bytes", "[journal][evidence]") {
    Crossing team;
    std::int64_t kept = 0;
    for (char piece = 'a'; piece < 'g'; ++piece)
        kept += count(take(team.founder, {std::string(std::size_t{15} << 20, piece)}),
                      Reception::quarantined);
    CHECK(kept == kMostEvidenceBytes / (std::int64_t{15} << 20));
    CHECK(want(team.founder.journal().turned_away()) == 6 - kept);
}

TEST_CASE("an endpoint keeps the first as evidence and counts the rest, of each member apart",
          "[store][evidence]") {
    Crossing team;
    ChangesetStore store = want(ChangesetStore::open(team.folder.path() / "endpoint",
                                                     team.clock.clock(), seeded_entropy(99)));
    const TeamId& id = team.founder.team();
    want(store.receive(id, test::log_of(team.founder)));
    const auto receipts = want(store.receive(id, rubbish(kMostEvidence + kBeyond)));
    CHECK(count(receipts, Reception::quarantined) == kMostEvidence);
    CHECK(receipts.back().reception == Reception::turned_away);
    CHECK(count(want(store.receive(id, team.forged(3))), Reception::quarantined) == 3);
    CHECK(want(store.quarantined(id)) == kMostEvidence + 3);
    CHECK(want(store.turned_away(id)) == kBeyond);
    CHECK(want(store.totals()).turned_away == kBeyond);
    CHECK_FALSE(want(store.verify()).has_value());
}

TEST_CASE(
    "evidence for which there is no room changes neither an endpoint's ledger nor what its "
    "endpoints agree on",
    "[store][ledger][evidence]") {
    const Endpoints endpoints;
    ChangesetStore first = endpoints.open("first"), second = endpoints.open("second");
    const TeamId team = want(first.found_team("Crossing North"));
    want(first.receive(team, rubbish(kMostEvidence)));
    const std::size_t entries = endpoints.content->teams[team.text].entries.size();
    want(second.receive(team, rubbish(kBeyond, kMostEvidence)));
    want(first.receive(team, rubbish(kBeyond, kMostEvidence)));
    CHECK(endpoints.content->teams[team.text].entries.size() == entries);
    CHECK(want(first.quarantined(team)) == kMostEvidence);
    CHECK(want(second.quarantined(team)) == kMostEvidence);
    CHECK(want(second.turned_away(team)) == kBeyond);
    CHECK(want(second.totals()).turned_away == kBeyond);
    CHECK(want(endpoints.open("third").quarantined(team)) == kMostEvidence);
}

}  // namespace bordereau::storage
