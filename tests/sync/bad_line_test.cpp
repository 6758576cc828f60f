// Whole rounds with the built bordereau-endpoint over a line that is slow and breaks.
#include <catch2/catch_test_macros.hpp>

#include "storage/attachments.h"
#include "tests/support/bad_line.h"
#include "tests/support/files.h"
#include "tests/support/members.h"

namespace bordereau::sync {
namespace {

using namespace std::chrono_literals;
using test::want;

constexpr test::LineQuality kSlow{5ms, 20'000'000, 20, 10ms};
constexpr std::size_t kFile = 600'000;

/// One laptop on its way over one line, which breaks where it is told to.
struct Journey {
    test::BadLine& line;
    std::vector<std::size_t> cuts;  ///< the next last
    std::size_t largest = 0;        ///< message
    int broken = 0;

    Result<Response> send(const Transport& real, const Request& request, std::stop_token stop) {
        if (!line.cut_is_due() && !cuts.empty()) {
            line.cut_after(cuts.back());
            cuts.pop_back();
            ++broken;
        }
        largest = std::max(largest, request.body.size());
        return real(request, stop);
    }

    RoundEnd round(storage::Notebook& notebook) {
        Peer peer = test::peer_of(notebook);
        peer.url = line.url();
        const Station station = station_of(
            want(notebook.connect()), peer,
            [&, real = test::transport_to(peer)](const Request& request, std::stop_token stop) {
                return send(real, request, std::move(stop));
            });
        want(station.seal());
        return run_station(station, notebook.clock(), notebook.entropy(), [](const Progress&) {},
                           {});
    }

    /// Rounds until one succeeds; each break ends one at most.
    void travel(storage::Notebook& notebook) {
        for (std::size_t left = cuts.size();; --left) {
            const RoundEnd end = round(notebook);
            if (end.status) return;
            if (left == 0) FAIL(end.status.error().detail);
        }
    }
};

storage::Notebook officer_with_work(const test::EndpointProcess& endpoint,
                                    const std::filesystem::path& data,
                                    const std::filesystem::path& folder, std::uint64_t seed) {
    storage::Notebook officer = test::present_notebook(folder, seed);
    test::join(officer, test::invitation_to(endpoint, data));
    for (int i = 0; i < 3; ++i) test::audit_with_file(officer, test::noise(1'000, seed * 10 + i));
    test::audit_with_file(officer, test::noise(kFile, seed));
    return officer;
}

}  // namespace

TEST_CASE(
    "over a line that breaks anywhere all arrives, once, and at most a message for each break "
    "travels again",
    "[sync][endpoint][line]") {
    const test::TemporaryFolder folder;
    const auto data = folder.path() / "endpoint";
    test::EndpointProcess endpoint{data};
    storage::Notebook calm = officer_with_work(endpoint, data, folder.path() / "calm", 1);
    storage::Notebook officer = officer_with_work(endpoint, data, folder.path() / "officer", 2);

    test::BadLine whole{endpoint.port(), kSlow};
    Journey calmly{whole, {}};
    calmly.travel(calm);
    test::BadLine line{endpoint.port(), kSlow};
    Journey broken{line, {200'000, 262'800, 150'000, 50'000, 5'000, 2'000, 700, 150, 1, 0}};
    broken.travel(officer);
    CHECK(broken.broken >= 5);
    const std::size_t heads = 1'000;  // and a greeting for each new beginning
    CHECK(line.bytes_up() <=
          whole.bytes_up() + static_cast<std::size_t>(broken.broken) * (broken.largest + heads));
    CHECK(broken.largest < 300'000);

    const Progress again = test::synced(officer);
    CHECK(again.tally.sent == 0);
    CHECK(again.tally.requests == 1);
    storage::Notebook supervisor = test::present_notebook(folder.path() / "supervisor", 3);
    test::join(supervisor, test::invitation_to(endpoint, data, {"--role", "supervisor"}));
    test::BadLine back{endpoint.port(), kSlow};
    Journey{back, {1'500, 900, 500}}.travel(supervisor);
    const VersionVector held = want(supervisor.journal().vector());
    for (const auto& [chain, end] : want(officer.journal().vector()))
        CHECK(held.at(chain).number >= end.number);
    CHECK(want(storage::Attachments{supervisor}.missing()).empty());
    CHECK(endpoint.stop() == 0);
}

}  // namespace bordereau::sync
