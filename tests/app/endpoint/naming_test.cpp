// How bordereau-endpoint is told of teams and devices, and what it answers to a call that is wrong.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <nlohmann/json.hpp>

#include "app/call/nearest.h"
#include "tests/support/endpoint_process.h"
#include "tests/support/field_devices.h"
#include "tests/support/notebooks.h"

namespace bordereau::test {
namespace {

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

nlohmann::json teams_in(const std::string& data) {
    return nlohmann::json::parse(run_endpoint({"list", "--data", data, "--json"}).output)["teams"];
}

}  // namespace

TEST_CASE("create founds teams, says so, and takes a name for the same whatever its blanks",
          "[endpoint][naming]") {
    const TemporaryFolder folder;
    const std::string data = (folder.path() / "endpoint").string();
    const auto create = [&data](std::vector<std::string> more) {
        more.insert(more.begin(), {"create", "--data", data});
        return run_endpoint_aloud(more);
    };
    CHECK(has(create({}).output, "give --agency, --team, or both"));
    CHECK(create({"--team", "  "}).code == 1);
    CHECK_FALSE(std::filesystem::exists(data));  // nothing was made for nothing

    const Ended made = create({"--agency", "  Border   Guard ", "--team", " Post  7 "});
    CHECK(made.code == 0);
    CHECK(has(made.output, "made a new endpoint in " + data));
    CHECK(has(made.output, R"(added team "Post 7" to agency "Border Guard")"));
    const Ended added = create({"--team", "Post 8"});
    CHECK_FALSE(has(added.output, "new endpoint"));
    CHECK(has(added.output, R"(added team "Post 8" to agency "Border Guard")"));
    CHECK(has(create({"--team", "Post   7"}).output, "was there already"));
    const auto teams = teams_in(data);
    REQUIRE(teams.size() == 2);
    CHECK(teams[0]["name"] == "Post 7");
    CHECK(teams[1]["name"] == "Post 8");
}

TEST_CASE("an invitation to a team that does not exist names those that do, and founds none",
          "[endpoint][naming]") {
    const TemporaryFolder folder;
    const std::string data = folder.path().string();
    REQUIRE(run_endpoint({"create", "--data", data, "--team", "Post 7"}).code == 0);
    const Ended refused = run_endpoint_aloud({"invite", "--data", data, "--team", "Post 77"});
    CHECK(refused.code == 1);
    CHECK(has(refused.output, R"(there is no team "Post 77")"));
    CHECK(has(refused.output, R"("Post 7")"));
    CHECK(teams_in(data).size() == 1);
    CHECK(run_endpoint({"invite", "--data", data, "--team", " Post  7"}).code == 0);
    CHECK(teams_in(data).size() == 1);
}

TEST_CASE("a device is shut out by the beginning of its number or by its name, for a reason",
          "[endpoint][naming]") {
    const TemporaryFolder folder;
    const std::string data = folder.path().string();
    const Enlisted enlisted = want(enlist(data, 2, seeded_entropy(5)));
    const std::string id = storage::crypto::device_id(enlisted.devices.front().public_key()).text;
    const auto revoke = [&data](std::string device) {
        return run_endpoint_aloud(
            {"revoke", "--data", data, std::move(device), "--reason", "Stolen on 3 May"});
    };
    CHECK(has(revoke(id.substr(0, 3)).output, "at least 4 digits"));
    CHECK(revoke("no such device").code == 1);
    const Ended revoked = revoke(GENERATE(0, 1) == 0 ? id.substr(0, 4) : "laptop 0");
    CHECK(revoked.code == 0);
    CHECK(
        has(revoked.output, R"("laptop 0" ()" + id + R"() is shut out of team "Crossing North")"));
    CHECK(has(revoked.output, "What it had sent goes on counting."));
    const auto teams = teams_in(data);
    for (const auto& device : teams[0]["devices"]) {
        CHECK(device["revoked"] == (device["id"] == id));
        CHECK(device["reason"] == (device["id"] == id ? "Stolen on 3 May" : ""));
    }
    CHECK(has(revoke(id).output, "was shut out before"));
}

TEST_CASE("where several devices are meant they are named, and none is shut out",
          "[endpoint][naming]") {
    const TemporaryFolder folder;
    const std::string data = folder.path().string();
    const Entropy entropy = seeded_entropy(6);
    std::vector<std::string> ids;
    {
        auto store = want(storage::ChangesetStore::open(data, system_clock(), seeded_entropy(60)));
        const TeamId team = want(store.found_team("Crossing North"));
        for (int i = 0; i < 2; ++i) {
            const auto key = storage::crypto::SigningKey::generate(entropy);
            want(store.admit(team, {key.public_key(), "Laptop", storage::Role::officer, {}}));
            ids.push_back(storage::crypto::device_id(key.public_key()).text);
        }
    }
    const Ended refused = run_endpoint_aloud({"revoke", "--data", data, "Laptop"});
    INFO(refused.output);
    CHECK(refused.code == 1);
    for (const std::string& id : ids) CHECK(has(refused.output, id + "  Laptop"));
    const auto teams = teams_in(data);
    REQUIRE(teams[0]["devices"].size() == 2);
    for (const auto& device : teams[0]["devices"]) CHECK_FALSE(device["revoked"]);
    // The endpoint itself is a member of each team, and is never meant.
    CHECK(run_endpoint({"revoke", "--data", data, "endpoint"}).code == 1);
}

TEST_CASE("a wrong call is a sentence with what to call instead, and exit code 2",
          "[endpoint][naming]") {
    struct Wrong {
        std::vector<std::string> call;
        std::string_view sentence;
    };
    const auto& [call, sentence] = GENERATE(values<Wrong>({
        {{"lst"}, R"(there is no command "lst"; did you mean "list"?)"},
        {{}, "a command is missing: "},
        {{"list"}, "--data (Folder in which everything is kept) is missing"},
        {{"list", "--data", "x", "--jsn"}, R"(there is no option --jsn; did you mean "--json"?)"},
        {{"list", "--data"}, "--data (Folder in which everything is kept) needs a value"},
        {{"list", "--data", "x", "--only", "team"}, R"("team" is none of audits, devices, teams)"},
        {{"invite", "--data", "x", "--team", "y", "--role", "boss"},
         R"("boss" is none of administrator, officer, supervisor)"},
        {{"invite", "--data", "x", "--team", "y", "--hours", "0"}, R"(--hours is from 1 to 8760)"},
        {{"serve", "--data", "x", "--listen", "here"}, "--listen: give host:port"},
        {{"serve", "--data", "x", "--cert", "nowhere", "--key", "nowhere"},
         R"(--cert: there is no file "nowhere")"},
        {{"show", "--data", "x", "a", "b"}, R"("b" is one word too many)"},
    }));
    const Ended ended = run_endpoint_aloud(call);
    INFO(ended.output);
    CHECK(ended.code == 2);
    CHECK(has(ended.output, sentence));
    CHECK(has(ended.output, "Nothing was done. How it is called: bordereau-endpoint"));
    CHECK(std::ranges::count(ended.output, '\n') == 1);
    CHECK_FALSE(std::filesystem::exists("x"));
}

TEST_CASE("the exit codes are told by --help", "[endpoint][naming]") {
    CHECK(has(run_endpoint({"--help"}).output, "Exit codes: 0 done;"));
    CHECK(run_endpoint({"list", "--help"}).code == 0);
}

TEST_CASE("a mistyped word is near to one name, or to none", "[endpoint][naming]") {
    using app::call::nearest;
    const std::vector<std::string> names{"list", "invite", "import", "export", "status-token"};
    CHECK(nearest("lsit", names) == "list");
    CHECK(nearest("invit", names) == "invite");
    CHECK(nearest("stat", names) == "status-token");
    CHECK(nearest("xxport", names) == "export");
    CHECK(nearest("port", names).empty());  // as far from import as from export
    CHECK(nearest("revoke", names).empty());
    CHECK(nearest("", names).empty());
}

}  // namespace bordereau::test
