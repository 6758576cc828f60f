// What it costs to bring ten thousand audits to an endpoint, then a hundred changed ones, then
// nothing: against the same answers as JSON over a plain socket with zstd, and against posts as
// OpenRosa clients make them. A program of Catch2, since what runs the endpoint is.
//   BORDEREAU_BENCH_AUDITS=10000 bordereau_sync_bench
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <cstdlib>

#include "tests/bench/measure.h"
#include "tests/bench/sync_floors.h"
#include "tests/bench/sync_load.h"
#include "tests/support/canned_server.h"
#include "tests/support/members.h"

namespace bordereau::bench {
namespace {

namespace fs = std::filesystem;
using namespace storage;

constexpr std::size_t kCorrected = 100;

std::size_t wanted_audits() {
    const char* named = std::getenv("BORDEREAU_BENCH_AUDITS");
    return named ? std::strtoul(named, nullptr, 10) : 10'000;
}

void print(const char* what, double floor, double ours, const char* unit, double wanted) {
    std::printf("%-58s %11.1f %11.1f %-6s %6.2f, wanted %.2f\n", what, floor, ours, unit,
                ours / floor, wanted);
    std::fflush(stdout);
}

// Each into a changeset of its own, as finalizing one after the other makes them.
void seal(Notebook& notebook, std::vector<std::vector<Change>> audits) {
    auto open = want(sqlite::Transaction::begin(notebook.database()));
    const LaneId home = lane_of_home(notebook.device());
    for (auto& changes : audits)
        want(Log{notebook.database()}.seal(open, notebook.team(), home, notebook.device_key(),
                                           std::move(changes)));
    want(std::move(open).commit());
}

void record_all(Notebook& notebook, const SyncLoad& load) {
    std::vector<std::vector<Change>> audits;
    for (std::size_t i = 0; i < load.size(); ++i) {
        audits.push_back(
            load.changes(load.audit(i), notebook.device(), notebook.journal().identity().person));
        if (audits.size() == 500) seal(notebook, std::exchange(audits, {}));
    }
    seal(notebook, std::move(audits));
}

// Some audits of all that there are, evenly.
std::size_t corrected_number(const SyncLoad& load, std::size_t i) {
    return i * load.size() / kCorrected;
}

void correct_some(Notebook& notebook, const SyncLoad& load, bool together = false) {
    std::vector<std::vector<Change>> audits;
    for (std::size_t i = 0; i < kCorrected; ++i) {
        const LoadAudit of = load.audit(corrected_number(load, i));
        LoadAudit correction = load.correction(i, of);
        if (together)  // a day later, so that these are other changes
            for (LoadAnswer& answer : correction.answers) answer.at += Millis{86'400'000};
        auto changes =
            load.changes(correction, of, notebook.device(), notebook.journal().identity().person);
        if (!together || audits.empty())
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
    const auto bytes =
        static_cast<double>(ours.progress.bytes_up + ours.progress.bytes_down +
                            heads * static_cast<std::size_t>(ours.progress.tally.requests));
    print("all, against a plain socket with zstd -3", socket.millis, ours.millis, "ms", 2.5);
    print("bytes, against zstd -3 of the JSON", static_cast<double>(zstd_size(documents)), bytes,
          "bytes", 0.8);
    std::printf("%-58s %11s %11lld\n", "requests", "",
                static_cast<long long>(ours.progress.tally.requests));
    if (std::getenv("BORDEREAU_BENCH_ONLY_OURS") == nullptr) {
        const Moved posts = over_form_posts(documents, folder.path() / "posts");
        print("all, against OpenRosa-style posts", posts.millis, ours.millis, "ms", 0.1);
        print("bytes, against OpenRosa-style posts", static_cast<double>(posts.bytes), bytes,
              "bytes", 0.25);
    }

    correct_some(notebook, load);
    const Documents corrections = json_of_corrections(load);
    const std::size_t changed = counted(notebook, endpoint, progress);
    print("a hundred audits with five changed answers, against zstd -3",
          static_cast<double>(zstd_size(corrections)), static_cast<double>(changed), "bytes", 1.3);
    // What is sealed before it travels, rather than audit by audit, shares one signature.
    correct_some(notebook, load, true);
    const std::size_t together = counted(notebook, endpoint, progress);
    print("the same changes again, sealed together", static_cast<double>(zstd_size(corrections)),
          static_cast<double>(together), "bytes", 1.3);
    const std::size_t again = counted(notebook, endpoint, progress);
    std::printf("%-58s %11s %11zu bytes in %lld request, wanted below 300\n", "nothing to do", "",
                again, static_cast<long long>(progress.tally.requests));
    CHECK(endpoint.stop() == 0);
}

}  // namespace bordereau::bench
