// Two laptops of a team that exchange without an endpoint.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <filesystem>
#include <set>

#include "storage/registers.h"
#include "tests/support/bundles.h"
#include "tests/support/direct.h"

namespace bordereau::sync {
namespace {

using storage::Role;
using test::want;

// The founder's laptop, one that it admits in a role, and a third whose audits are in question.
struct Post {
    explicit Post(Role role, bool with_third_home = false) {
        for (storage::Notebook* one : {&other, &third}) {
            const bool named = one == &other && with_third_home;
            const auto certificate = want(founder.admit(
                {one->device_key().public_key(), "laptop", one == &other ? role : Role::supervisor,
                 named ? std::vector{third.device()} : std::vector<DeviceId>{}}));
            want(one->join(founder.team(), "Crossing North", certificate));
        }
        for (storage::Notebook* one : {&founder, &other, &third}) {
            test::draft_with_answers(*one, 2);
            want(storage::Registers{*one}.put("unit", one->device().text, "{}"));
            want(one->journal().seal_all());
        }
        test::hand_over(third, founder);
    }

    test::TemporaryFolder folder;
    storage::Notebook founder = test::new_notebook(folder.path() / "founder", 1);
    storage::Notebook other = test::new_notebook(folder.path() / "other", 2);
    storage::Notebook third = test::new_notebook(folder.path() / "third", 3);
};

std::set<LaneId> lanes_in(const VersionVector& vector) {
    std::set<LaneId> lanes;
    for (const auto& [chain, end] : vector) lanes.insert(chain.lane);
    return lanes;
}

std::set<LaneId> lanes_of(const storage::Notebook& notebook) {
    return lanes_in(want(notebook.journal().vector()));
}

// Lanes that a laptop's message names or carries.
std::set<LaneId> lanes_told(const VersionVector& vector,
                            const std::vector<std::string>& changesets) {
    std::set<LaneId> lanes = lanes_in(vector);
    for (const std::string& bytes : changesets)
        lanes.insert(want(storage::read_head(bytes)).chain.lane);
    return lanes;
}

struct Row {
    const char* who;
    Role role;
    bool with_third_home, third, supervisors;
};

}  // namespace

TEST_CASE("two laptops that meet hold the same afterwards, as far as each may", "[sync][direct]") {
    const auto row = GENERATE(values<Row>({
        {"an officer", Role::officer, false, false, false},
        {"an officer with a home", Role::officer, true, true, false},
        {"a supervisor", Role::supervisor, false, true, true},
        {"an administrator", Role::administrator, false, true, true},
    }));
    const bool founder_asks = GENERATE(true, false);
    INFO(row.who << (founder_asks ? " is asked" : " asks"));
    Post at{row.role, row.with_third_home};
    storage::Notebook& asking = founder_asks ? at.founder : at.other;
    storage::Notebook& answering = founder_asks ? at.other : at.founder;
    const Tally tally = test::exchange_directly(asking, answering);
    CHECK(tally.declined.empty());
    CHECK(tally.refused.empty());

    const std::set<LaneId> held = lanes_of(at.other);
    CHECK(held.contains(storage::kCommonLane));
    CHECK(held.contains(storage::lane_of_home(at.third.device())) == row.third);
    CHECK(held.contains(storage::lane_of_home(at.founder.device())) == row.supervisors);
    CHECK(held.contains(storage::kSupervisorsLane) == row.supervisors);
    CHECK(want(at.other.journal().vector())
              .contains({at.third.device(), storage::kSupervisorsLane}) == row.supervisors);
    CHECK(lanes_of(at.founder).contains(storage::lane_of_home(at.other.device())));
    if (row.supervisors) {
        CHECK(want(at.founder.journal().vector()) == want(at.other.journal().vector()));
        CHECK(want(at.founder.journal().fold_digest()) == want(at.other.journal().fold_digest()));
    }
    CHECK(test::exchange_directly(asking, answering).requests == 1);
}

TEST_CASE("a laptop tells another one nothing of what that one may not hold", "[sync][direct]") {
    Post at{Role::officer};
    const std::set<LaneId> may{storage::kCommonLane, storage::lane_of_home(at.other.device())};
    SECTION("when it asks") {
        test::exchange_directly(at.other, at.founder);  // so that they know of each other
        want(storage::Registers{at.founder}.put("unit", "new", "{}"));
        want(at.founder.journal().record("new", storage::DeviceSet{"new", std::string(32, 'k')}));
        want(at.founder.journal().seal_all());
        Exchange exchange = test::exchange_with(at.founder, at.other);
        const auto request = want(exchange.next());
        REQUIRE(request.has_value());
        const auto offer = std::get<Offer>(want(decode_request(*request)).content);
        CHECK_FALSE(offer.changesets.empty());
        CHECK(std::ranges::includes(may, lanes_told(offer.vector, offer.changesets)));
    }
    SECTION("when it answers") {
        const std::string request = encode(
            ExchangeRequest{at.founder.team(), at.other.device(),
                            Moment::at(test::kNoon, seeded_entropy(1)), Offer{{}, {}, kBatchBytes}},
            at.other.device_key());
        const auto reply = want(decode_reply(test::answer_of(at.founder, request), request,
                                             at.founder.device_key().public_key()));
        const auto& holding = std::get<Holding>(reply);
        CHECK_FALSE(holding.changesets.empty());
        CHECK(std::ranges::includes(may, lanes_told(holding.vector, holding.changesets)));
    }
}

TEST_CASE("a laptop gives nothing to one that it does not know or that was revoked",
          "[sync][direct]") {
    Post at{Role::supervisor};
    storage::Notebook stranger = test::new_notebook(at.folder.path() / "stranger", 4);
    want(at.founder.revoke(at.other.device(), "Lost"));
    for (const DeviceId& device : {stranger.device(), at.other.device()}) {
        const Holdings holdings = holdings_of(at.founder, device);
        CHECK(want(holdings.vector()).empty());
        CHECK(want(holdings.missing({}, kBatchBytes)).empty());
    }
    CHECK_FALSE(want(holdings_of(at.founder, at.third.device()).vector()).empty());
}

TEST_CASE("a laptop that lost its role gives away nothing of what it held by it",
          "[sync][direct]") {
    Post at{Role::supervisor};
    test::exchange_directly(at.other, at.founder);
    REQUIRE(lanes_of(at.other).contains(storage::lane_of_home(at.third.device())));
    want(at.founder.admit({at.other.device_key().public_key(), "laptop", Role::officer}));
    want(at.founder.journal().seal_all());
    test::exchange_directly(at.other, at.founder);
    const auto told = lanes_in(want(holdings_of(at.other, at.third.device()).vector()));
    CHECK(told == std::set{storage::kCommonLane, storage::lane_of_home(at.other.device())});
}

TEST_CASE("of a copied disk's branches the same one stays everywhere, the shorter one too",
          "[sync][direct]") {
    const std::uint64_t seed = GENERATE(11u, 21u, 31u, 41u);
    const bool longer_asks = GENERATE(true, false);
    Post at{Role::supervisor};
    { const storage::Notebook closed = std::move(at.other); }
    std::filesystem::copy(at.folder.path() / "other", at.folder.path() / "copy",
                          std::filesystem::copy_options::recursive);
    storage::Notebook original = test::open_as(at.folder.path() / "other", "amina", seed);
    storage::Notebook copy = test::open_as(at.folder.path() / "copy", "amina", seed + 1);
    test::hand_over(original, at.founder);
    test::hand_over(original, at.third);
    for (storage::Notebook* one : {&original, &copy, &copy}) {
        test::draft_with_answers(*one, 1);
        want(one->journal().seal_all());
    }
    test::hand_over(original, at.founder);
    test::hand_over(copy, at.third);
    storage::Notebook& asking = longer_asks ? at.third : at.founder;
    storage::Notebook& answering = longer_asks ? at.founder : at.third;
    test::exchange_directly(asking, answering);
    const ChainId chain{original.device(), storage::lane_of_home(original.device())};
    CHECK(want(at.founder.journal().vector()).at(chain) ==
          want(at.third.journal().vector()).at(chain));
}

TEST_CASE("what is held is no evidence of a clock ahead when one's own clock falls back",
          "[sync][direct]") {
    test::TemporaryFolder folder;
    test::TestClock clock;
    storage::Notebook founder = test::new_notebook(folder.path() / "founder", 1, clock);
    storage::Notebook other = test::new_notebook(folder.path() / "other", 2, clock);
    test::team_up(founder, other);
    test::draft_with_answers(founder, 1);
    want(founder.journal().seal_all());
    test::hand_over(founder, other);
    const std::vector<std::string> all = test::log_of(founder);
    *clock.now -= Millis{3} * 24 * 60 * 60 * 1000;
    for (const storage::Receipt& receipt : want(other.journal().receive(all)))
        CHECK(receipt.reception == storage::Reception::duplicate);
    CHECK(want(other.journal().quarantine()).empty());
}

}  // namespace bordereau::sync
