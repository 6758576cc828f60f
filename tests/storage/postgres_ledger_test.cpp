// The ledger in a real PostgreSQL server of the test's own.
#include <signal.h>
#include <sys/wait.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <regex>
#include <sstream>
#include <thread>

#include "storage/base/text.h"
#include "storage/change_endpoint_key.h"
#include "storage/crypto/hash.h"
#include "storage/journal/evidence.h"
#include "storage/postgres/connection.h"
#include "storage/postgres/ledger.h"
#include "tests/support/postgres_server.h"
#include "tests/support/rubbish.h"
#include "tests/support/shared_endpoints.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;
using test::code_of;
using test::sealed_by;
using test::want;

/// Endpoints over one database, each with a folder of its own, and the key file of the first.
struct Endpoints : test::SharedEndpoints {
    test::PostgresServer server;

    Result<std::unique_ptr<Ledger>> connect() const override {
        return postgres::open_ledger(server.url());
    }
};

/// Commits, and is killed before anybody hears of it.
class KilledAfterCommit : public LedgerTurn {
public:
    explicit KilledAfterCommit(std::unique_ptr<LedgerTurn> turn) : turn_(std::move(turn)) {}
    const LedgerHead& head() const override { return turn_->head(); }
    Status append(std::span<const LedgerEntry> entries, const std::string& mark) override {
        return turn_->append(entries, mark);
    }
    Status replace(std::span<const LedgerEntry> entries, const std::string& mark) override {
        return turn_->replace(entries, mark);
    }
    Status commit() override {
        const Status committed = turn_->commit();
        kill(getpid(), SIGKILL);
        return committed;
    }

private:
    std::unique_ptr<LedgerTurn> turn_;
};

class KillingLedger : public Ledger {
public:
    explicit KillingLedger(std::unique_ptr<Ledger> ledger) : ledger_(std::move(ledger)) {}
    Result<LedgerHead> head(const TeamId& team) override { return ledger_->head(team); }
    Result<std::vector<TeamId>> teams() override { return ledger_->teams(); }
    Result<std::vector<LedgerEntry>> after(const TeamId& team, std::int64_t number,
                                           std::size_t count) override {
        return ledger_->after(team, number, count);
    }
    Result<std::unique_ptr<LedgerTurn>> begin(const TeamId& team) override {
        auto turn = ledger_->begin(team);
        if (!turn) return turn.error();
        return std::unique_ptr<LedgerTurn>{std::make_unique<KilledAfterCommit>(*std::move(turn))};
    }

private:
    std::unique_ptr<Ledger> ledger_;
};

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

// Nothing that was recorded, no name and no key, plain or in hexadecimal.
void check_dump(Endpoints& endpoints, const ChangesetStore& store, const TeamId& team) {
    const std::string dump = endpoints.server.dump();
    CHECK(dump.find(team.text) != dump.npos);  // it is the right database
    const std::vector<std::string> secrets{"another value",
                                           "value 2",
                                           "amina",
                                           "Crossing North",
                                           std::string{store.key().seed()},
                                           test::bytes_of(endpoints.key())};
    for (const std::string& secret : secrets) {
        CHECK(dump.find(secret) == dump.npos);
        CHECK(dump.find(to_hex(secret)) == dump.npos);
    }
}

void check_keys(Endpoints& endpoints) {
    const std::string keys = endpoints.server.ask(
        "SELECT c.relname, a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
        " JOIN pg_namespace n ON n.oid = c.relnamespace"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]"
        " WHERE n.nspname = 'bordereau' AND i.indisunique AND c.relname <> 'version'");
    CHECK(lines_of(keys).size() == 34);  // two tables, sixteen parts of each
    for (const std::string& key : lines_of(keys)) CHECK(key.ends_with("|team"));
    CHECK(endpoints.server.ask("SELECT count(DISTINCT tableoid) FROM bordereau.entry") != "1\n");
}

// Of what the programs have sent, as the server logged it: so that rows can lie anywhere by team.
void check_statements(const Endpoints& endpoints) {
    const std::regex names_team{R"(INSERT INTO bordereau\.\w+\(team,|WHERE team = \$1)"};
    std::size_t seen = 0;
    for (const std::string& line : lines_of(endpoints.server.logged())) {
        if (!line.starts_with("bordereau-endpoint") || line.find("execute") == line.npos) continue;
        if (line.find("bordereau.entry") == line.npos && line.find("bordereau.head") == line.npos)
            continue;
        ++seen;
        CHECK(std::regex_search(line, names_team));
    }
    CHECK(seen > 10);
}

}  // namespace

TEST_CASE("endpoints over one PostgreSQL database hold the same, whichever a device talks to",
          "[postgres]") {
    Endpoints endpoints;
    ChangesetStore first = endpoints.open("first");
    ChangesetStore second = endpoints.open("second");
    Notebook laptop = test::new_notebook(endpoints.at("laptop"), 1, endpoints.clock);
    const TeamId founded = want(first.found_team("Crossing North"));
    const TeamId team = laptop.team();
    const AuditId audit = test::draft_with_answers(laptop, 5);
    want(first.receive(team, sealed_by(laptop)));
    CHECK(want(second.vector(team)) == want(laptop.journal().vector()));
    want(Answers{laptop}.record(audit, "/f/q1", "another value"));
    want(second.receive(team, sealed_by(laptop)));
    want(second.receive(team, sealed_by(laptop)));
    CHECK(want(first.answers(audit)).size() == 5);
    CHECK(want(second.teams()).at(0).id == founded);
    CHECK(endpoints.server.ask("SELECT count(*) FROM bordereau.entry WHERE team = '" + team.text +
                               "'") == std::to_string(sealed_by(laptop).size()) + "\n");

    ChangesetStore third = endpoints.open("third");  // in a folder that is empty
    CHECK(want(third.vector(team)) == want(first.vector(team)));
    CHECK(endpoints.digest("third") == endpoints.digest("first"));
    CHECK(endpoints.digest("second") == endpoints.digest("first"));

    check_dump(endpoints, first, team);
    check_keys(endpoints);
    check_statements(endpoints);
}

TEST_CASE("a ledger refuses another key file, and the tables of a newer program", "[postgres]") {
    Endpoints endpoints;
    { const ChangesetStore first = endpoints.open("first"); }
    want(make_key(endpoints.at("other.key"), seeded_entropy(7)));
    const auto wrong = endpoints.try_open("third", endpoints.at("other.key"));
    CHECK(code_of(wrong) == ErrorCode::refused);
    CHECK(wrong.error().detail.find("another key file") != std::string::npos);
    CHECK(code_of(endpoints.try_open("third", {})) == ErrorCode::refused);
    CHECK_FALSE(fs::exists(endpoints.at("third") / "endpoint.key"));

    endpoints.server.ask("INSERT INTO bordereau.version(number) VALUES (99)");
    const auto newer = endpoints.try_open("third", endpoints.key());
    CHECK(code_of(newer) == ErrorCode::refused);
    CHECK(newer.error().detail.find("newer program") != std::string::npos);
}

TEST_CASE("while the database is away nothing is acknowledged; then all goes on by itself",
          "[postgres]") {
    Endpoints endpoints;
    ChangesetStore first = endpoints.open("first");
    ChangesetStore second = endpoints.open("second");
    Notebook laptop = test::new_notebook(endpoints.at("laptop"), 1, endpoints.clock);
    const AuditId audit = test::draft_with_answers(laptop, 3);
    want(first.receive(laptop.team(), sealed_by(laptop)));

    endpoints.server.stop();
    want(Answers{laptop}.record(audit, "/f/q2", "in the meantime"));
    const auto away = first.receive(laptop.team(), sealed_by(laptop));
    CHECK(code_of(away) == ErrorCode::offline);
    CHECK(away.error().detail.find("does not answer") != std::string::npos);
    CHECK(code_of(second.vector(laptop.team())) == ErrorCode::offline);
    CHECK(code_of(endpoints.try_open("third", endpoints.key())) == ErrorCode::offline);

    endpoints.server.start();
    want(first.receive(laptop.team(), sealed_by(laptop)));
    CHECK(want(second.vector(laptop.team())) == want(laptop.journal().vector()));
}

TEST_CASE("a process that is killed between both commits has lost nothing and doubles nothing",
          "[postgres]") {
    Endpoints endpoints;
    { const ChangesetStore first = endpoints.open("first"); }
    Notebook laptop = test::new_notebook(endpoints.at("laptop"), 1, endpoints.clock);
    const TeamId team = laptop.team();
    const AuditId audit = test::draft_with_answers(laptop, 5);
    const auto bytes = sealed_by(laptop);

    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        auto ledger = postgres::open_ledger(endpoints.server.url());
        auto store = ChangesetStore::open(
            endpoints.at("first"), endpoints.clock.clock(), seeded_entropy(99),
            {std::make_unique<KillingLedger>(*std::move(ledger)), endpoints.key()});
        (void)store->receive(team, bytes).ok();
        _exit(0);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));

    {
        const auto secret = want(read_key(endpoints.key()));
        auto behind = want(open_database(copy_in(endpoints.at("first"), 1), secret));
        CHECK(want(Log{behind}.vector(team)).empty());
    }
    ChangesetStore first = endpoints.open("first");
    CHECK(want(first.vector(team)) == want(laptop.journal().vector()));
    CHECK(want(first.answers(audit)).size() == 5);
    for (const Receipt& receipt : want(first.receive(team, bytes))) CHECK_FALSE(receipt.changed);
    CHECK(latest_generation(endpoints.at("first")) == 1);
}

TEST_CASE("many threads of several endpoints lose nothing and keep nothing twice", "[postgres]") {
    constexpr std::size_t kThreads = 6;
    Endpoints endpoints;
    Notebook laptop = test::new_notebook(endpoints.at("laptop"), 1, endpoints.clock);
    const TeamId team = laptop.team();
    std::vector<std::vector<std::string>> shares(kThreads);
    std::vector<Notebook> others;
    for (std::size_t i = 0; i < kThreads; ++i) {
        others.push_back(
            test::new_notebook(endpoints.at("n" + std::to_string(i)), 10 + i, endpoints.clock));
        test::admit(laptop, others.back());
        for (int n = 0; n < 4; ++n) test::draft_with_answers(others.back(), 2);
        shares[i] = sealed_by(others.back());
    }
    std::vector<ChangesetStore> stores;  // two folders, three connections on each
    for (std::size_t i = 0; i < kThreads; ++i)
        stores.push_back(endpoints.open(i % 2 == 0 ? "first" : "second"));
    want(stores[0].receive(team, sealed_by(laptop)));

    std::vector<std::string> failures(kThreads);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < kThreads; ++i)
            threads.emplace_back([&, i] {
                for (const std::string& one : shares[i]) {
                    const auto taken = stores[i].receive(team, {&one, 1});
                    if (!taken) failures[i] = taken.error().detail;
                }
            });
    }
    for (const std::string& failure : failures) CHECK(failure.empty());

    VersionVector all;
    for (Notebook& other : others)
        for (const auto& [chain, end] : want(other.journal().vector()))
            if (end.number > all[chain].number) all[chain] = end;
    for (const auto& [chain, end] : want(laptop.journal().vector()))
        if (end.number > all[chain].number) all[chain] = end;
    for (ChangesetStore& store : stores) CHECK(want(store.vector(team)) == all);
    std::int64_t changesets = 0;
    for (const auto& [chain, end] : all) changesets += end.number;
    CHECK(endpoints.server.ask("SELECT count(*), max(number) FROM bordereau.entry WHERE team = '" +
                               team.text + "'") ==
          std::to_string(changesets) + "|" + std::to_string(changesets) + "\n");
    CHECK(endpoints.digest("first") == endpoints.digest("second"));
}

TEST_CASE("a ledger gives large entries a few at a time, and takes no number twice", "[postgres]") {
    constexpr std::size_t kMegabyte = std::size_t{1} << 20;
    test::PostgresServer server;
    const auto one = want(postgres::open_ledger(server.url()));
    const auto two = want(postgres::open_ledger(server.url()));
    const TeamId team{"a team"};
    const std::vector<LedgerEntry> entries{{1, 10, std::string(3 * kMegabyte, '\0')},
                                           {2, 20, std::string(3 * kMegabyte, 'x')},
                                           {3, 30, "a small one"}};
    {
        auto turn = want(one->begin(team));
        want(turn->append(entries, "after three"));
        CHECK(want(two->after(team, 0, 10)).empty());  // until it is committed
        want(turn->commit());
    }
    CHECK(want(two->head(team)) == LedgerHead{3, "after three"});
    const auto first = want(two->after(team, 0, 10));
    REQUIRE(first.size() == 2);
    CHECK(first[0].sealed == entries[0].sealed);
    CHECK(first[1].received_at == 20);
    CHECK(want(two->after(team, 2, 10)).at(0).sealed == "a small one");
    CHECK(want(two->after(team, 0, 1)).size() == 1);
    CHECK(want(two->after({"another"}, 0, 10)).empty());

    {
        auto turn = want(two->begin(team));
        CHECK(code_of(turn->append({&entries[1], 2}, "twice")) == ErrorCode::conflict);
        CHECK_FALSE(turn->commit().ok());
    }
    CHECK(want(two->head(team)) == LedgerHead{3, "after three"});  // and it can be used further
    const LedgerEntry fourth{4, 40, ""};
    auto turn = want(two->begin(team));
    want(turn->append({&fourth, 1}, "after four"));
    want(turn->commit());
    CHECK(want(one->after(team, 3, 10)).size() == 1);
}

TEST_CASE("no message shows a password, and each says what is wrong", "[postgres]") {
    test::PostgresServer server;
    const auto wrong = postgres::open_ledger(server.url("a-wrong-password"));
    CHECK(code_of(wrong) == ErrorCode::refused);
    CHECK(wrong.error().detail.find("does not let us in") != std::string::npos);
    CHECK(wrong.error().detail.find("a-wrong-password") == std::string::npos);

    const auto away =
        postgres::open_ledger("postgresql://keeper:a-password-nobody-shows@127.0.0.1:1/postgres");
    CHECK(code_of(away) == ErrorCode::offline);
    CHECK(away.error().detail.find("127.0.0.1:1") != std::string::npos);
    CHECK(away.error().detail.find("a-password-nobody-shows") == std::string::npos);

    for (const char* url : {"postgresql://keeper:a-password-nobody-shows@[half/postgres",
                            "keeper a-password-nobody-shows", "postgresql://h/db?no=a-password"}) {
        const auto none = postgres::open_ledger(url);
        CHECK(code_of(none) == ErrorCode::invalid);
        CHECK(none.error().detail.find("a-password") == std::string::npos);
    }
}

TEST_CASE("a read-only database and a missing right are told as such", "[postgres]") {
    Endpoints endpoints;
    { const ChangesetStore first = endpoints.open("first"); }
    endpoints.server.ask("ALTER DATABASE postgres SET default_transaction_read_only = on");
    ChangesetStore first = endpoints.open("first");
    const auto refused = first.found_team("Crossing North");
    CHECK(code_of(refused) == ErrorCode::refused);
    CHECK(refused.error().detail.find("read-only") != std::string::npos);
}

TEST_CASE("a dump with pg_dump, restored into an empty database, is the same endpoint",
          "[postgres]") {
    Endpoints endpoints;
    Notebook laptop = test::new_notebook(endpoints.at("laptop"), 1, endpoints.clock);
    const AuditId audit = test::draft_with_answers(laptop, 5);
    std::string identity, digest;
    {
        ChangesetStore first = endpoints.open("first");
        want(first.receive(laptop.team(), sealed_by(laptop)));
        identity = first.key().public_key();
        digest = endpoints.digest("first");
    }
    const fs::path dump = endpoints.server.dump_to_file();
    endpoints.server.ask("DROP SCHEMA bordereau CASCADE");
    endpoints.server.restore(dump);
    ChangesetStore restored = endpoints.open("restored");
    CHECK(restored.key().public_key() == identity);
    CHECK(want(restored.vector(laptop.team())) == want(laptop.journal().vector()));
    CHECK(want(restored.answers(audit)).size() == 5);
    CHECK_FALSE(want(restored.verify()));
    CHECK(endpoints.digest("restored") == digest);
}

TEST_CASE("a ledger in PostgreSQL gets another key, and the one before opens nothing any more",
          "[postgres]") {
    Endpoints endpoints;
    Notebook laptop = test::new_notebook(endpoints.at("laptop"), 1, endpoints.clock);
    const AuditId audit = test::draft_with_answers(laptop, 5);
    {
        ChangesetStore first = endpoints.open("first");
        want(first.receive(laptop.team(), sealed_by(laptop)));
    }
    fs::copy(endpoints.key(), endpoints.at("old.key"));
    {
        auto ledger = want(postgres::open_ledger(endpoints.server.url()));
        want(change_key_of_ledger(*ledger, endpoints.key(), seeded_entropy(3)));
    }
    CHECK(code_of(endpoints.try_open("old", endpoints.at("old.key"))) == ErrorCode::refused);
    ChangesetStore first = endpoints.open("first");
    CHECK(want(first.vector(laptop.team())) == want(laptop.journal().vector()));
    CHECK(want(first.answers(audit)).size() == 5);
    CHECK_FALSE(want(first.verify()));
}

TEST_CASE("whoever sends rubbish to several endpoints fills neither them nor the database",
          "[postgres][evidence]") {
    Endpoints endpoints;
    ChangesetStore first = endpoints.open("first"), second = endpoints.open("second");
    const TeamId team = want(first.found_team("Crossing North"));
    constexpr std::int64_t kHalf = kMostEvidence / 2;
    want(first.receive(team, test::rubbish(kHalf)));
    want(second.receive(team, test::rubbish(kHalf + 9, kHalf)));
    const auto entries = [&] {
        return endpoints.server.ask("SELECT count(*) FROM bordereau.entry");
    };
    const std::string full = entries();
    want(first.receive(team, test::rubbish(5, kMostEvidence + 9)));
    CHECK(entries() == full);
    CHECK(want(first.quarantined(team)) == kMostEvidence);
    CHECK(want(second.quarantined(team)) == kMostEvidence);
    CHECK(want(first.turned_away(team)) == 5);
    CHECK(want(second.turned_away(team)) == 9);
    CHECK(endpoints.digest("first") == endpoints.digest("second"));
}

}  // namespace bordereau::storage
