// What an endpoint takes in a second: into a ledger in PostgreSQL beside COPY of the same bytes,
// and without one beside a bulk insert of them. A program of Catch2, since what runs the server is.
//   BORDEREAU_BENCH_AUDITS=10000 bordereau_ledger_bench
#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "storage/changeset_store.h"
#include "storage/crypto/keys.h"
#include "storage/crypto/random.h"
#include "storage/postgres/ledger.h"
#include "tests/bench/measure.h"
#include "tests/bench/sync_load.h"
#include "tests/support/notebooks.h"
#include "tests/support/postgres_server.h"

namespace bordereau::bench {
namespace {

namespace fs = std::filesystem;
using namespace storage;

constexpr std::size_t kBatchBytes = std::size_t{1} << 20;

using Batch = std::vector<std::string>;

std::size_t wanted_audits() {
    const char* named = std::getenv("BORDEREAU_BENCH_AUDITS");
    return named ? std::strtoul(named, nullptr, 10) : 10'000;
}

// A changeset for each audit, as finalizing one after the other makes them.
void record_all(Notebook& notebook, const SyncLoad& load) {
    auto open = want(sqlite::Transaction::begin(notebook.database()));
    const LaneId home = lane_of_home(notebook.device());
    for (std::size_t i = 0; i < load.size(); ++i)
        want(Log{notebook.database()}.seal(
            open, notebook.team(), home, notebook.device_key(),
            load.changes(load.audit(i), notebook.device(), notebook.journal().identity().person)));
    want(std::move(open).commit());
}

std::vector<Batch> batches_of(Notebook& notebook, double& megabytes) {
    want(notebook.journal().seal_all());
    std::vector<Batch> batches(1);
    std::size_t size = 0, all = 0;
    for (auto& changeset : want(notebook.journal().missing({}, std::size_t{1} << 40))) {
        size += changeset.bytes.size();
        all += changeset.bytes.size();
        batches.back().push_back(std::move(changeset.bytes));
        if (size >= kBatchBytes) {
            batches.emplace_back();
            size = 0;
        }
    }
    megabytes = static_cast<double>(all) / 1e6;
    return batches;
}

void put(std::string& out, std::uint64_t number, int bytes) {
    for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(number >> (8 * i));
}

// PostgreSQL's documentation, "COPY", "Binary Format".
void write_copy(const fs::path& file, const std::vector<Batch>& batches) {
    std::string out{"PGCOPY\n\377\r\n\0", 11};
    put(out, 0, 8);
    for (const Batch& batch : batches)
        for (const std::string& bytes : batch) {
            put(out, 1, 2);
            put(out, bytes.size(), 4);
            out += bytes;
        }
    put(out, 0xffff, 2);
    std::ofstream{file, std::ios::binary} << out;
    fs::permissions(file, fs::perms::all);
}

void print(const char* what, double floor, double ours, double megabytes) {
    std::printf("%-52s %9.1f %9.1f MB/s %6.2f\n", what, megabytes / floor * 1e3,
                megabytes / ours * 1e3, floor / ours);
    std::fflush(stdout);
}

double receive_all(ChangesetStore& store, const TeamId& team, const std::vector<Batch>& batches) {
    return millis([&] {
        for (const Batch& batch : batches) want(store.receive(team, batch));
    });
}

double append_all(const std::string& url, const std::vector<Batch>& batches) {
    const auto ledger = want(postgres::open_ledger(url));
    return millis([&] {
        for (const Batch& batch : batches) {
            auto turn = want(ledger->begin({"bare"}));
            std::vector<LedgerEntry> entries;
            std::int64_t number = turn->head().number;
            for (const std::string& bytes : batch) entries.push_back({++number, 0, bytes});
            want(turn->append(entries, "mark"));
            want(turn->commit());
        }
    });
}

double insert_all(const fs::path& file, const std::vector<Batch>& batches) {
    auto db = want(sqlite::Database::open(file, crypto::new_key(crypto::system_entropy())));
    want(db.run_script("CREATE TABLE bare(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT"));
    return millis([&] {
        auto open = want(sqlite::Transaction::begin(db));
        for (const Batch& batch : batches)
            for (const std::string& bytes : batch)
                want(db.run("INSERT INTO bare(bytes) VALUES (?)", sqlite::Blob{bytes}));
        want(std::move(open).commit());
    });
}

ChangesetStore open_store(const fs::path& folder, Elsewhere elsewhere) {
    return want(ChangesetStore::open(folder, system_clock(), crypto::system_entropy(),
                                     std::move(elsewhere)));
}

}  // namespace

TEST_CASE("an endpoint's rate, beside COPY and a bulk insert of the same bytes") {
    test::PostgresServer server{"-c shared_buffers=128MB"};
    const test::TemporaryFolder folder;
    fs::permissions(folder.path(), fs::perms::all);
    const auto at = [&folder](const char* name) { return folder.path() / name; };
    Notebook notebook = want(Notebook::create(
        at("laptop"), {"amina", std::string{test::kPassphrase}, "Crossing North", "laptop"},
        {system_clock(), crypto::system_entropy(), crypto::least_cost()}));
    const SyncLoad load{wanted_audits(), system_clock().now()};
    record_all(notebook, load);
    double megabytes = 0;
    const auto batches = batches_of(notebook, megabytes);
    write_copy(at("copied"), batches);
    std::printf("%zu audits, %.1f MB in %zu batches, each durable\n%-52s %9s %9s\n", load.size(),
                megabytes, batches.size(), "", "floor", "ours");

    server.ask("CREATE TABLE bare(bytes bytea NOT NULL)");
    const double copied = millis([&] {
        server.ask("\\copy bare FROM '" + at("copied").string() + "' WITH (FORMAT binary)");
    });
    const double inserted = insert_all(at("bare.db"), batches);
    print("entries appended to the ledger, against COPY", copied, append_all(server.url(), batches),
          megabytes);
    const auto key = at("one") / "endpoint.key";
    auto shared = open_store(at("one"), {want(postgres::open_ledger(server.url())), {}});
    print("taken in by an endpoint with a ledger, against COPY", copied,
          receive_all(shared, notebook.team(), batches), megabytes);
    auto alone = open_store(at("alone"), {});
    print("taken in by an endpoint without, against a bulk insert", inserted,
          receive_all(alone, notebook.team(), batches), megabytes);
    auto fresh = open_store(at("two"), {want(postgres::open_ledger(server.url())), key});
    print("replayed into an empty folder, against COPY", copied,
          millis([&] { want(fresh.vector(notebook.team())); }), megabytes);
    CHECK(want(fresh.vector(notebook.team())) == want(notebook.journal().vector()));
}

}  // namespace bordereau::bench
