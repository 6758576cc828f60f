// The built bordereau-endpoint on loopback, and real notebooks.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <mutex>
#include <nlohmann/json.hpp>

#include "storage/base/text.h"
#include "storage/outbox.h"
#include "tests/support/canned_server.h"
#include "tests/support/members.h"
#include "tests/support/tls_files.h"

namespace bordereau::sync {
namespace {

using nlohmann::json;
using test::want;

AuditId finalized_audit(storage::Notebook& notebook, int answers) {
    const AuditId audit = test::draft_with_answers(notebook, answers);
    want(storage::Audits{notebook}.finalize(audit));
    return audit;
}

/// An audit of more than the smallest batch, whatever compression does.
void finalized_bulky_audit(storage::Notebook& notebook) {
    std::string noise(20'000, '\0');
    notebook.entropy()({reinterpret_cast<std::uint8_t*>(noise.data()), noise.size()});
    const AuditId audit = test::draft_with_answers(notebook, 3);
    storage::Answers answers{notebook};
    want(answers.record(audit, "/f/remarks", to_hex(noise)));
    test::finalize_and_seal(notebook, audit);
}

json listed(const std::filesystem::path& data) {
    const test::Ended ended = test::run_endpoint({"list", "--data", data.string(), "--json"});
    REQUIRE(ended.code == 0);
    return json::parse(ended.output)["teams"];
}

/// As the endpoint lists them: how many changesets of each device.
std::map<std::string, std::int64_t> sealed_by_device(const VersionVector& vector) {
    std::map<std::string, std::int64_t> sealed;
    for (const auto& [chain, end] : vector) sealed[chain.device.text] += end.number;
    return sealed;
}

VersionVector acknowledged(storage::Notebook& notebook) {
    return want(storage::Outbox{notebook, outbox_name(test::peer_of(notebook))}.acknowledged());
}

}  // namespace

TEST_CASE("what one laptop recorded reaches the endpoint and the other laptops of the team",
          "[sync][endpoint]") {
    const test::TemporaryFolder folder;
    const auto data = folder.path() / "endpoint";
    test::EndpointProcess endpoint{data};
    storage::Notebook north = test::present_notebook(folder.path() / "north", 1);
    const AuditId audit = finalized_audit(north, 30);
    test::join(north, test::invitation_to(endpoint, data));
    CHECK(test::synced(north).tally.sent > 0);

    storage::Notebook south = test::present_notebook(folder.path() / "south", 2);
    test::join(south, test::invitation_to(endpoint, data, {"--role", "supervisor"}));
    CHECK(test::synced(south).tally.received > 0);
    CHECK(test::answer_at(south, audit, "/f/q30") == "value 30");

    test::synced(north);
    CHECK(want(north.journal().fold_digest()) == want(south.journal().fold_digest()));
    CHECK(want(north.journal().vector()) == acknowledged(south));

    const json teams = listed(data);
    REQUIRE(teams.size() == 1);
    CHECK(teams[0]["devices"].size() == 2);
    REQUIRE(teams[0]["audits"].size() == 1);
    CHECK(teams[0]["audits"][0]["state"] == "finalized");
    CHECK(teams[0]["audits"][0]["answers"] == 30);

    const test::Ended shown =
        test::run_endpoint({"show", "--data", data.string(), audit.text, "--json"});
    CHECK(json::parse(shown.output)["values"]["/f/q7"] == "value 7");
    const test::Ended exported = test::run_endpoint({"export", "--data", data.string()});
    CHECK(exported.output.find("finalized,/f/q7,value 7\r\n") != std::string::npos);
    CHECK(test::run_endpoint({"verify", "--data", data.string()}).code == 0);
    CHECK(endpoint.stop() == 0);
}

TEST_CASE("syncing again moves nothing: one request, under 300 bytes with its HTTP",
          "[sync][endpoint]") {
    const test::TemporaryFolder folder;
    const auto data = folder.path() / "endpoint";
    test::EndpointProcess endpoint{data};
    storage::Notebook notebook = test::present_notebook(folder.path() / "north", 1);
    finalized_audit(notebook, 10);
    test::join(notebook, test::invitation_to(endpoint, data));
    test::synced(notebook);

    std::size_t bytes = 0;
    int connections = 0;
    {
        test::LoopbackServer relay{test::relaying_to(endpoint.port(), bytes, connections)};
        Peer through_relay = test::peer_of(notebook);
        through_relay.url = relay.url();
        const RoundEnd end =
            test::sync_over(notebook, through_relay, test::transport_to(through_relay));
        REQUIRE(end.status.ok());
        CHECK(end.progress.tally == Tally{.requests = 1});
    }
    CHECK(connections == 1);
    CHECK(bytes > 0);
    CHECK(bytes < 300);
}

TEST_CASE(
    "an endpoint killed at any moment of a sync has lost nothing that it acknowledged, and "
    "holds nothing twice after the next one",
    "[sync][endpoint]") {
    const int replies_let_through = GENERATE(0, 1, 2);
    const bool reply_arrives = GENERATE(true, false);
    const test::TemporaryFolder folder;
    const auto data = folder.path() / "endpoint";
    auto endpoint = std::make_unique<test::EndpointProcess>(data);
    const int port = endpoint->port();
    storage::Notebook notebook = test::present_notebook(folder.path() / "north", 1);
    test::join(notebook, test::invitation_to(*endpoint, data));
    for (int i = 0; i < 4; ++i) finalized_bulky_audit(notebook);

    const Peer peer = test::peer_of(notebook);
    const Transport real = test::transport_to(peer);
    int replies = 0;
    std::mutex one_at_a_time;  // two requests may be under way
    const Transport dying = [&](const Request& request, std::stop_token stop) -> Result<Response> {
        auto response = real(request, stop);
        const std::lock_guard lock{one_at_a_time};
        if (replies++ < replies_let_through) return response;
        endpoint->kill();
        if (reply_arrives) return response;
        return Error{ErrorCode::offline, "the connection broke"};
    };
    want(notebook.journal().seal_finished());
    Exchange exchange{replica_of(notebook, outbox_name(peer)),
                      {notebook.team(), &notebook.device_key(), peer.public_key},
                      notebook.clock(),
                      notebook.entropy()};
    while (exchange.shrink()) {  // so that it takes several requests
    }
    const RoundEnd cut = run_round(exchange, peer, dying, [](const Progress&) {}, {});
    CHECK_FALSE(cut.status.ok());
    const VersionVector before = acknowledged(notebook);

    endpoint = std::make_unique<test::EndpointProcess>(data, port);
    const json held = listed(data)[0]["changesets"];
    for (const auto& [device, number] : sealed_by_device(before))
        CHECK(held.value(device, 0) >= number);

    test::synced(notebook);
    CHECK(acknowledged(notebook) == want(notebook.journal().vector()));
    const json team = listed(data)[0];
    CHECK(team["audits"].size() == 4);
    CHECK(team["changesets"].get<std::map<std::string, std::int64_t>>() ==
          sealed_by_device(want(notebook.journal().vector())));
    CHECK(team["quarantined"] == 0);
    CHECK(test::run_endpoint({"verify", "--data", data.string()}).code == 0);
}

TEST_CASE("a device that is no member, or no longer, gets nothing and leaves nothing",
          "[sync][endpoint]") {
    const test::TemporaryFolder folder;
    const auto data = folder.path() / "endpoint";
    test::EndpointProcess endpoint{data};
    storage::Notebook member = test::present_notebook(folder.path() / "member", 1);
    test::join(member, test::invitation_to(endpoint, data));
    finalized_audit(member, 5);

    SECTION("it never joined, though it knows the team and the endpoint") {
        storage::Notebook changed = test::present_notebook(folder.path() / "stranger", 2);
        want(changed.database().run("UPDATE person SET team = ?", member.team().text));
        want(changed.database().run("UPDATE identity SET team = ?", member.team().text));
        storage::Notebook stranger = want(changed.connect());
        storage::Settings settings{stranger};
        want(remember(settings, test::peer_of(member)));
        finalized_audit(stranger, 5);
        CHECK(test::sync_now(stranger).status.error().code == ErrorCode::refused);
        CHECK(acknowledged(stranger).empty());
    }
    SECTION("it was revoked") {
        CHECK(test::run_endpoint({"revoke", "--data", data.string(), member.device().text}).code ==
              0);
        CHECK(test::sync_now(member).status.error().code == ErrorCode::refused);
        CHECK(acknowledged(member).empty());
    }
    CHECK(listed(data)[0]["audits"].empty());
}

TEST_CASE("an invitation admits one device", "[sync][endpoint]") {
    const test::TemporaryFolder folder;
    const auto data = folder.path() / "endpoint";
    test::EndpointProcess endpoint{data};
    const std::string code = test::invitation_to(endpoint, data);
    storage::Notebook first = test::present_notebook(folder.path() / "first", 1);
    storage::Notebook second = test::present_notebook(folder.path() / "second", 2);

    test::join(first, code);
    test::join(first, code);  // the reply was lost: asked again
    const auto refused = join(second, code, "another", test::transport_to, {});
    CHECK(test::code_of(refused) == ErrorCode::refused);
    CHECK(listed(data)[0]["devices"].size() == 1);
}

TEST_CASE("off loopback the endpoint insists on a certificate", "[sync][endpoint]") {
    const test::TemporaryFolder folder;
    CHECK(test::run_endpoint({"serve", "--data", folder.path().string(), "--listen", "0.0.0.0:0"})
              .code == 1);
}

TEST_CASE("over TLS a laptop insists on the key that its invitation named", "[sync][endpoint]") {
    const test::TemporaryFolder folder;
    const auto ours = test::TlsFiles::made(folder.path() / "a");
    const auto other = test::TlsFiles::made(folder.path() / "b");
    if (!ours || !other) SKIP("no openssl command here");
    const auto data = folder.path() / "endpoint";
    test::EndpointProcess endpoint{data, 0, {"--cert", ours->certificate, "--key", ours->key}};
    storage::Notebook notebook = test::present_notebook(folder.path() / "north", 1);
    finalized_audit(notebook, 3);

    SECTION("the right one") {
        test::join(notebook, test::invitation_to(endpoint, data, {"--pin", ours->certificate}));
        CHECK(test::synced(notebook).tally.sent > 0);
    }
    SECTION("another one, or none that an authority vouches for") {
        const std::vector<std::string> pin = GENERATE_COPY(
            std::vector<std::string>{"--pin", other->certificate}, std::vector<std::string>{});
        const std::string code = test::invitation_to(endpoint, data, pin);
        const auto joined = join(notebook, code, "laptop", test::transport_to, {});
        CHECK(test::code_of(joined) == ErrorCode::conflict);
    }
}

}  // namespace bordereau::sync
