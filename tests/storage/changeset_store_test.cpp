#include "storage/changeset_store.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <fstream>

#include "storage/crypto/hash.h"
#include "tests/support/files.h"

namespace bordereau::storage {
namespace {

using test::code_of;
using test::sealed_by;
using test::want;

ChangesetStore open_store(const std::filesystem::path& folder, const test::TestClock& clock) {
    return want(ChangesetStore::open(folder, clock.clock(), seeded_entropy(99)));
}

}  // namespace

TEST_CASE("an endpoint keeps changesets of many teams apart, and tells what they say", "[store]") {
    const test::TemporaryFolder folder;
    const test::TestClock clock;
    Notebook north = test::new_notebook(folder.path() / "north", 1, clock);
    Notebook south = test::new_notebook(folder.path() / "south", 2, clock);
    const AuditId in_north = test::draft_with_answers(north, 5);
    const AuditId in_south = test::draft_with_answers(south, 2);
    want(Audits{north}.finalize(in_north));
    ChangesetStore store = open_store(folder.path() / "endpoint", clock);
    for (const Receipt& receipt : want(store.receive(north.team(), sealed_by(north))))
        CHECK(receipt.reception == Reception::applied);
    for (const Receipt& receipt : want(store.receive(south.team(), sealed_by(south))))
        CHECK(receipt.reception == Reception::applied);

    CHECK(want(store.vector(north.team())) == want(north.journal().vector()));
    const auto audits = want(store.audits(north.team(), {}));
    REQUIRE(audits.size() == 1);
    CHECK(audits[0].id == in_north);
    CHECK(audits[0].state == AuditState::finalized);
    CHECK(audits[0].created_by_login == "amina");
    CHECK(want(store.answers(in_north)).size() == 5);
    CHECK(want(store.audit(in_south))->answers == 2);

    SECTION("a repetition changes nothing") {
        for (const Receipt& receipt : want(store.receive(north.team(), sealed_by(north))))
            CHECK(receipt.reception == Reception::duplicate);
        CHECK(want(store.audits(north.team(), {})).size() == 1);
    }
    SECTION("a team's changesets are not taken for another team") {
        for (const Receipt& receipt : want(store.receive(south.team(), sealed_by(north))))
            CHECK(receipt.fault == Fault::other_team);
        CHECK(want(store.quarantine(south.team())).size() == sealed_by(north).size());
        CHECK(want(store.quarantine(north.team())).empty());
    }
    SECTION("everything is there after it was closed") {
        { const ChangesetStore closed = std::move(store); }
        ChangesetStore again = open_store(folder.path() / "endpoint", clock);
        CHECK(want(again.answers(in_north)).size() == 5);
        CHECK_FALSE(want(again.verify()));
    }
    SECTION("what it holds reaches a laptop that has lost everything") {
        std::vector<std::string> bytes;
        for (auto& changeset : want(store.missing(north.team(), {}, std::size_t{1} << 30)))
            bytes.push_back(std::move(changeset.bytes));
        Notebook fresh = test::new_notebook(folder.path() / "fresh", 3, clock);
        test::admit(north, fresh);
        want(fresh.journal().receive(bytes));
        CHECK(want(Answers{fresh}.load(in_north)).size() == 5);
    }
    SECTION("nothing lies in the clear") {
        const std::string bytes = test::all_bytes_below(folder.path() / "endpoint");
        CHECK(bytes.find("value 1") == std::string::npos);
        CHECK(bytes.find("CREATE TABLE") == std::string::npos);
    }
}

TEST_CASE("what several requests bring is taken in together, and each gets its own receipts",
          "[store]") {
    const test::TemporaryFolder folder;
    const test::TestClock clock;
    Notebook north = test::new_notebook(folder.path() / "north", 1, clock);
    Notebook south = test::new_notebook(folder.path() / "south", 2, clock);
    const AuditId in_north = test::draft_with_answers(north, 5);
    test::draft_with_answers(south, 2);
    const std::vector<std::string> of_north = sealed_by(north), of_south = sealed_by(south);
    const std::vector<std::string> damaged{"not a changeset"}, nothing;
    ChangesetStore store = open_store(folder.path() / "endpoint", clock);
    const std::vector<Offering> offerings{{north.team(), of_north},
                                          {south.team(), of_south},
                                          {north.team(), nothing},
                                          {north.team(), damaged},
                                          {north.team(), of_north}};
    const auto receipts = want(store.receive(offerings));
    REQUIRE(receipts.size() == offerings.size());
    const auto all_are = [&receipts](std::size_t which, Reception reception) {
        return std::ranges::all_of(receipts[which], [reception](const Receipt& receipt) {
            return receipt.reception == reception;
        });
    };
    CHECK(receipts[0].size() == of_north.size());
    CHECK(all_are(0, Reception::applied));
    CHECK(receipts[1].size() == of_south.size());
    CHECK(all_are(1, Reception::applied));
    CHECK(receipts[2].empty());
    REQUIRE(receipts[3].size() == 1);
    CHECK(receipts[3].front().fault == Fault::damaged);
    CHECK(receipts[4].size() == of_north.size());
    CHECK(all_are(4, Reception::duplicate));
    CHECK(want(store.answers(in_north)).size() == 5);
    CHECK(want(store.totals()).quarantined == 1);
    CHECK(want(store.totals()).unfolded == 0);
    CHECK(want(store.audits_by_state(north.team())) ==
          std::map<AuditState, std::int64_t>{{AuditState::draft, 1}});
}

TEST_CASE("what an endpoint received counts when somebody asks, whenever it was folded",
          "[store]") {
    const test::TemporaryFolder folder;
    const test::TestClock clock;
    Notebook laptop = test::new_notebook(folder.path() / "laptop", 1, clock);
    std::vector<AuditId> audits;
    for (int i = 0; i < 3; ++i) {
        audits.push_back(test::draft_with_answers(laptop, 4));
        want(Audits{laptop}.finalize(audits.back()));
    }
    auto store = std::make_unique<ChangesetStore>(open_store(folder.path() / "endpoint", clock));
    for (const Receipt& receipt : want(store->receive(laptop.team(), sealed_by(laptop))))
        CHECK(receipt.reception == Reception::applied);
    // Who is a member has to be known for the next request already.
    CHECK(want(store->member(laptop.team(), laptop.device())).has_value());
    CHECK(want(store->fold_more(1)));

    SECTION("listed") {
        CHECK(want(store->audits(laptop.team(), {})).size() == 3);
    }
    SECTION("shown") {
        CHECK(want(store->audit(audits[2]))->answers == 4);
    }
    SECTION("read") {
        CHECK(want(store->answers(audits[2])).size() == 4);
    }
    SECTION("verified") {
        CHECK_FALSE(want(store->verify()));
    }
    SECTION("by an endpoint that ended meanwhile, after it is open again") {
        store = std::make_unique<ChangesetStore>(open_store(folder.path() / "endpoint", clock));
        CHECK(want(store->audits(laptop.team(), {})).size() == 3);
    }
    CHECK_FALSE(want(store->fold_more(1)));
}

TEST_CASE("whoever only watches is told what is folded and how much is not, and writes nothing",
          "[store]") {
    const test::TemporaryFolder folder;
    const test::TestClock clock;
    Notebook laptop = test::new_notebook(folder.path() / "laptop", 1, clock);
    for (int i = 0; i < 3; ++i) want(Audits{laptop}.finalize(test::draft_with_answers(laptop, 4)));
    ChangesetStore store = open_store(folder.path() / "endpoint", clock);
    want(store.receive(laptop.team(), sealed_by(laptop)));
    ChangesetStore watching = open_store(folder.path() / "endpoint", clock);

    const auto held = want(watching.totals()).changesets;
    CHECK(want(watching.totals()).unfolded == held);
    CHECK(want(watching.audits_by_state(laptop.team())).empty());
    CHECK(want(watching.totals()).unfolded == held);
    while (want(store.fold_more(2))) CHECK(want(watching.totals()).unfolded < held);
    CHECK(want(watching.totals()).unfolded == 0);
    CHECK(want(watching.audits_by_state(laptop.team())).at(AuditState::finalized) == 3);
}

TEST_CASE("files are asked for all at once, and what has just come in names them too", "[store]") {
    const test::TemporaryFolder folder;
    const test::TestClock clock;
    Notebook laptop = test::new_notebook(folder.path() / "laptop", 1, clock);
    test::audit_with_file(laptop, "a photo");
    ChangesetStore store = open_store(folder.path() / "endpoint", clock);
    want(store.receive(laptop.team(), sealed_by(laptop)));
    test::audit_with_file(laptop, "another photo");
    want(store.receive(laptop.team(), sealed_by(laptop)));
    const std::vector<std::string> asked{test::hash_of("a photo"), test::hash_of("nobody's"),
                                         test::hash_of("another photo")};
    const auto named = want(store.files_named(laptop.team(), laptop.device(), asked));
    CHECK(named.size() == 2);
    CHECK(named.at(asked[0]).front().size == 7);
    CHECK(named.at(asked[2]).front().lane == lane_of_home(laptop.device()));
    CHECK(want(store.files_named(laptop.team(), DeviceId{"a stranger"}, asked)).empty());
    CHECK(want(store.files_named(laptop.team())).size() == 2);
}

TEST_CASE("an invitation admits one device, once and in time", "[store]") {
    const test::TemporaryFolder folder;
    const test::TestClock clock;
    ChangesetStore store = open_store(folder.path() / "endpoint", clock);
    const TeamId team = want(store.found_team("Crossing North"));
    CHECK(want(store.teams()).at(0).name == "Crossing North");
    want(store.invite({team, Role::supervisor, crypto::digest("secret"), *clock.now + 3'600'000}));
    const auto key = crypto::SigningKey::generate(seeded_entropy(5));
    const auto other = crypto::SigningKey::generate(seeded_entropy(6));
    const DeviceId device = crypto::device_id(key.public_key());

    CHECK(code_of(store.redeem("guess", key.public_key(), "laptop")) == ErrorCode::refused);
    SECTION("in time") {
        const Admitted admitted = want(store.redeem("secret", key.public_key(), "laptop"));
        CHECK(admitted.membership.device() == device);
        CHECK(admitted.membership.role == Role::supervisor);
        CHECK(want(read_certificate(admitted.certificate)) == admitted.membership);
        CHECK(want(store.redeem("secret", key.public_key(), "laptop")).certificate ==
              admitted.certificate);
        CHECK(code_of(store.redeem("secret", other.public_key(), "thief")) == ErrorCode::refused);
        want(store.revoke(team, device));
        CHECK(want(store.member(team, device))->revoked);
        CHECK(code_of(store.redeem("secret", key.public_key(), "laptop")) == ErrorCode::refused);
        CHECK(want(store.members(team)).size() == 2);  // the endpoint itself is one
    }
    SECTION("too late") {
        *clock.now += 7'200'000;
        CHECK(code_of(store.redeem("secret", key.public_key(), "laptop")) == ErrorCode::refused);
        CHECK_FALSE(want(store.member(team, device)));
    }
}

TEST_CASE("an endpoint keeps its identity, and does not open without its key", "[store]") {
    const test::TemporaryFolder folder;
    const test::TestClock clock;
    const auto at = folder.path() / "endpoint";
    std::string public_key;
    {
        const ChangesetStore store = open_store(at, clock);
        public_key = store.key().public_key();
    }
    CHECK(open_store(at, clock).key().public_key() == public_key);
    std::filesystem::remove(at / "endpoint.key");
    CHECK(code_of(ChangesetStore::open(at, clock.clock(), seeded_entropy(1))) ==
          ErrorCode::not_found);
    { std::ofstream{at / "endpoint.key"} << std::string(32, 'x'); }
    CHECK(code_of(ChangesetStore::open(at, clock.clock(), seeded_entropy(1))) ==
          ErrorCode::corrupt);
}

}  // namespace bordereau::storage
