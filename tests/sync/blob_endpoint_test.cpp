// Files through the built bordereau-endpoint on loopback, between real notebooks.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "storage/outbox.h"
#include "tests/support/files.h"
#include "tests/support/members.h"

namespace bordereau::sync {
namespace {

using storage::Attachments;
using test::want;

RoundEnd round_with_files(storage::Notebook& notebook, const Transport& transport) {
    const Station station =
        station_of(want(notebook.connect()), test::peer_of(notebook), transport);
    want(station.seal());
    return run_station(station, notebook.clock(), notebook.entropy(), [](const Progress&) {}, {});
}

FileTally moved(storage::Notebook& notebook) {
    const RoundEnd end = round_with_files(notebook, test::transport_to(test::peer_of(notebook)));
    if (!end.status) FAIL(end.status.error().detail);
    return end.progress.files;
}

}  // namespace

TEST_CASE(
    "photos reach the supervisor's laptop through a real endpoint, and another officer's none",
    "[sync][endpoint][blob]") {
    const test::TemporaryFolder folder;
    const auto data = folder.path() / "endpoint";
    test::EndpointProcess endpoint{data};
    storage::Notebook officer = test::present_notebook(folder.path() / "officer", 1);
    storage::Notebook colleague = test::present_notebook(folder.path() / "colleague", 2);
    storage::Notebook supervisor = test::present_notebook(folder.path() / "supervisor", 3);
    test::join(officer, test::invitation_to(endpoint, data));
    test::join(colleague, test::invitation_to(endpoint, data));
    test::join(supervisor, test::invitation_to(endpoint, data, {"--role", "supervisor"}));
    const std::string photo = test::noise(700'000, 7);
    const AuditId audit = test::audit_with_file(officer, photo);

    CHECK(moved(officer).sent == 1);
    CHECK(moved(colleague) == FileTally{.begun = true});
    CHECK(moved(supervisor).received == 1);
    CHECK(want(Attachments{supervisor}.get(audit, "photo.jpg")) == photo);
    CHECK(endpoint.stop() == 0);
}

TEST_CASE("an endpoint killed in the middle of a file holds every piece that it acknowledged",
          "[sync][endpoint][blob]") {
    const int pieces = GENERATE(1, 2);
    const test::TemporaryFolder folder;
    const auto data = folder.path() / "endpoint";
    auto endpoint = std::make_unique<test::EndpointProcess>(data);
    const int port = endpoint->port();
    storage::Notebook officer = test::present_notebook(folder.path() / "officer", 1);
    test::join(officer, test::invitation_to(*endpoint, data));
    const std::string photo = test::noise(900'000, 7);
    test::audit_with_file(officer, photo);

    const Transport real = test::transport_to(test::peer_of(officer));
    int answered = -1;  // what is held is asked first
    const Transport dying = [&](const Request& request, std::stop_token stop) -> Result<Response> {
        auto response = real(request, stop);
        if (request.url.ends_with("/v1/blob") && ++answered == pieces) endpoint->kill();
        return response;
    };
    CHECK_FALSE(round_with_files(officer, dying).status.ok());

    endpoint = std::make_unique<test::EndpointProcess>(data, port);
    std::size_t up = 0;
    const Transport counting = [&](const Request& request,
                                   std::stop_token stop) -> Result<Response> {
        if (request.url.ends_with("/v1/blob")) up += request.body.size();
        return real(request, stop);
    };
    const RoundEnd end = round_with_files(officer, counting);
    CHECK(end.progress.files.sent == 1);
    CHECK(up < photo.size() - static_cast<std::size_t>(pieces) * kPieceBytes + 2'000);
}

}  // namespace bordereau::sync
