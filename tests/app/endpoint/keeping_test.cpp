// Backups, restoring, another key, and files in and out, with the built bordereau-endpoint.
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <fstream>
#include <thread>

#include "app/media/barcode.h"
#include "storage/attachments.h"
#include "storage/files.h"
#include "sync/bundling.h"
#include "tests/support/bundles.h"
#include "tests/support/files.h"
#include "tests/support/members.h"

namespace bordereau::sync {
namespace {

namespace fs = std::filesystem;
using test::want;

/// An endpoint, and a laptop that has brought an audit with a photo to it.
struct Scene {
    test::TemporaryFolder folder;
    fs::path data = folder.path() / "endpoint", backup = folder.path() / "endpoint.backup";
    fs::path key = folder.path() / "safe.key";
    std::unique_ptr<test::EndpointProcess> endpoint = std::make_unique<test::EndpointProcess>(
        data, 0, std::vector<std::string>{"--log", "quiet"});
    int port = endpoint->port();
    storage::Notebook north = test::present_notebook(folder.path() / "north", 1);
    AuditId audit;

    Scene() {
        test::join(north, test::invitation_to(*endpoint, data));
        audit = test::audit_with_file(north, "a photo");
        sync();
        fs::copy(data / "endpoint.key", key);
    }
    void sync() {
        want(north.journal().seal_finished());
        const Peer peer = test::peer_of(north);
        const RoundEnd end =
            run_station(station_of(want(north.connect()), peer, test::transport_to(peer)),
                        north.clock(), north.entropy(), [](const Progress&) {}, {});
        if (!end.status) FAIL(end.status.error().detail);
    }
    static int run(std::vector<std::string> arguments) {
        return test::run_endpoint(std::move(arguments)).code;
    }
    std::string export_to(const char* name) const {
        const fs::path files = folder.path() / name;
        const test::Ended ended =
            test::run_endpoint({"export", "--data", data.string(), "--attached", files.string()});
        REQUIRE(ended.code == 0);
        return ended.output;
    }
};

}  // namespace

TEST_CASE("an export holds answers, not what a team notes beside them", "[endpoint][keeping]") {
    Scene on;
    const AuditId noted = test::draft_with_answers(on.north, 1);
    want(storage::Answers{on.north}.record(noted, "/f/q1/@note", "between us"));
    want(on.north.journal().seal(noted));
    on.sync();
    for (const std::vector<std::string>& asked :
         {std::vector<std::string>{"export", "--data", on.data.string()},
          std::vector<std::string>{"show", "--data", on.data.string(), noted.text}}) {
        const test::Ended ended = test::run_endpoint(asked);
        CHECK(ended.code == 0);
        CHECK(ended.output.find("value 1") != std::string::npos);
        CHECK(ended.output.find("between us") == std::string::npos);
    }
}

TEST_CASE("an invitation is written as a picture too, which says the same", "[endpoint][keeping]") {
    const Scene on;
    const fs::path picture = on.folder.path() / "invitation.png";
    const std::string code =
        test::invitation_to(*on.endpoint, on.data, {"--picture", picture.string()});
    const auto seen = want(media::codes_in(media::Kind::png, want(storage::read_file(picture))));
    REQUIRE(seen.size() == 1);
    CHECK(code.find(seen.front()) != std::string::npos);
    CHECK(seen.front().size() > 50);
}

TEST_CASE("an endpoint is backed up while it serves, and comes back with all that was in it",
          "[endpoint][keeping]") {
    Scene scene;
    {
        std::atomic<bool> stop = false;
        const std::jthread busy{[&] {
            while (!stop) {
                test::draft_with_answers(scene.north, 3);
                want(scene.north.journal().seal_all());
                scene.sync();
            }
        }};
        for (int i = 0; i < 3; ++i)
            CHECK(Scene::run({"backup", "--data", scene.data.string(), "--to",
                              scene.backup.string(), "--replace"}) == 0);
        stop = true;
    }
    CHECK(scene.endpoint->stop() == 0);
    fs::remove_all(scene.data);  // the machine is gone

    CHECK(Scene::run({"restore", "--from", scene.backup.string(), "--key-file", scene.key.string(),
                      "--data", scene.data.string()}) == 0);
    CHECK(Scene::run({"verify", "--data", scene.data.string()}) == 0);
    test::EndpointProcess again{scene.data, scene.port, {"--log", "quiet"}};
    scene.sync();  // brings what the backup lacks
    scene.export_to("files");
    CHECK(test::bytes_of(scene.folder.path() / "files" / scene.audit.text / "photo.jpg") ==
          "a photo");
    CHECK(again.stop() == 0);
    CHECK(Scene::run({"verify", "--data", scene.data.string()}) == 0);
}

TEST_CASE("a backup writes over nothing unless it is told to, and over earlier backups only",
          "[endpoint][keeping]") {
    const test::TemporaryFolder folder;
    const std::string data = (folder.path() / "endpoint").string();
    const fs::path backup = folder.path() / "kept", other = folder.path() / "other";
    REQUIRE(test::run_endpoint({"create", "--data", data, "--team", "Post 7"}).code == 0);
    const auto back_up = [&data](const fs::path& file, std::vector<std::string> more = {}) {
        more.insert(more.begin(), {"backup", "--data", data, "--to", file.string()});
        return test::run_endpoint_aloud(more);
    };
    REQUIRE(back_up(backup).code == 0);
    const std::string before = test::bytes_of(backup);
    const test::Ended refused = back_up(backup);
    CHECK(refused.code == 1);
    CHECK(refused.output.find("--replace") != std::string::npos);
    CHECK(test::bytes_of(backup) == before);
    CHECK(back_up(backup, {"--replace"}).code == 0);
    std::ofstream{other} << "something else";
    CHECK(back_up(other, {"--replace"}).code == 1);
    CHECK(test::bytes_of(other) == "something else");
}

TEST_CASE("a mistyped folder of attached files is said, and none is made", "[endpoint][keeping]") {
    const test::TemporaryFolder folder;
    const fs::path data = folder.path() / "endpoint", out = folder.path() / "out";
    REQUIRE(test::run_endpoint({"create", "--data", data.string(), "--team", "Post 7"}).code == 0);
    fs::create_directory(folder.path() / "stick");
    const fs::path mistyped = folder.path() / "fiels";
    for (const std::vector<std::string>& asked :
         {std::vector<std::string>{"export", "--attached", out.string()},
          std::vector<std::string>{"export", "--team", "Post 7", "--bundle", out.string()},
          std::vector<std::string>{"import", (folder.path() / "stick").string()},
          std::vector<std::string>{"backup", "--to", out.string()}}) {
        std::vector<std::string> call = asked;
        call.insert(call.begin() + 1, {"--data", data.string(), "--files", mistyped.string()});
        const test::Ended refused = test::run_endpoint_aloud(call);
        CHECK(refused.code == 1);
        CHECK(refused.output.find("no attached files are kept in " + mistyped.string()) !=
              std::string::npos);
        CHECK_FALSE(fs::exists(mistyped));
        CHECK_FALSE(fs::exists(out));
    }
}

TEST_CASE("a key is not changed while the endpoint serves; afterwards laptops notice nothing",
          "[endpoint][keeping]") {
    Scene scene;
    const std::vector<std::string> change{"change-key", "--data", scene.data.string()};
    CHECK(Scene::run(change) == 1);
    CHECK(test::bytes_of(scene.data / "endpoint.key") == test::bytes_of(scene.key));
    CHECK(scene.endpoint->stop() == 0);
    CHECK(Scene::run(change) == 0);
    CHECK(test::bytes_of(scene.data / "endpoint.key") != test::bytes_of(scene.key));
    test::EndpointProcess again{scene.data, scene.port, {"--log", "quiet"}};
    test::draft_with_answers(scene.north, 3);
    scene.sync();
    CHECK(again.stop() == 0);
    CHECK(Scene::run({"list", "--data", scene.data.string(), "--key-file", scene.key.string()}) ==
          1);
}

TEST_CASE("a change of key that is killed at any moment leaves an endpoint that opens",
          "[endpoint][keeping]") {
    Scene scene;
    CHECK(scene.endpoint->stop() == 0);
    for (std::uint32_t spins = 1'000; spins < 100'000'000; spins *= 4) {
        test::Child child{{test::endpoint_program(), "change-key", "--data", scene.data.string()}};
        for (std::atomic<std::uint32_t> spin = 0; spin < spins; ++spin) {
        }
        const int ended = child.end(SIGKILL);
        CHECK((ended == 0 || ended == -SIGKILL));
        CHECK(Scene::run({"verify", "--data", scene.data.string()}) == 0);
        CHECK_FALSE(fs::exists(scene.data / "endpoint.key.next"));
    }
    CHECK(scene.export_to("files").find("value 2") != std::string::npos);
}

TEST_CASE("a command that reads makes no endpoint where there is none, and touches nothing there",
          "[endpoint][keeping]") {
    const test::TemporaryFolder folder;
    const fs::path other = folder.path() / "other";
    fs::create_directory(other);
    const auto everybody = fs::perms::owner_all | fs::perms::others_read | fs::perms::others_exec;
    fs::permissions(other, everybody);
    const std::vector<std::string> asked =
        GENERATE(values<std::vector<std::string>>({{"list"},
                                                   {"export"},
                                                   {"verify"},
                                                   {"show", "abc"},
                                                   {"revoke", "abc"},
                                                   {"status-token"},
                                                   {"invite", "--team", "Post 7"},
                                                   {"import", "nothing.bordereau-bundle"},
                                                   {"backup", "--to", "kept"},
                                                   {"change-key"}}));
    for (const fs::path& data : {other, folder.path() / "missing"}) {
        std::vector<std::string> command = asked;
        command.insert(command.begin() + 1, {"--data", data.string()});
        INFO(command[0] << " in " << data);
        CHECK(test::run_endpoint(command).code == 1);
    }
    CHECK(fs::is_empty(other));
    CHECK(fs::status(other).permissions() == everybody);
    CHECK_FALSE(fs::exists(folder.path() / "missing"));
}

TEST_CASE("an endpoint's files are for its own user, whoever made the folder",
          "[endpoint][keeping]") {
    const test::TemporaryFolder folder;
    const bool given = GENERATE(true, false);
    const fs::path data = folder.path() / "endpoint";
    if (given) fs::create_directory(data);
    REQUIRE(test::run_endpoint({"create", "--data", data.string(), "--team", "Post 7"}).code == 0);
    const auto mode = [](const fs::path& path) { return fs::status(path).permissions(); };
    const auto own = fs::perms::owner_read | fs::perms::owner_write;
    CHECK(mode(data / "endpoint.db") == own);
    CHECK(mode(data / "endpoint.key") == own);
    if (!given) CHECK(mode(data) == fs::perms::owner_all);
}

TEST_CASE("files that a stick brings to an endpoint are kept, and written out by audit",
          "[endpoint][keeping]") {
    Scene scene;
    const AuditId audit = test::draft_with_answers(scene.north, 2);
    storage::Attachments attachments{scene.north};
    want(attachments.put(audit, "gate.jpg", "image/jpeg", test::noise(300'000, 4)));
    want(attachments.put(audit, "../../escape.txt", "text/plain", "outside"));
    want(storage::Audits{scene.north}.finalize(audit));
    const fs::path stick = scene.folder.path() / "stick";
    fs::create_directory(stick);
    want(export_bundle(scene.north, {stick, {}, false, 0}, test::kGoOn));
    CHECK(Scene::run({"import", "--data", scene.data.string(), stick.string()}) == 0);

    scene.export_to("files");
    const fs::path out = scene.folder.path() / "files" / audit.text;
    CHECK(test::bytes_of(out / "gate.jpg") == test::noise(300'000, 4));
    CHECK(test::bytes_of(out / "_.._.._escape.txt") == "outside");
    CHECK_FALSE(fs::exists(scene.folder.path() / "escape.txt"));
    CHECK(std::distance(fs::directory_iterator{out}, {}) == 2);
    CHECK(scene.endpoint->stop() == 0);
}

}  // namespace bordereau::sync
