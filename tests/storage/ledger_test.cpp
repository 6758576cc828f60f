// Several endpoints that are one: what a ledger says, and the working copies that follow it.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <fstream>

#include "storage/change_endpoint_key.h"
#include "storage/crypto/hash.h"
#include "storage/move_to_ledger.h"
#include "tests/support/memory_endpoints.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;
using test::code_of;
using test::sealed_by;
using test::want;
using Endpoints = test::MemoryEndpoints;
using Trouble = test::LedgerContent::Trouble;

std::size_t changed(const std::vector<Receipt>& receipts) {
    return static_cast<std::size_t>(std::ranges::count(receipts, true, &Receipt::changed));
}

}  // namespace

TEST_CASE("what one endpoint took in another one of the same ledger gives out at once",
          "[store][ledger]") {
    const Endpoints endpoints;
    ChangesetStore first = endpoints.open("first");
    ChangesetStore second = endpoints.open("second");
    CHECK(first.key().public_key() == second.key().public_key());
    Notebook laptop = test::new_notebook(endpoints.at("laptop"), 1, endpoints.clock);
    const TeamId team = laptop.team();
    const AuditId audit = test::draft_with_answers(laptop, 5);
    const auto bytes = sealed_by(laptop);

    CHECK(changed(want(first.receive(team, bytes))) == bytes.size());
    CHECK(want(second.vector(team)) == want(laptop.journal().vector()));
    CHECK(want(second.answers(audit)).size() == 5);
    CHECK(changed(want(second.receive(team, bytes))) == 0);

    want(Answers{laptop}.record(audit, "/f/q1", "another value"));
    const auto more = sealed_by(laptop);
    CHECK(changed(want(second.receive(team, more))) == more.size() - bytes.size());
    CHECK(want(first.vector(team)) == want(laptop.journal().vector()));
    CHECK(endpoints.digest("first") == endpoints.digest("second"));

    SECTION("nothing is in the ledger twice") {
        CHECK(endpoints.content->teams[team.text].entries.size() == more.size());
    }
    SECTION("a folder that is empty comes to the same tables") {
        ChangesetStore third = endpoints.open("third");
        CHECK(want(third.vector(team)) == want(first.vector(team)));
        CHECK(endpoints.digest("third") == endpoints.digest("first"));
    }
    SECTION("no answer and no name is in the ledger") {
        for (const LedgerEntry& entry : endpoints.content->teams[team.text].entries) {
            CHECK(entry.sealed.find("another value") == std::string::npos);
            CHECK(entry.sealed.find("amina") == std::string::npos);
            CHECK(entry.sealed.find(team.text) == std::string::npos);
        }
    }
}

TEST_CASE("evidence, what waits, and forks are the same at every endpoint of a ledger",
          "[store][ledger]") {
    const Endpoints endpoints;
    ChangesetStore first = endpoints.open("first");
    ChangesetStore second = endpoints.open("second");
    Notebook laptop = test::new_notebook(endpoints.at("laptop"), 1, endpoints.clock);
    Notebook other = test::new_notebook(endpoints.at("other"), 2, endpoints.clock);
    const TeamId team = laptop.team();
    test::draft_with_answers(laptop, 3);
    auto bytes = sealed_by(laptop);
    std::ranges::reverse(bytes);
    const std::vector<std::string> rubbish{"rubbish", sealed_by(other).front()};

    want(first.receive(team, rubbish));
    want(second.receive(other.team(), rubbish));  // the same bytes: here they belong, there not
    for (const std::string& one : bytes) {        // each before its predecessor, in turns
        want(first.receive(team, {&one, 1}));
        want(second.receive(team, {&one, 1}));
    }
    ChangesetStore third = endpoints.open("third");
    for (ChangesetStore* store : {&first, &second, &third}) {
        CHECK(want(store->vector(team)) == want(laptop.journal().vector()));
        CHECK(want(store->quarantine(team)).size() == 2);
        CHECK(want(store->quarantine(other.team())).size() == 1);
        CHECK_FALSE(want(store->verify()));
    }
    CHECK(endpoints.digest("third") == endpoints.digest("first"));
}

TEST_CASE("an invitation admits one device, at whichever endpoint it is used", "[store][ledger]") {
    const Endpoints endpoints;
    ChangesetStore first = endpoints.open("first");
    ChangesetStore second = endpoints.open("second");
    const TeamId team = want(first.found_team("Crossing North"));
    CHECK(want(second.teams()).at(0).name == "Crossing North");
    want(second.invite(
        {team, Role::officer, crypto::digest("secret"), *endpoints.clock.now + 3'600'000}));
    const auto one = crypto::SigningKey::generate(seeded_entropy(5));
    const auto two = crypto::SigningKey::generate(seeded_entropy(6));
    const TeamId asked = GENERATE(false, true) ? team : TeamId{};

    CHECK(code_of(first.redeem("secret", one.public_key(), "a", {"another team"})) ==
          ErrorCode::refused);
    const Admitted admitted = want(first.redeem("secret", one.public_key(), "laptop", asked));
    CHECK(code_of(second.redeem("secret", two.public_key(), "thief", asked)) == ErrorCode::refused);
    CHECK(want(second.redeem("secret", one.public_key(), "laptop", asked)).certificate ==
          admitted.certificate);
    CHECK(want(second.members(team)).size() == 2);

    want(second.revoke(team, crypto::device_id(one.public_key())));
    CHECK(want(first.member(team, crypto::device_id(one.public_key())))->revoked);
    CHECK(want(first.vector(team)) == want(second.vector(team)));
}

TEST_CASE("a choice made at one endpoint of a ledger holds at the others", "[store][ledger]") {
    const Endpoints endpoints;
    ChangesetStore first = endpoints.open("first");
    ChangesetStore second = endpoints.open("second");
    want(first.set("agency", "Border Guard"));
    CHECK(want(second.setting("agency")) == "Border Guard");
    want(second.set("agency", "Coast Guard"));
    CHECK(want(first.setting("agency")) == "Coast Guard");
    CHECK(want(endpoints.open("third").setting("agency")) == "Coast Guard");
}

TEST_CASE("what the ledger did not keep is not acknowledged, and comes again", "[store][ledger]") {
    const Endpoints endpoints;
    ChangesetStore store = endpoints.open("first");
    Notebook laptop = test::new_notebook(endpoints.at("laptop"), 1, endpoints.clock);
    const TeamId team = laptop.team();
    const auto bytes = sealed_by(laptop);
    endpoints.content->trouble =
        GENERATE(Trouble::away, Trouble::commit_lost, Trouble::answer_lost);
    const bool kept = endpoints.content->trouble == Trouble::answer_lost;

    CHECK(code_of(store.receive(team, bytes)) == ErrorCode::offline);
    endpoints.content->trouble = Trouble::none;
    CHECK(want(store.vector(team)).empty() == !kept);
    CHECK(changed(want(store.receive(team, bytes))) == (kept ? 0 : bytes.size()));
    CHECK(want(store.vector(team)) == want(laptop.journal().vector()));
    CHECK(endpoints.content->teams[team.text].entries.size() == bytes.size());
}

TEST_CASE("an endpoint whose ledger is away says nothing that may have been overtaken",
          "[store][ledger]") {
    const Endpoints endpoints;
    ChangesetStore store = endpoints.open("first");
    const TeamId team = want(store.found_team("Crossing North"));
    endpoints.content->trouble = Trouble::away;
    CHECK(code_of(store.vector(team)) == ErrorCode::offline);
    CHECK(code_of(store.members(team)) == ErrorCode::offline);
    CHECK(code_of(store.teams()) == ErrorCode::offline);
}

TEST_CASE("a working copy that is ahead of its ledger is made again, and devices bring the rest",
          "[store][ledger]") {
    const Endpoints endpoints;
    ChangesetStore first = endpoints.open("first");
    ChangesetStore thread = endpoints.open("first");  // another connection on the same folder
    Notebook laptop = test::new_notebook(endpoints.at("laptop"), 1, endpoints.clock);
    const TeamId team = laptop.team();
    const AuditId audit = test::draft_with_answers(laptop, 5);
    const auto bytes = sealed_by(laptop);
    want(first.receive(team, bytes));
    REQUIRE(bytes.size() > 1);

    endpoints.content->cut(team, 1);
    CHECK(want(first.vector(team)).size() == 1);
    CHECK(want(thread.vector(team)) == want(first.vector(team)));
    CHECK(latest_generation(endpoints.at("first")) == 2);
    CHECK(changed(want(thread.receive(team, bytes))) == bytes.size() - 1);
    CHECK(want(first.answers(audit)).size() == 5);

    SECTION("one of equal length and other content as well") {
        endpoints.content->cut(team, 1);
        ChangesetStore second = endpoints.open("second");
        for (std::size_t i = 1; i < bytes.size(); ++i) {
            const std::string one = "rubbish " + std::to_string(i);
            want(second.receive(team, {&one, 1}));
        }
        CHECK(want(first.vector(team)) == want(second.vector(team)));
        CHECK(latest_generation(endpoints.at("first")) == 3);
        CHECK_FALSE(fs::exists(copy_in(endpoints.at("first"), 1)));
        CHECK(want(thread.vector(team)) == want(second.vector(team)));
    }
}

TEST_CASE("a backup that is restored just before a write is noticed before anything is added",
          "[store][ledger]") {
    const Endpoints endpoints;
    ChangesetStore store = endpoints.open("first");
    Notebook laptop = test::new_notebook(endpoints.at("laptop"), 1, endpoints.clock);
    const TeamId team = laptop.team();
    test::draft_with_answers(laptop, 5);
    const auto bytes = sealed_by(laptop);
    want(store.receive(team, bytes));
    endpoints.content->before_turn = [&] { endpoints.content->cut(team, 1); };
    const std::vector<std::string> rubbish{"rubbish"};
    CHECK(code_of(store.receive(team, rubbish)) == ErrorCode::conflict);
    CHECK(endpoints.content->teams[team.text].entries.size() == 1);
    CHECK(changed(want(store.receive(team, bytes))) == bytes.size() - 1);
    CHECK(want(store.vector(team)) == want(laptop.journal().vector()));
}

TEST_CASE("entries that were changed or moved in the ledger are told, not believed",
          "[store][ledger]") {
    const Endpoints endpoints;
    TeamId team;
    {
        ChangesetStore store = endpoints.open("first");
        Notebook laptop = test::new_notebook(endpoints.at("laptop"), 1, endpoints.clock);
        test::draft_with_answers(laptop, 3);
        want(store.receive(laptop.team(), sealed_by(laptop)));
        team = laptop.team();
    }
    auto& kept = endpoints.content->teams[team.text];
    SECTION("a byte") {
        kept.entries[0].sealed.back() ^= 1;
    }
    SECTION("the time") {
        kept.entries[0].received_at += 1;
    }
    SECTION("the order") {
        std::swap(kept.entries[0].sealed, kept.entries[1].sealed);
    }
    SECTION("the end") {
        kept.head.mark.back() ^= 1;
    }
    SECTION("one left out") {
        kept.entries.pop_back();
    }
    ChangesetStore fresh = endpoints.open("fresh");
    CHECK(code_of(fresh.vector(team)) == ErrorCode::corrupt);
}

TEST_CASE("a ledger opens with the key file of its first process only", "[store][ledger]") {
    const Endpoints endpoints;
    { const ChangesetStore first = endpoints.open("first"); }
    const auto missing = endpoints.try_open("second", {});
    CHECK(code_of(missing) == ErrorCode::refused);
    CHECK(missing.error().detail.find("--key-file") != std::string::npos);
    want(make_key(endpoints.at("other.key"), seeded_entropy(7)));
    const auto wrong = endpoints.try_open("second", endpoints.at("other.key"));
    CHECK(code_of(wrong) == ErrorCode::refused);
    CHECK(wrong.error().detail.find("another key file") != std::string::npos);
    CHECK(endpoints.try_open("second", endpoints.key()).ok());
}

TEST_CASE("a folder is the truth or a working copy, never both", "[store][ledger]") {
    const Endpoints endpoints;
    { const ChangesetStore first = endpoints.open("first"); }
    CHECK(code_of(ChangesetStore::open(endpoints.at("first"), endpoints.clock.clock(),
                                       seeded_entropy(1))) == ErrorCode::refused);
    want(ChangesetStore::open(endpoints.at("alone"), endpoints.clock.clock(), seeded_entropy(1)));
    CHECK(code_of(endpoints.try_open("alone", endpoints.key())) == ErrorCode::refused);
}

TEST_CASE("an endpoint of its own can become the first of those that share a ledger",
          "[store][ledger]") {
    const Endpoints endpoints;
    Notebook laptop = test::new_notebook(endpoints.at("laptop"), 1, endpoints.clock);
    Notebook stranger = test::new_notebook(endpoints.at("stranger"), 2, endpoints.clock);
    const AuditId audit = test::draft_with_answers(laptop, 5);
    const auto bytes = sealed_by(laptop);
    const auto one = crypto::SigningKey::generate(seeded_entropy(5));
    std::string public_key;
    TeamId founded;
    {
        auto alone = want(ChangesetStore::open(endpoints.at("first"), endpoints.clock.clock(),
                                               seeded_entropy(3)));
        public_key = alone.key().public_key();
        founded = want(alone.found_team("Crossing North"));
        const Millis until = *endpoints.clock.now + 3'600'000;
        want(alone.invite({founded, Role::officer, crypto::digest("used"), until}));
        want(alone.invite({founded, Role::officer, crypto::digest("open"), until}));
        want(alone.redeem("used", one.public_key(), "laptop"));
        want(alone.receive(laptop.team(), bytes));
        want(alone.receive(laptop.team(), sealed_by(stranger)));
        want(alone.set("agency", "Border Guard"));
    }
    test::MemoryLedger ledger{endpoints.content};
    const auto move = [&] {
        return move_to_ledger(endpoints.at("first"), {}, ledger, *endpoints.clock.now,
                              seeded_entropy(4));
    };
    want(move());
    CHECK(code_of(move()) == ErrorCode::not_found);

    for (const char* name : {"first", "second"}) {
        ChangesetStore shared = endpoints.open(name);
        CHECK(shared.key().public_key() == public_key);
        CHECK(want(shared.members(founded)).size() == 2);
        CHECK(want(shared.answers(audit)).size() == 5);
        CHECK(want(shared.quarantine(laptop.team())).size() == sealed_by(stranger).size());
        CHECK(want(shared.setting("agency")) == "Border Guard");
        CHECK(changed(want(shared.receive(laptop.team(), bytes))) == 0);
    }
    const auto two = crypto::SigningKey::generate(seeded_entropy(6));
    ChangesetStore shared = endpoints.open("second");
    CHECK(code_of(shared.redeem("used", two.public_key(), "thief")) == ErrorCode::refused);
    CHECK(shared.redeem("open", two.public_key(), "laptop").ok());
    want(ChangesetStore::open(endpoints.at("another"), endpoints.clock.clock(), seeded_entropy(1)));
    CHECK(code_of(move_to_ledger(endpoints.at("another"), {}, ledger, 0, seeded_entropy(1))) ==
          ErrorCode::refused);
}

TEST_CASE("a working copy that cannot be read is made again", "[store][ledger]") {
    const Endpoints endpoints;
    TeamId team;
    {
        ChangesetStore store = endpoints.open("first");
        team = want(store.found_team("Crossing North"));
    }
    std::ofstream{copy_in(endpoints.at("first"), 1)} << std::string(8192, 'x');
    const ChangesetStore again = endpoints.open("first");
    CHECK(want(again.teams()).at(0).id == team);
}

TEST_CASE("a ledger gets another key, also one that was cut off on the way", "[store][ledger]") {
    const Endpoints endpoints;
    Notebook north = test::new_notebook(endpoints.at("north"), 1, endpoints.clock);
    const AuditId audit = test::draft_with_answers(north, 5);
    std::string digest;
    {
        ChangesetStore store = endpoints.open("first");
        want(store.found_team("Crossing South"));
        want(store.receive(north.team(), sealed_by(north)));
        want(store.found_team("Crossing West"));
        digest = endpoints.digest("first");
    }
    fs::copy(endpoints.key(), endpoints.at("old.key"));
    test::MemoryLedger ledger{endpoints.content};
    SECTION("at once") {}
    SECTION("cut off before each team in turn") {
        for (int commits = 0; commits < 2; ++commits) {
            endpoints.content->commits_left = commits;
            CHECK(code_of(change_key_of_ledger(ledger, endpoints.key(), seeded_entropy(5))) ==
                  ErrorCode::offline);
            CHECK(fs::exists(next_key_file(endpoints.key())));
            endpoints.content->commits_left.reset();
        }
    }
    want(change_key_of_ledger(ledger, endpoints.key(), seeded_entropy(5)));
    CHECK_FALSE(fs::exists(next_key_file(endpoints.key())));
    CHECK(test::bytes_of(endpoints.key()) != test::bytes_of(endpoints.at("old.key")));
    CHECK(code_of(endpoints.try_open("old", endpoints.at("old.key"))) == ErrorCode::refused);

    // A team that was not founded here is looked for when somebody asks for it.
    ChangesetStore store = endpoints.open("first");
    CHECK(want(store.vector(north.team())) == want(north.journal().vector()));
    CHECK(want(store.answers(audit)).size() == 5);
    CHECK(want(store.teams()).size() == 2);
    CHECK_FALSE(want(store.verify()));
    CHECK(endpoints.digest("first") == digest);
    want(Answers{north}.record(audit, "/f/q1", "another value"));
    want(store.receive(north.team(), sealed_by(north)));
    CHECK(want(endpoints.open("second").vector(north.team())) == want(north.journal().vector()));
}

TEST_CASE("who still has the old key of a ledger adds nothing to it", "[store][ledger]") {
    const Endpoints endpoints;
    Notebook laptop = test::new_notebook(endpoints.at("laptop"), 1, endpoints.clock);
    test::draft_with_answers(laptop, 5);
    ChangesetStore behind = endpoints.open("first");
    const TeamId team = want(behind.found_team("Crossing South"));
    fs::copy(endpoints.key(), endpoints.at("new.key"));
    test::MemoryLedger ledger{endpoints.content};
    want(change_key_of_ledger(ledger, endpoints.at("new.key"), seeded_entropy(5)));
    const auto head = endpoints.content->teams[team.text].head;
    CHECK_FALSE(behind.receive(team, sealed_by(laptop)).ok());
    CHECK(endpoints.content->teams[team.text].head == head);
    CHECK(want(endpoints.try_open("second", endpoints.at("new.key"))).verify().ok());
}

}  // namespace bordereau::storage
