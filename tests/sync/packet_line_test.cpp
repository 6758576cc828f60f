// Whole rounds with the built bordereau-endpoint over TLS and a line that loses packets: the
// kernel's own TCP on both sides of it. Where no network of one's own may be made these are
// skipped.
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <semaphore>

#include "storage/outbox.h"
#include "sync/blob_protocol.h"
#include "sync/reconnect.h"
#include "sync/worker.h"
#include "tests/support/far_endpoint.h"
#include "tests/support/files.h"

namespace bordereau::sync {
namespace {

using namespace std::chrono_literals;
using test::PacketLine;
using test::want;
using test::Within;

constexpr std::size_t kAudits = 30, kFile = 600'000;
constexpr const char* kNoLine = "no networks and TUN devices of one's own may be made here";

/// A team at an endpoint at the far end of a line. Its laptops travel from the near end.
struct Post {
    test::TemporaryFolder folder;
    std::unique_ptr<PacketLine> line;
    std::unique_ptr<test::FarEndpoint> endpoint;

    explicit Post(const test::PacketLineQuality& quality) : line(PacketLine::laid(quality)) {
        if (!line) SKIP(kNoLine);
        const auto tls = test::TlsFiles::made(folder.path() / "tls");
        if (!tls) SKIP("no openssl command here");
        endpoint = std::make_unique<test::FarEndpoint>(*line, folder.path() / "endpoint", *tls);
    }

    storage::Notebook laptop(const std::string& name, std::uint64_t seed,
                             std::vector<std::string> more = {}) {
        storage::Notebook notebook = test::present_notebook(folder.path() / name, seed);
        endpoint->join(notebook, std::move(more));
        return notebook;
    }
};

RoundEnd round_of(storage::Notebook& notebook, const Transport& transport,
                  const std::stop_token& stop = {}) {
    const Station station =
        station_of(want(notebook.connect()), test::peer_of(notebook), transport);
    want(station.seal());
    return run_station(
        station, notebook.clock(), notebook.entropy(), [](const Progress&) {}, stop);
}

Progress travelled(storage::Notebook& notebook) {
    const RoundEnd end = round_of(notebook, test::transport_to(test::peer_of(notebook)));
    if (!end.status) FAIL(end.status.error().detail);
    return end.progress;
}

// Nothing that `from` holds is missing in `to`, files included.
void check_whole(storage::Notebook& from, storage::Notebook& to) {
    const VersionVector held = want(to.journal().vector());
    for (const auto& [chain, end] : want(from.journal().vector()))
        CHECK(held.at(chain).number >= end.number);
    CHECK(want(storage::Attachments{to}.missing()).empty());
}

}  // namespace

TEST_CASE("over a line that loses packets everything arrives, once", "[sync][endpoint][packets]") {
    const unsigned lost = GENERATE(20u, 200u);
    CAPTURE(lost);
    Post post{{10ms, 250'000, lost}};
    storage::Notebook officer = post.laptop("officer", 2);
    for (std::size_t i = 0; i < kAudits; ++i)
        test::audit_with_file(officer, test::noise(500, i + 1));

    const Within near{post.line->near()};
    const Progress first = travelled(officer);
    CHECK(first.files.sent == kAudits);
    const Progress again = travelled(officer);
    CHECK(again.tally.sent == 0);
    CHECK(again.tally.requests == 1);
    storage::Notebook supervisor = post.laptop("supervisor", 3, {"--role", "supervisor"});
    travelled(supervisor);
    check_whole(officer, supervisor);
    CHECK(post.endpoint->stop() == 0);
}

TEST_CASE("a line that goes dark for a while costs no message", "[sync][endpoint][packets]") {
    Post post{{5ms, 2'000'000, 0}};
    storage::Notebook officer = post.laptop("officer", 2);
    test::audit_with_file(officer, test::noise(kFile, 1));
    const Within near{post.line->near()};
    post.line->go_dark_after(kFile / 2, 300ms);
    const Progress first = travelled(officer);
    CHECK(first.files.sent == 1);
    CHECK(post.line->bytes_up() < kFile + kFile / 4);
    CHECK(post.endpoint->stop() == 0);
}

TEST_CASE("a laptop that is closed in mid-transfer sends less than a chunk again",
          "[sync][endpoint][packets]") {
    Post post{{5ms, 2'000'000, 0}};
    storage::Notebook calm = post.laptop("calm", 2), closed = post.laptop("closed", 3);
    test::audit_with_file(calm, test::noise(kFile, 1));
    test::audit_with_file(closed, test::noise(kFile, 2));
    const Within near{post.line->near()};
    travelled(calm);
    const std::size_t whole = post.line->bytes_up();
    for (const std::size_t cut : {kFile / 5, kFile / 3}) {
        std::stop_source lid;
        post.line->go_dark_after(cut, 10ms, [&lid] { lid.request_stop(); });
        const RoundEnd end =
            round_of(closed, test::transport_to(test::peer_of(closed)), lid.get_token());
        CHECK(test::code_of(end.status) == ErrorCode::cancelled);
    }
    CHECK(travelled(closed).files.sent == 1);
    constexpr std::size_t kHeads = 20'000;  // of packets, and a greeting for each beginning
    CHECK(post.line->bytes_up() <= 2 * whole + 2 * (kPieceBytes + kHeads));
    CHECK(post.endpoint->stop() == 0);
}

TEST_CASE("a laptop that comes to another network in mid-transfer goes on there by itself",
          "[sync][endpoint][packets]") {
    Post post{{5ms, 2'000'000, 0}};
    storage::Notebook officer = post.laptop("officer", 2);
    test::audit_with_file(officer, test::noise(kFile, 1));
    const Within near{post.line->near()};
    std::binary_semaphore pulled{0}, rested{0};
    post.line->go_dark_after(kFile / 2, 10ms, [&] {
        post.line->pull_out();
        pulled.release();
    });

    WorkerParts parts;
    parts.open = [&] { return station_of(want(officer.connect())); };
    parts.clock = officer.clock();
    parts.entropy = officer.entropy();
    std::atomic<Worker*> asked = nullptr;
    parts.wake = [&] {
        Worker* worker = asked;
        if (worker && worker->status().phase == Phase::idle && worker->status().last_success)
            rested.release();
    };
    Worker worker{std::move(parts)};
    asked = &worker;
    const Reconnect watch{[&worker] { worker.network_returned(); }};
    worker.request();
    pulled.acquire();
    REQUIRE(post.line->put_back("10.77.0.9"));
    rested.acquire();
    asked = nullptr;
    CHECK(travelled(officer).tally.requests == 1);
    CHECK(want(storage::Outbox{officer, outbox_name(test::peer_of(officer))}.waiting()).bytes == 0);
    CHECK(post.endpoint->stop() == 0);
}

TEST_CASE("a message that a slow line sends for long is not taken for silence",
          "[sync][endpoint][packets]") {
    Post post{{5ms, 9'000, 0}};
    storage::Notebook officer = post.laptop("officer", 2);
    test::audit_with_file(officer, test::noise(75'000, 1));
    const Within near{post.line->near()};
    const auto impatient = [real = test::transport_to(test::peer_of(officer))](
                               const Request& request, std::stop_token stop) {
        Request less = request;
        less.limits.silence = std::chrono::seconds{1};
        return real(less, std::move(stop));
    };
    const RoundEnd end = round_of(officer, impatient);
    if (!end.status) FAIL(end.status.error().detail);
    CHECK(post.endpoint->stop() == 0);
}

}  // namespace bordereau::sync
