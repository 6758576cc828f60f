// Two programs as two laptops in one network, over loopback.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/support/endpoint_process.h"
#include "tests/support/folders.h"

namespace bordereau::app::cli {
namespace {

using nlohmann::json;

/// One laptop with its notebook, called as from a shell.
struct Laptop {
    std::filesystem::path notebook;

    std::vector<std::string> line(std::vector<std::string> words) const {
        std::vector<std::string> all{"/usr/bin/env",
                                     "LANG=C",
                                     "BORDEREAU_NOTEBOOK=" + notebook.string(),
                                     "BORDEREAU_PERSON=noor",
                                     "BORDEREAU_PASSPHRASE=grey herons",
                                     BORDEREAU_BINARY_DIR "/app/bordereau"};
        all.insert(all.end(), words.begin(), words.end());
        return all;
    }
    test::Ended call(std::vector<std::string> words) const {
        test::Child child{line(std::move(words))};
        test::Ended ended;
        ended.output = child.rest();
        ended.code = child.end(0);
        while (ended.output.ends_with('\n')) ended.output.pop_back();
        return ended;
    }
    std::string want(std::vector<std::string> words) const {
        const test::Ended ended = call(std::move(words));
        REQUIRE(ended.code == 0);
        return ended.output;
    }
};

}  // namespace

TEST_CASE("a laptop that opens its door and one that goes to it exchange what they recorded",
          "[cli][lan]") {
    const test::TemporaryFolder folder;
    const Laptop founder{folder.path() / "founder"}, other{folder.path() / "other"};
    founder.want({"init", "--team", "Post 7"});
    other.want({"init", "--team", "Post 7"});
    const std::string certificate = founder.want(
        {"admit", other.want({"device-code"}), "--role", "supervisor", "--name", "second"});
    other.want({"join", "--certificate", certificate});
    founder.want({"new", "grpa_walk"});
    const auto audits = [](const Laptop& laptop) {
        return json::parse(laptop.want({"--json", "list"})).size();
    };
    const std::size_t before = audits(other);

    test::Child serving{founder.line({"--json", "lan", "serve", "--host", "127.0.0.1"})};
    const int port = json::parse(serving.line())["port"];
    const std::string address = "127.0.0.1:" + std::to_string(port);
    const json moved = json::parse(other.want({"--json", "lan", "sync", address}));
    CHECK(moved["received"].get<int>() > 0);
    CHECK(json::parse(other.want({"--json", "sync", "--log"})).at(0)["way"] == "laptop");

    const Laptop stranger{folder.path() / "stranger"};
    stranger.want({"init", "--team", "Post 7"});
    CHECK(stranger.call({"lan", "sync", address}).code == 4);
    CHECK(stranger.call({"lan", "sync", "no address"}).code == 4);
    CHECK(serving.end(SIGTERM) == 0);
    CHECK(other.call({"lan", "sync", address}).code == 6);
    CHECK(audits(other) >= before);
}

TEST_CASE("how a laptop travels is set and shown, and stays", "[cli][travel]") {
    const test::TemporaryFolder folder;
    const Laptop laptop{folder.path() / "n"};
    laptop.want({"init", "--team", "Post 7"});
    CHECK(json::parse(laptop.want({"--json", "travel"}))["proxy"] == "system");
    laptop.want(
        {"travel", "--proxy", "http://proxy:3128", "--limit", "32k", "--on-request", "yes"});
    const json shown = json::parse(laptop.want({"--json", "travel", "--paused", "yes"}));
    CHECK(shown["proxy"] == "http://proxy:3128");
    CHECK(shown["bytes_per_second"] == 32'000);
    CHECK(shown["on_request"] == true);
    CHECK(shown["paused"] == true);
    CHECK(laptop.call({"travel", "--proxy", "proxy"}).code == 4);
    CHECK(laptop.call({"travel", "--limit", "12"}).code == 4);
}

}  // namespace bordereau::app::cli
