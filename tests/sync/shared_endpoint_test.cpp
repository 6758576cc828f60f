// Several bordereau-endpoint processes over one PostgreSQL database, and real notebooks.
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <random>
#include <thread>

#include "storage/endpoint_folder.h"
#include "storage/journal/log.h"
#include "tests/support/members.h"
#include "tests/support/postgres_server.h"

namespace bordereau::sync {
namespace {

namespace fs = std::filesystem;
using test::want;

AuditId finalized_audit(storage::Notebook& notebook, int answers) {
    const AuditId audit = test::draft_with_answers(notebook, answers);
    want(storage::Audits{notebook}.finalize(audit));
    return audit;
}

/// A database, and what each process is told about it.
struct Shared {
    test::PostgresServer server;
    test::TemporaryFolder folder;

    // As a service would have it: the address with its password is in no list of processes.
    Shared() { setenv("BORDEREAU_STORE", server.url().c_str(), 1); }
    ~Shared() { unsetenv("BORDEREAU_STORE"); }

    fs::path at(const char* name) const { return folder.path() / name; }
    std::vector<std::string> key() const {
        return {"--key-file", (folder.path() / "shared.key").string()};
    }
    std::unique_ptr<test::EndpointProcess> serve(const char* name, int port = 0) const {
        return std::make_unique<test::EndpointProcess>(at(name), port, key());
    }
    std::string invitation(const test::EndpointProcess& endpoint, const char* name) const {
        std::vector<std::string> more = key();
        more.insert(more.end(), {"--role", "supervisor"});
        return test::invitation_to(endpoint, at(name), std::move(more));
    }
    /// A command that has to fail, and its sentence.
    std::string complaint(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(),
                         {"/bin/sh", "-c", "exec \"$0\" \"$@\" 2>&1", test::endpoint_program()});
        test::Child child{std::move(arguments)};
        const std::string said = child.rest();
        CHECK(child.end(0) == 1);
        return said;
    }
    std::string digest(const char* name) const {
        const auto secret = want(storage::read_key(folder.path() / "shared.key"));
        const int latest = storage::latest_generation(at(name));
        auto db = want(storage::open_database(storage::copy_in(at(name), latest), secret));
        return want(storage::Log{db}.fold_digest());
    }
    /// A folder that was empty, after everything was replayed into it.
    std::string replayed() const {
        fs::create_directory(at("fresh"));
        REQUIRE(test::run_endpoint({"verify", "--data", at("fresh").string(), "--key-file",
                                    (folder.path() / "shared.key").string()})
                    .code == 0);
        return digest("fresh");
    }
};

RoundEnd sync_with(storage::Notebook& notebook, const test::EndpointProcess& endpoint) {
    Peer peer = test::peer_of(notebook);
    peer.url = endpoint.url();
    return test::sync_over(notebook, peer, test::transport_to(peer));
}

}  // namespace

TEST_CASE("laptops of one team may talk to either of two processes over one database",
          "[sync][endpoint][postgres]") {
    const Shared shared;
    const auto one = shared.serve("one"), two = shared.serve("two");
    storage::Notebook north = test::present_notebook(shared.at("north"), 1);
    storage::Notebook south = test::present_notebook(shared.at("south"), 2);
    test::join(north, shared.invitation(*one, "one"));
    test::join(south, shared.invitation(*two, "two"));
    const AuditId of_north = finalized_audit(north, 20), of_south = finalized_audit(south, 7);

    want(sync_with(north, *one).status);
    want(sync_with(south, *two).status);
    want(sync_with(north, *two).status);
    CHECK(want(storage::Answers{south}.load(of_north)).size() == 20);
    CHECK(want(storage::Answers{north}.load(of_south)).size() == 7);
    CHECK(want(north.journal().vector()) == want(south.journal().vector()));
    CHECK(sync_with(south, *one).progress.tally.received == 0);
    CHECK(sync_with(north, *one).progress.tally.sent == 0);
    CHECK(one->stop() == 0);
    CHECK(two->stop() == 0);
    CHECK(shared.replayed() == want(north.journal().fold_digest()));
}

TEST_CASE("one invitation used at two processes at once admits one laptop",
          "[sync][endpoint][postgres]") {
    const Shared shared;
    const auto one = shared.serve("one"), two = shared.serve("two");
    Invitation at_one = want(read_code(shared.invitation(*one, "one")));
    Invitation at_two = at_one;
    at_two.endpoint.url = two->url();
    storage::Notebook north = test::present_notebook(shared.at("north"), 1);
    storage::Notebook south = test::present_notebook(shared.at("south"), 2);

    std::atomic<int> joined = 0;
    const auto try_to_join = [&joined](storage::Notebook& notebook, const Invitation& invitation) {
        if (join(notebook, to_code(invitation), "laptop", test::transport_to, {})) ++joined;
    };
    {
        const std::jthread first{[&] { try_to_join(north, at_one); }};
        const std::jthread second{[&] { try_to_join(south, at_two); }};
    }
    CHECK(joined == 1);
    const test::Ended listed = test::run_endpoint(
        {"list", "--data", shared.at("one").string(), "--key-file", shared.key().back()});
    CHECK(listed.output.find("  device ") != std::string::npos);
    CHECK(listed.output.find("  device ") == listed.output.rfind("  device "));
}

TEST_CASE("processes that are killed while they take audits in lose none that they acknowledged",
          "[sync][endpoint][postgres]") {
    constexpr int kRounds = 8;
    const Shared shared;
    std::mt19937 dice{5};
    auto endpoint = shared.serve("one");
    storage::Notebook north = test::present_notebook(shared.at("north"), 1);
    test::join(north, shared.invitation(*endpoint, "one"));
    for (int round = 0; round < kRounds; ++round) {
        for (int audit = 0; audit < 3; ++audit) finalized_audit(north, 10);
        {  // at whatever moment: nothing below depends on it
            const std::jthread killer{[&endpoint, spins = dice() % 20'000'000] {
                for (std::atomic<std::uint32_t> spin = 0; spin < spins; ++spin) {
                }
                endpoint->kill();
            }};
            (void)sync_with(north, *endpoint).status.ok();
        }
        endpoint = shared.serve(round % 2 == 0 ? "two" : "one");
    }
    want(sync_with(north, *endpoint).status);
    CHECK(sync_with(north, *endpoint).progress.tally.sent == 0);
    CHECK(endpoint->stop() == 0);
    CHECK(shared.replayed() == want(north.journal().fold_digest()));
    CHECK(storage::latest_generation(shared.at("one")) == 1);
    CHECK(storage::latest_generation(shared.at("two")) == 1);
}

TEST_CASE("an endpoint moves from its folder into a database, and its laptops notice nothing",
          "[sync][endpoint][postgres]") {
    const Shared shared;
    const fs::path data = shared.at("one");
    storage::Notebook north = test::present_notebook(shared.at("north"), 1);
    int port = 0;
    unsetenv("BORDEREAU_STORE");
    {
        test::EndpointProcess alone{data};
        port = alone.port();
        test::join(north, test::invitation_to(alone, data));
        finalized_audit(north, 10);
        test::synced(north);
        CHECK(alone.stop() == 0);
    }
    setenv("BORDEREAU_STORE", shared.server.url().c_str(), 1);
    CHECK(shared.complaint({"list", "--data", data.string()}).find(" move") != std::string::npos);
    REQUIRE(test::run_endpoint({"move", "--data", data.string()}).code == 0);
    test::EndpointProcess again{data, port};
    CHECK(test::synced(north).tally.sent == 0);
    finalized_audit(north, 3);
    CHECK(test::synced(north).tally.sent == 1);
    CHECK(again.stop() == 0);
}

TEST_CASE("a database that is stopped and started again is a sentence, and no more",
          "[sync][endpoint][postgres]") {
    Shared shared;
    const auto endpoint = shared.serve("one");
    storage::Notebook north = test::present_notebook(shared.at("north"), 1);
    test::join(north, shared.invitation(*endpoint, "one"));
    finalized_audit(north, 10);

    shared.server.stop();
    CHECK_FALSE(sync_with(north, *endpoint).status.ok());
    const std::string said = shared.complaint({"list", "--data", shared.at("one").string()});
    CHECK(said.find("does not answer") != std::string::npos);
    CHECK(said.find(test::PostgresServer::kPassword) == std::string::npos);
    shared.server.start();
    want(sync_with(north, *endpoint).status);
    CHECK(endpoint->stop() == 0);

    setenv("BORDEREAU_STORE", shared.server.url("not-the-password").c_str(), 1);
    const std::string wrong = shared.complaint({"list", "--data", shared.at("one").string()});
    CHECK(wrong.find("does not let us in") != std::string::npos);
    CHECK(wrong.find("not-the-password") == std::string::npos);
}

TEST_CASE("a database that may not be written for a while refuses, loses nothing, and goes on",
          "[sync][endpoint][postgres]") {
    Shared shared;
    const auto endpoint = shared.serve("one");
    storage::Notebook north = test::present_notebook(shared.at("north"), 1);
    test::join(north, shared.invitation(*endpoint, "one"));
    const AuditId before = finalized_audit(north, 10);
    want(sync_with(north, *endpoint).status);
    const auto read_only = [&shared](const char* how) {
        shared.server.ask(std::string{"ALTER SYSTEM SET default_transaction_read_only = "} + how);
        shared.server.ask("SELECT pg_reload_conf()");
        while (shared.server.ask("SHOW default_transaction_read_only") != std::string{how} + "\n") {
        }
    };
    read_only("on");
    finalized_audit(north, 10);
    const RoundEnd refused = sync_with(north, *endpoint);
    CHECK(refused.status.error().code == ErrorCode::io);
    REQUIRE(refused.retry_after.has_value());
    CHECK(refused.retry_after->count() <= 15);
    const test::Ended listed =
        test::run_endpoint({"show", before.text, "--data", shared.at("one").string(), "--key-file",
                            shared.key().back()});
    CHECK(listed.output.find("value 10") != std::string::npos);

    read_only("off");
    want(sync_with(north, *endpoint).status);
    CHECK(sync_with(north, *endpoint).progress.tally.sent == 0);
    CHECK(endpoint->stop() == 0);
    CHECK(shared.replayed() == want(north.journal().fold_digest()));
}

TEST_CASE("with a database a mistyped folder becomes no working copy",
          "[sync][endpoint][postgres]") {
    const Shared shared;
    const std::string data = shared.at("one").string(), mistyped = shared.at("oen").string();
    REQUIRE(test::run_endpoint({"create", "--data", data, "--team", "Post 7"}).code == 0);
    const fs::path key = shared.at("one") / "endpoint.key";
    for (const std::vector<std::string>& asked :
         {std::vector<std::string>{"list"}, std::vector<std::string>{"export"},
          std::vector<std::string>{"invite", "--team", "Post 7"},
          std::vector<std::string>{"list", "--key-file", key.string()}}) {
        std::vector<std::string> call = asked;
        call.insert(call.begin() + 1, {"--data", mistyped});
        CHECK(shared.complaint(call).find("neither a working copy nor a key file") !=
              std::string::npos);
        CHECK_FALSE(fs::exists(mistyped));
    }
    // What founds takes another key for a mistake; where there was nothing, nothing is left.
    CHECK(
        shared.complaint({"create", "--data", mistyped, "--team", "Post 7"}).find("no key file") !=
        std::string::npos);
    CHECK_FALSE(fs::exists(mistyped));
    fs::create_directory(mistyped);
    CHECK(test::run_endpoint({"list", "--data", mistyped, "--key-file", key.string()}).code == 0);
}

}  // namespace bordereau::sync
