// An endpoint whose disk is full or may not be written.
#include <sys/mount.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <fstream>

#include "tests/support/crowd.h"
#include "tests/support/endpoint_process.h"
#include "tests/support/field_devices.h"
#include "tests/support/notebooks.h"

namespace bordereau::sync {
namespace {

using test::want;

/// A small disk of its own, where the system lets us have one.
class SmallDisk {
public:
    explicit SmallDisk(const std::filesystem::path& place) : place_(place) {
        std::filesystem::create_directories(place);
        mounted_ = mount("none", place.c_str(), "tmpfs", 0, "size=8m") == 0;
    }
    ~SmallDisk() {
        if (mounted_) umount2(place_.c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    bool mounted() const { return mounted_; }
    std::filesystem::path filler() const { return place_ / "filler"; }
    void fill() const {
        std::ofstream file{filler(), std::ios::binary};
        const std::string piece(4096, 'x');
        while (file.write(piece.data(), std::ssize(piece)).flush()) {
        }
    }

private:
    std::filesystem::path place_;
    bool mounted_ = false;
};

}  // namespace

TEST_CASE(
    "an endpoint whose disk is full says so, holds nothing by halves, and goes on when there is "
    "room",
    "[endpoint][disk]") {
    const test::TemporaryFolder folder;
    const SmallDisk disk{folder.path() / "disk"};
    if (!disk.mounted()) SKIP("no right to mount a small disk here");
    const Entropy entropy = seeded_entropy(3);
    const auto data = folder.path() / "disk" / "endpoint";
    const test::Enlisted enlisted = want(test::enlist(data, 1, entropy));
    test::EndpointProcess endpoint{data, 0, {"--log", "quiet"}};
    const auto& key = enlisted.devices.front();
    const std::string changeset = want(test::sealed_audit(enlisted.team, key, 2'000, entropy));
    const auto offer = [&] {
        const std::string request = test::offer_of(enlisted.team, key, {changeset}, entropy);
        test::Caller caller =
            test::ask(endpoint.port(), test::http_bytes("POST", "/v1/exchange", request));
        return std::pair{caller.status(),
                         want(decode_reply(caller.body(), request, enlisted.endpoint_key))};
    };
    const auto ready = [&endpoint] { return test::get(endpoint.port(), "/ready").status(); };
    CHECK(ready() == 200);
    disk.fill();
    CHECK(ready() == 503);
    CHECK(test::get(endpoint.port(), "/health").status() == 200);
    const auto [status, reply] = offer();
    CHECK(status == 507);
    REQUIRE(std::holds_alternative<Refused>(reply));
    CHECK(std::get<Refused>(reply).reason == Refusal::full);
    CHECK(test::get(endpoint.port(), "/status").body().find("The disk is full") !=
          std::string_view::npos);

    std::filesystem::remove(disk.filler());
    CHECK(ready() == 200);
    CHECK(offer().first == 200);
    CHECK(endpoint.stop() == 0);
    CHECK(test::run_endpoint({"verify", "--data", data.string()}).code == 0);
}

TEST_CASE("an endpoint on a disk that may not be written does not begin", "[endpoint][disk]") {
    const test::TemporaryFolder folder;
    const SmallDisk disk{folder.path() / "disk"};
    if (!disk.mounted()) SKIP("no right to mount a small disk here");
    const auto data = folder.path() / "disk" / "endpoint";
    CHECK(test::run_endpoint({"create", "--data", data.string(), "--team", "Post 7"}).code == 0);
    REQUIRE(mount("none", (folder.path() / "disk").c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY,
                  "size=8m") == 0);
    const test::Ended refused =
        test::run_endpoint_aloud({"serve", "--data", data.string(), "--listen", "127.0.0.1:0"});
    CHECK(refused.code == 1);
    CHECK(refused.output == "bordereau-endpoint: the disk may only be read that holds " +
                                data.string() +
                                ". Nothing was changed: what is kept there is safe, and so is what "
                                "laptops have not sent yet. Mount it so that it may be written, "
                                "and do it again\n");
}

TEST_CASE("an endpoint that finds its disk full says what is safe and what to do",
          "[endpoint][disk]") {
    const test::TemporaryFolder folder;
    const SmallDisk disk{folder.path() / "disk"};
    if (!disk.mounted()) SKIP("no right to mount a small disk here");
    const auto data = folder.path() / "disk" / "endpoint";
    const bool there = GENERATE(true, false);
    if (there)
        REQUIRE(test::run_endpoint({"create", "--data", data.string(), "--team", "T"}).code == 0);
    disk.fill();
    const test::Ended refused =
        test::run_endpoint_aloud({"serve", "--data", data.string(), "--listen", "127.0.0.1:0"});
    CHECK(refused.code == 1);
    CHECK(refused.output == "bordereau-endpoint: the disk of " + data.string() +
                                " is full. Nothing was changed: what is kept there is safe, and so "
                                "is what laptops have not sent yet. Make some megabytes of room, "
                                "and do it again\n");
}

}  // namespace bordereau::sync
