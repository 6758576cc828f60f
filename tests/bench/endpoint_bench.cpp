// Five hundred devices that come to an endpoint at once, each with audits to bring: errors, how
// long they wait, and how fast their bytes are held, beside SQLite inserting the same bytes. A
// program of Catch2, since what runs the endpoint is.
//   BORDEREAU_BENCH_DEVICES=500 bordereau_endpoint_bench
#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <cstdlib>

#include "storage/crypto/keys.h"
#include "storage/sqlite/database.h"
#include "tests/bench/measure.h"
#include "tests/support/crowd.h"
#include "tests/support/endpoint_process.h"
#include "tests/support/field_devices.h"
#include "tests/support/folders.h"

namespace bordereau::bench {
namespace {

constexpr int kAuditsEach = 20, kAnswers = 120;

int wanted_devices() {
    const char* named = std::getenv("BORDEREAU_BENCH_DEVICES");
    return named ? std::atoi(named) : 500;
}

/// What each device brings.
using Brought = std::vector<std::vector<std::string>>;

Brought audits_of(const test::Enlisted& enlisted, const Entropy& entropy) {
    Brought all;
    for (const auto& key : enlisted.devices) {
        const DeviceId device = storage::crypto::device_id(key.public_key());
        storage::ChainLink link{enlisted.team, storage::lane_of_home(device), 1, {}};
        std::vector<std::string> own;
        for (; link.number <= kAuditsEach; ++link.number) {
            own.push_back(want(test::sealed_audit(link, key, kAnswers, entropy)));
            link.previous = want(storage::read_head(own.back())).digest;
        }
        all.push_back(std::move(own));
    }
    return all;
}

std::size_t bytes_of(const Brought& brought) {
    std::size_t bytes = 0;
    for (const auto& own : brought)
        for (const std::string& one : own) bytes += one.size();
    return bytes;
}

// The floor: the same bytes, keyed alike, encrypted, in one durable transaction.
double bulk_insert_millis(const Brought& brought, const std::filesystem::path& folder,
                          const Entropy& entropy) {
    auto db = want(
        storage::sqlite::Database::open(folder / "floor.db", storage::crypto::new_key(entropy)));
    want(
        db.run_script("CREATE TABLE held(device INTEGER, number INTEGER, bytes BLOB,"
                      " UNIQUE (device, number)) STRICT"));
    return millis([&] {
        auto open = want(storage::sqlite::Transaction::begin(db));
        for (std::size_t device = 0; device < brought.size(); ++device)
            for (std::size_t number = 0; number < brought[device].size(); ++number)
                want(db.run("INSERT INTO held VALUES (?, ?, ?)", static_cast<std::int64_t>(device),
                            static_cast<std::int64_t>(number),
                            storage::sqlite::Blob{brought[device][number]}));
        want(std::move(open).commit());
    });
}

double resident_megabytes(int port) {
    const test::Caller metrics = test::get(port, "/metrics");
    const std::string text{metrics.body()};
    const std::size_t at = text.find("\nprocess_resident_memory_bytes ");
    return at == std::string::npos ? 0 : std::strtod(text.c_str() + at + 31, nullptr) / 1e6;
}

void print(const char* what, double value, const char* unit) {
    std::printf("%-58s %11.1f %s\n", what, value, unit);
    std::fflush(stdout);
}

struct Asked {
    int errors = 0;
    double wall = 0;            ///< milliseconds until the last answer
    std::vector<double> times;  ///< of each
};

Asked ask_all(int port, const std::vector<std::string>& requests) {
    Asked asked;
    std::vector<test::Caller> callers;
    asked.wall = millis([&] {
        for (const std::string& request : requests) callers.emplace_back(port, request);
        test::run_all(callers);
    });
    for (const test::Caller& caller : callers) {
        asked.errors += caller.status() != 200;
        asked.times.push_back(caller.millis());
    }
    return asked;
}

void print(const Asked& asked) {
    print("errors (wanted 0)", asked.errors, "");
    print("half of them have their answer within", percentile(asked.times, 0.5), "ms");
    print("99 of 100 within", percentile(asked.times, 0.99), "ms");
}

}  // namespace

TEST_CASE("five hundred devices at once") {
    const test::TemporaryFolder folder;
    const Entropy entropy = seeded_entropy(7);
    const auto data = folder.path() / "endpoint";
    const test::Enlisted enlisted = want(test::enlist(data, wanted_devices(), entropy));
    const Brought brought = audits_of(enlisted, entropy);
    const double megabytes = static_cast<double>(bytes_of(brought)) / 1e6;
    const double floor = bulk_insert_millis(brought, folder.path(), entropy);

    test::EndpointProcess endpoint{data, 0, {"--log", "quiet"}};
    std::vector<std::string> requests;
    for (std::size_t i = 0; i < brought.size(); ++i)
        requests.push_back(test::http_bytes(
            "POST", "/v1/exchange",
            test::offer_of(enlisted.team, enlisted.devices[i], brought[i], entropy)));
    const Asked first = ask_all(endpoint.port(), requests);
    std::printf("%zu devices bring %d audits of %d answers each, %.1f MB\n", brought.size(),
                kAuditsEach, kAnswers, megabytes);
    print(first);
    print("held, as the endpoint acknowledges it", megabytes / first.wall * 1e3, "MB/s");
    print("memory of the endpoint afterwards", resident_megabytes(endpoint.port()), "MB");
    print("SQLite inserts the same bytes", megabytes / floor * 1e3, "MB/s");
    print("times the floor", first.wall / floor, "");
    for (std::size_t i = 0; i < brought.size(); ++i)
        requests[i] =
            test::http_bytes("POST", "/v1/exchange",
                             test::offer_of(enlisted.team, enlisted.devices[i], {}, entropy));
    const Asked again = ask_all(endpoint.port(), requests);
    std::printf("the same devices again, with nothing new\n");
    print(again);
    print("answers a second", static_cast<double>(requests.size()) / again.wall * 1e3, "");
    CHECK(first.errors + again.errors == 0);
    CHECK(endpoint.stop() == 0);
}

}  // namespace bordereau::bench
