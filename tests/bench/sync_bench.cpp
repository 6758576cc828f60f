// What it costs to bring ten thousand audits to an endpoint, then a hundred changed ones, then
// nothing: against the same answers as JSON over a plain socket with zstd, and against posts as
// OpenRosa clients make them. A program of Catch2, since what runs the endpoint is.
//   BORDEREAU_BENCH_AUDITS=10000 bordereau_sync_bench
#include <algorithm>
#include <array>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cstdio>
#include <cstdlib>
#include <semaphore>

#include "sync/blob_protocol.h"
#include "sync/reconnect.h"
#include "sync/worker.h"
#include "tests/bench/measure.h"
#include "tests/bench/sync_floors.h"
#include "tests/bench/sync_load.h"
#include "tests/support/canned_server.h"
#include "tests/support/far_endpoint.h"
#include "tests/support/members.h"
#include "tests/support/memory_holdings.h"
#include "tests/support/own_network.h"
#include "tests/support/parties.h"

namespace bordereau::bench {
namespace {

namespace fs = std::filesystem;
using namespace storage;

constexpr std::size_t kCorrected = 100;
constexpr std::size_t kSealedAtOnce = 500;  // changesets in a transaction

std::size_t wanted_audits() {
    const char* named = std::getenv("BORDEREAU_BENCH_AUDITS");
    return named ? std::strtoul(named, nullptr, 10) : 10'000;
}

void print(const char* what, double floor, double ours, const char* unit, double wanted) {
    std::printf("%-58s %11.1f %11.1f %-6s %6.2f, wanted %.2f\n", what, floor, ours, unit,
                ours / floor, wanted);
    std::fflush(stdout);
}

// Each of these into a changeset of its own.
void seal(Notebook& notebook, std::vector<std::vector<Change>> audits) {
    auto open = want(sqlite::Transaction::begin(notebook.database()));
    const LaneId home = lane_of_home(notebook.device());
    for (auto& changes : audits)
        want(Log{notebook.database()}.seal(open, notebook.team(), home, notebook.device_key(),
                                           std::move(changes)));
    want(std::move(open).commit());
}

struct Recording {
    std::size_t laptop = 0;  // another one's audits are others: by their ids
    /// Audits in a changeset: as many as are sealed together where no round comes between; or one,
    /// where each is sent as soon as it is finalized.
    std::size_t in_one = 0;
};

std::size_t sealed_together(const SyncLoad& load) {
    const auto changes = static_cast<std::size_t>(kWorthSealing);
    return std::max<std::size_t>(1, changes / (load.audit(0).answers.size() + 3));
}

LoadAudit audit_of(const SyncLoad& load, std::size_t number, std::size_t laptop) {
    LoadAudit audit = load.audit(number);
    if (laptop > 0) audit.id = {new_uuid(seeded_entropy(laptop * load.size() + number + 1))};
    return audit;
}

void record_all(Notebook& notebook, const SyncLoad& load, Recording how = {}) {
    std::vector<std::vector<Change>> changesets;
    if (how.in_one == 0) how.in_one = sealed_together(load);
    for (std::size_t i = 0; i < load.size(); ++i) {
        auto changes = load.changes(audit_of(load, i, how.laptop), notebook.device(),
                                    notebook.journal().identity().person);
        if (i % how.in_one == 0) changesets.emplace_back();
        std::ranges::move(changes, std::back_inserter(changesets.back()));
        if (changesets.size() == kSealedAtOnce && (i + 1) % how.in_one == 0)
            seal(notebook, std::exchange(changesets, {}));
    }
    if (!changesets.empty()) seal(notebook, std::move(changesets));
}

// Some audits of all that there are, evenly.
std::size_t corrected_number(const SyncLoad& load, std::size_t i) {
    return i * load.size() / kCorrected;
}

enum class Sealing { together, each };

void correct_some(Notebook& notebook, const SyncLoad& load, Sealing how) {
    std::vector<std::vector<Change>> audits;
    for (std::size_t i = 0; i < kCorrected; ++i) {
        const LoadAudit of = load.audit(corrected_number(load, i));
        LoadAudit correction = load.correction(i, of);
        if (how == Sealing::each)  // a day later, so that these are other changes
            for (LoadAnswer& answer : correction.answers) answer.at += Millis{86'400'000};
        auto changes =
            load.changes(correction, of, notebook.device(), notebook.journal().identity().person);
        if (how == Sealing::each || audits.empty())
            audits.push_back(std::move(changes));
        else
            std::ranges::move(changes, std::back_inserter(audits.front()));
    }
    seal(notebook, std::move(audits));
}

Documents json_of_all(const SyncLoad& load) {
    Documents documents;
    for (std::size_t i = 0; i < load.size(); ++i) documents.push_back(load.json(load.audit(i)));
    return documents;
}

Documents json_of_corrections(const SyncLoad& load) {
    Documents documents;
    for (std::size_t i = 0; i < kCorrected; ++i) {
        const LoadAudit of = load.audit(corrected_number(load, i));
        documents.push_back(load.json(load.correction(i, of)));
    }
    return documents;
}

/// One round, timed, and what it moved by the exchange's own count.
struct Synced {
    double millis = 0;
    sync::Progress progress;
};

Synced sync_direct(Notebook& notebook) {
    Synced synced;
    synced.millis = millis([&] { synced.progress = test::synced(notebook); });
    return synced;
}

// Through a relay that counts every byte, HTTP included.
std::size_t counted(Notebook& notebook, const test::EndpointProcess& endpoint,
                    sync::Progress& progress) {
    std::size_t bytes = 0;
    int connections = 0;
    {
        test::LoopbackServer relay{test::relaying_to(endpoint.port(), bytes, connections)};
        sync::Peer through_relay = test::peer_of(notebook);
        through_relay.url = relay.url();
        const auto end =
            test::sync_over(notebook, through_relay, test::transport_to(through_relay));
        want(Result<bool>{end.status ? Result<bool>{true} : end.status.error()});
        progress = end.progress;
    }
    return bytes;
}

}  // namespace

TEST_CASE("ten thousand audits to an endpoint, a hundred changed ones, nothing") {
    const test::TemporaryFolder folder;
    const auto data = folder.path() / "endpoint";
    const SyncLoad load{wanted_audits(), system_clock().now()};
    const Documents documents = json_of_all(load);
    std::size_t json_bytes = 0;
    for (const std::string& document : documents) json_bytes += document.size();
    std::printf("%zu audits, %.1f MB of JSON\n", load.size(),
                static_cast<double>(json_bytes) / 1e6);
    std::printf("%-58s %11s %11s %-6s %6s\n", "", "floor", "ours", "", "ratio");

    test::EndpointProcess endpoint{data};
    Notebook notebook = test::present_notebook(folder.path() / "north", 1);
    test::join(notebook, test::invitation_to(endpoint, data));
    test::synced(notebook);
    sync::Progress progress;
    const std::size_t nothing = counted(notebook, endpoint, progress);
    const std::size_t heads = nothing - progress.bytes_up - progress.bytes_down;
    record_all(notebook, load);

    const Moved socket = over_plain_socket(documents, folder.path());
    const Synced ours = sync_direct(notebook);
    CHECK(ours.progress.tally.declined.empty());
    const auto bytes =
        static_cast<double>(ours.progress.bytes_up + ours.progress.bytes_down +
                            heads * static_cast<std::size_t>(ours.progress.tally.requests));
    print("all, against a plain socket with zstd -3", socket.millis, ours.millis, "ms", 2.5);
    print("bytes, against zstd -3 of the JSON", static_cast<double>(zstd_size(documents)), bytes,
          "bytes", 0.8);
    std::printf("%-58s %11s %11lld\n", "requests", "",
                static_cast<long long>(ours.progress.tally.requests));
    Notebook south = test::present_notebook(folder.path() / "south", 2);
    test::join(south, test::invitation_to(endpoint, data));
    test::synced(south);
    const double alone = over_plain_socket(documents, folder.path()).millis;
    record_all(south, load, {1, 1});
    const Synced each = sync_direct(south);
    CHECK(each.progress.tally.declined.empty());
    print("as many from another laptop, each sealed by itself", alone, each.millis, "ms", 2.5);
    print("bytes of those", static_cast<double>(zstd_size(documents)),
          static_cast<double>(each.progress.bytes_up), "bytes", 0.8);
    const Documents corrections = json_of_corrections(load);
    std::optional<PouchMoved> pouch;
    if (std::getenv("BORDEREAU_BENCH_ONLY_OURS") == nullptr)
        pouch = over_pouchdb(documents, corrections, folder.path() / "pouchdb");
    if (pouch) {
        print("all, against PouchDB", pouch->all.millis, ours.millis, "ms", 0.25);
        print("bytes, against PouchDB", static_cast<double>(pouch->all.bytes), bytes, "bytes", 1);
    }
    if (std::getenv("BORDEREAU_BENCH_ONLY_OURS") == nullptr) {
        const Moved posts = over_form_posts(documents, folder.path() / "posts");
        print("all, against OpenRosa-style posts", posts.millis, ours.millis, "ms", 0.1);
        print("bytes, against OpenRosa-style posts", static_cast<double>(posts.bytes), bytes,
              "bytes", 0.25);
    }

    correct_some(notebook, load, Sealing::together);
    const std::size_t changed = counted(notebook, endpoint, progress);
    print("a hundred audits with five changed answers, against zstd -3",
          static_cast<double>(zstd_size(corrections)), static_cast<double>(changed), "bytes", 1.3);
    if (pouch)
        print("the same, against PouchDB", static_cast<double>(pouch->changed.bytes),
              static_cast<double>(changed), "bytes", 1);
    // Where each was sent as soon as it was finalized, each has a signature.
    correct_some(notebook, load, Sealing::each);
    const std::size_t signed_each = counted(notebook, endpoint, progress);
    print("the same changes again, each sealed by itself",
          static_cast<double>(zstd_size(corrections)), static_cast<double>(signed_each), "bytes",
          1.3);
    const std::size_t again = counted(notebook, endpoint, progress);
    std::printf("%-58s %11s %11zu bytes in %lld request, wanted below 300\n", "nothing to do", "",
                again, static_cast<long long>(progress.tally.requests));
    if (pouch)
        print("the same, against PouchDB", static_cast<double>(pouch->nothing.bytes),
              static_cast<double>(again), "bytes", 1);
    CHECK(endpoint.stop() == 0);
}

namespace {

// Both over lines of the same kind, one after the other, each with its own luck.
struct Raced {
    double plain_millis = 0, our_millis = 0;
    std::size_t bytes = 0;
};

sync::Progress over_line(Notebook& notebook) {
    const sync::Peer peer = test::peer_of(notebook);
    const auto end = test::sync_over(notebook, peer, test::transport_to(peer));
    want(Result<bool>{end.status ? Result<bool>{true} : end.status.error()});
    return end.progress;
}

std::optional<Raced> race(const test::PacketLineQuality& quality, const SyncLoad& load) {
    const test::TemporaryFolder folder;
    const auto tls = test::TlsFiles::made(folder.path() / "tls");
    const auto ours = test::PacketLine::laid(quality), plain = test::PacketLine::laid(quality);
    if (!tls || !ours || !plain) return std::nullopt;
    test::FarEndpoint endpoint{*ours, folder.path() / "endpoint", *tls};
    Notebook notebook = test::present_notebook(folder.path() / "north", 1);
    endpoint.join(notebook);
    record_all(notebook, load);
    Raced raced;
    {
        const test::Within near{ours->near()};
        raced.our_millis = millis([&] { raced.bytes = over_line(notebook).bytes_up; });
    }
    std::optional<test::LoopbackServer> server;
    {
        const test::Within far{plain->far()};
        server.emplace(take_plain_bytes, test::PacketLine::kFarAddress);
    }
    const test::Within near{plain->near()};
    raced.plain_millis = over_plain_connection(raced.bytes, server->address()).millis;
    return raced;
}

}  // namespace

// How a line's losses fall differs from one journey to the next by more than what is looked for:
// several are summed up.
TEST_CASE("audits over a bad line, against the same bytes over one plain connection") {
    using namespace std::chrono_literals;
    const auto [lost, audits, journeys] = GENERATE(table<unsigned, std::size_t, int>(
        {std::tuple{20u, std::size_t{1'000}, 4}, std::tuple{200u, std::size_t{50}, 2}}));
    const SyncLoad load{std::min(wanted_audits(), audits), system_clock().now()};
    Raced all;
    for (int seed = 1; seed <= journeys; ++seed) {
        const auto raced = race(
            {150ms, 32'000, lost, std::size_t{64} << 10, static_cast<std::uint64_t>(seed)}, load);
        if (!raced) return std::puts("a bad line: left out; none may be laid"), void();
        std::printf("  %zu bytes: %.1f s plain, %.1f s ours\n", raced->bytes,
                    raced->plain_millis / 1e3, raced->our_millis / 1e3);
        all.plain_millis += raced->plain_millis;
        all.our_millis += raced->our_millis;
    }
    std::printf("%zu audits over 300 ms there and back, %u %% loss, 256 kbit/s, %d times\n",
                load.size(), lost / 10, journeys);
    print("a bad line, against the same bytes over one connection", all.plain_millis,
          all.our_millis, "ms", 1.1);
}

// Of a line that loses nothing, so that only the cut counts: it is in the middle of the batches,
// and the laptop is closed at that moment.
TEST_CASE("what is sent again of a thousand audits after a cut") {
    using namespace std::chrono_literals;
    const SyncLoad load{std::min<std::size_t>(wanted_audits(), 1'000), system_clock().now()};
    std::array<std::size_t, 2> sent{};
    for (const bool is_cut : {false, true}) {
        const test::TemporaryFolder folder;
        const auto tls = test::TlsFiles::made(folder.path() / "tls");
        const auto line = test::PacketLine::laid({150ms, 32'000});
        if (!tls || !line) return std::puts("a cut line: left out; none may be laid"), void();
        test::FarEndpoint endpoint{*line, folder.path() / "endpoint", *tls};
        Notebook notebook = test::present_notebook(folder.path() / "north", 1);
        endpoint.join(notebook);
        record_all(notebook, load);
        const test::Within near{line->near()};
        std::stop_source lid;
        if (is_cut) line->go_dark_after(sent[0] / 2, 1s, [&lid] { lid.request_stop(); });
        const sync::Peer peer = test::peer_of(notebook);
        const auto end = test::sync_over(notebook, peer, test::transport_to(peer), lid.get_token());
        CHECK(end.status.ok() != is_cut);
        if (is_cut) over_line(notebook);
        sent[is_cut] = line->bytes_up();
    }
    print("sent again after a cut, against a chunk", static_cast<double>(sync::kPieceBytes),
          static_cast<double>(sent[1]) - static_cast<double>(sent[0]), "bytes", 1);
}

TEST_CASE("from a network's return to the beginning of a round") {
    bool made = false;
    double took = 0;
    test::in_own_network(
        [&took](test::OwnNetwork& network) {
            std::binary_semaphore failed{0}, began{0};
            std::atomic<bool> there = false;
            const test::Pair pair;
            test::MemoryReplica laptop;
            sync::WorkerParts parts;
            parts.open = [&]() -> Result<sync::Station> {
                sync::Station station;
                station.replica = laptop.replica();
                station.parties = pair.parties();
                station.transport = [&](const sync::Request&,
                                        std::stop_token) -> Result<sync::Response> {
                    (there ? began : failed).release();
                    return Error{ErrorCode::offline, "no network"};
                };
                station.seal = [] { return done(); };
                station.waiting = []() -> Result<std::int64_t> { return 0; };
                return station;
            };
            parts.clock = system_clock();
            parts.entropy = seeded_entropy(1);
            parts.retry = {std::chrono::hours{1}, std::chrono::hours{2}};
            std::binary_semaphore waits{0};
            sync::Worker* asked = nullptr;
            parts.wake = [&] {
                if (asked && asked->status().phase == sync::Phase::waiting) waits.release();
            };
            sync::Worker worker{std::move(parts)};
            asked = &worker;
            const sync::Reconnect watch{[&worker] { worker.network_returned(); }};
            worker.request();
            failed.acquire();
            waits.acquire();
            if (!network.raise()) return;
            there = true;
            took = millis([&] {
                if (network.set_address("10.7.7.7")) began.acquire();
            });
            asked = nullptr;
        },
        made);
    if (!made)
        return std::puts("a network's return: left out; none of one's own may be made"), void();
    print("from a network's return to a request, of two seconds", 2'000, took, "ms", 1);
}

}  // namespace bordereau::bench
