// The built bordereau-endpoint, and very many clients at once: good ones, slow ones, greedy ones.
#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <fstream>

#include "storage/crypto/hash.h"
#include "sync/enrol.h"
#include "tests/support/crowd.h"
#include "tests/support/endpoint_process.h"
#include "tests/support/field_devices.h"
#include "tests/support/notebooks.h"

namespace bordereau::sync {
namespace {

using test::want;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kMemoryIsOurs = false;  // a sanitizer keeps what was freed
#else
constexpr bool kMemoryIsOurs = true;
#endif

std::int64_t resident_kilobytes(pid_t process) {
    std::ifstream file{"/proc/" + std::to_string(process) + "/status"};
    std::string word;
    std::int64_t value = 0;
    while (file >> word)
        if (word == "VmRSS:") file >> value;
    return value;
}

double metric(int port, const std::string& name) {
    const test::Caller caller = test::get(port, "/metrics");
    REQUIRE(caller.status() == 200);
    const std::string text{caller.body()};
    const std::size_t at = text.find("\n" + name + " ");
    REQUIRE(at != std::string::npos);
    return std::strtod(text.c_str() + at + name.size() + 2, nullptr);
}

/// Moves a caller on until `enough`.
template <class Enough>
void advance_until(test::Caller& caller, std::size_t most, const Enough& enough) {
    while (!enough(caller) && !caller.done()) {
        pollfd wanted = caller.wanted();
        if (caller.sent() >= most) wanted.events = POLLIN;
        REQUIRE(poll(&wanted, 1, 120'000) > 0);
        caller.advance(most - std::min(most, caller.sent()));
    }
}

}  // namespace

TEST_CASE(
    "five hundred devices that come at once are all answered, and all that they bring is held",
    "[endpoint][crowd]") {
    constexpr int kDevices = 500;
    const test::TemporaryFolder folder;
    const Entropy entropy = seeded_entropy(3);
    const auto data = folder.path() / "endpoint";
    const test::Enlisted enlisted = want(test::enlist(data, kDevices, entropy));
    test::EndpointProcess endpoint{data, 0, {"--log", "quiet"}};
    std::vector<std::string> requests;
    std::vector<test::Caller> callers;
    for (const auto& key : enlisted.devices)
        requests.push_back(
            test::offer_of(enlisted.team, key,
                           {want(test::sealed_audit(enlisted.team, key, 5, entropy))}, entropy));
    for (const std::string& request : requests)
        callers.emplace_back(endpoint.port(), test::http_bytes("POST", "/v1/exchange", request));
    REQUIRE(test::run_all(callers));
    int held = 0;
    for (std::size_t i = 0; i < callers.size(); ++i) {
        if (callers[i].status() != 200) continue;
        const auto reply =
            want(decode_reply(callers[i].body(), requests[i], enlisted.endpoint_key));
        const DeviceId device = storage::crypto::device_id(enlisted.devices[i].public_key());
        held += std::get<Holding>(reply).vector.contains({device, storage::lane_of_home(device)});
    }
    CHECK(held == kDevices);
    CHECK(metric(endpoint.port(), "bordereau_commit_requests_total") == kDevices);
    CHECK(metric(endpoint.port(), "bordereau_commit_seconds_count") < kDevices);  // shared
    CHECK(endpoint.stop() == 0);
    CHECK(test::run_endpoint({"verify", "--data", data.string()}).code == 0);
}

TEST_CASE(
    "two hundred clients that announce 18 MB and stop in the middle hold no more memory than they "
    "may, and others are served meanwhile",
    "[endpoint][crowd]") {
    constexpr std::size_t kSent = std::size_t{512} << 10;
    const test::TemporaryFolder folder;
    const Entropy entropy = seeded_entropy(3);
    const auto data = folder.path() / "endpoint";
    const test::Enlisted enlisted = want(test::enlist(data, 1, entropy));
    test::EndpointProcess endpoint{data, 0, {"--log", "quiet", "--body-memory", "16"}};
    const auto before = resident_kilobytes(endpoint.pid());

    const std::string body(kSent, 'x');
    std::vector<test::Caller> slow;
    for (int i = 0; i < 200; ++i)
        slow.emplace_back(endpoint.port(),
                          "POST /v1/exchange HTTP/1.1\r\nHost: x\r\n"
                          "Content-Length: 18000000\r\n\r\n" +
                              body);
    for (test::Caller& one : slow)
        advance_until(one, body.size(), [](const test::Caller& c) { return c.sent() >= kSent; });

    const auto& key = enlisted.devices.front();
    const std::string request = test::offer_of(
        enlisted.team, key, {want(test::sealed_audit(enlisted.team, key, 5, entropy))}, entropy);
    CHECK(test::ask(endpoint.port(), test::http_bytes("POST", "/v1/exchange", request)).status() ==
          200);
    CHECK(test::get(endpoint.port(), "/health").status() == 200);
    CHECK(metric(endpoint.port(), "bordereau_held_bytes") <= 16 << 20);
    CHECK(metric(endpoint.port(), "bordereau_refused_no_room_total") > 0);
    CHECK(metric(endpoint.port(), "bordereau_connections_open") > 100);
    if (kMemoryIsOurs) CHECK(resident_kilobytes(endpoint.pid()) - before < 64 << 10);
}

TEST_CASE("a body beyond the limit, compressed or of two lengths is refused, whatever it holds",
          "[endpoint][crowd]") {
    const test::TemporaryFolder folder;
    test::EndpointProcess endpoint{folder.path() / "endpoint", 0, {"--log", "quiet"}};
    const auto status_of = [&endpoint](std::string_view headers) {
        return test::ask(endpoint.port(), "POST /v1/exchange HTTP/1.1\r\nHost: x\r\n" +
                                              std::string{headers} + "\r\n")
            .status();
    };
    CHECK(status_of("Content-Length: 18874369\r\n") == 413);
    CHECK(status_of("Content-Length: 99999999999999\r\n") == 413);
    CHECK(status_of("Transfer-Encoding: gzip, chunked\r\nExpect: 100-continue\r\n") == 501);
    // Refused, or cut off by the library itself.
    CHECK(status_of("Transfer-Encoding: chunked\r\nContent-Length: 0\r\n"
                    "Expect: 100-continue\r\n") != 200);
    CHECK(status_of("Content-Encoding: gzip\r\nContent-Length: 0\r\n") == 415);
    CHECK(status_of("Content-Length: 0\r\n") == 400);
    CHECK(metric(endpoint.port(), "bordereau_refused_too_large_total") == 2);
    CHECK(endpoint.stop() == 0);
}

namespace {

// As a proxy passes it on that does not wait for the end.
std::string in_chunks(std::string_view body, std::size_t size) {
    std::string bytes =
        "POST /v1/exchange HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (; !body.empty(); body.remove_prefix(std::min(size, body.size()))) {
        const std::string_view piece = body.substr(0, size);
        char head[24];
        std::snprintf(head, sizeof head, "%zx\r\n", piece.size());
        bytes.append(head).append(piece).append("\r\n");
    }
    return bytes + "0\r\n\r\n";
}

}  // namespace

TEST_CASE("a body in chunks is taken like any other, within the same limit", "[endpoint][crowd]") {
    const test::TemporaryFolder folder;
    const Entropy entropy = seeded_entropy(3);
    const auto data = folder.path() / "endpoint";
    const test::Enlisted enlisted = want(test::enlist(data, 1, entropy));
    test::EndpointProcess endpoint{data, 0, {"--log", "quiet"}};
    const auto& key = enlisted.devices.front();
    const std::string request =
        test::offer_of(enlisted.team, key,
                       {want(test::sealed_audit(enlisted.team, key, 2'000, entropy))}, entropy);
    REQUIRE(request.size() > 20'000);
    for (const std::size_t size : {std::size_t{7}, std::size_t{1000}, std::size_t{1} << 20})
        CHECK(test::ask(endpoint.port(), in_chunks(request, size)).status() == 200);
    CHECK(metric(endpoint.port(), "bordereau_store_changesets") == 3);

    const std::string large(std::size_t{19} << 20, 'x');
    CHECK(test::ask(endpoint.port(), in_chunks(large, std::size_t{1} << 20)).status() == 413);
    CHECK(metric(endpoint.port(), "bordereau_refused_too_large_total") == 1);
    // One that never ends is cut off.
    const std::string endless(std::size_t{40} << 20, 'x');
    CHECK(test::ask(endpoint.port(), in_chunks(endless, std::size_t{1} << 20)).failed());
    CHECK(metric(endpoint.port(), "bordereau_held_bytes") < 100'000);
    CHECK(test::ask(endpoint.port(), in_chunks(request, 5'000)).status() == 200);
    CHECK(endpoint.stop() == 0);
}

TEST_CASE("a device that asks too often is told when to come back, and others are not held up",
          "[endpoint][crowd]") {
    const test::TemporaryFolder folder;
    const Entropy entropy = seeded_entropy(3);
    const auto data = folder.path() / "endpoint";
    const test::Enlisted enlisted = want(test::enlist(data, 2, entropy));
    test::EndpointProcess endpoint{data, 0, {"--log", "quiet", "--limit-device", "3"}};
    const auto ask = [&](std::size_t who) {
        const auto& key = enlisted.devices[who];
        const std::string request = test::offer_of(enlisted.team, key, {}, entropy);
        test::Caller caller =
            test::ask(endpoint.port(), test::http_bytes("POST", "/v1/exchange", request));
        if (caller.status() == 429) {
            CHECK(caller.head().find("Retry-After: ") != std::string_view::npos);
            const auto reply = want(decode_reply(caller.body(), request, enlisted.endpoint_key));
            CHECK(std::get<Refused>(reply).reason == Refusal::busy);
        }
        return caller.status();
    };
    for (int i = 0; i < 3; ++i) CHECK(ask(0) == 200);
    CHECK(ask(0) == 429);
    CHECK(ask(1) == 200);
    CHECK(metric(endpoint.port(), "bordereau_held_back_total{limit=\"device\"}") == 1);
}

TEST_CASE("asking with nothing new costs no transaction, and is remembered beyond a restart",
          "[endpoint][crowd]") {
    const test::TemporaryFolder folder;
    const Entropy entropy = seeded_entropy(3);
    const auto data = folder.path() / "endpoint";
    const test::Enlisted enlisted = want(test::enlist(data, 2, entropy));
    test::EndpointProcess endpoint{data, 0, {"--log", "quiet"}};
    const auto& key = enlisted.devices.front();
    for (int i = 0; i < 5; ++i)
        CHECK(test::ask(endpoint.port(),
                        test::http_bytes("POST", "/v1/exchange",
                                         test::offer_of(enlisted.team, key, {}, entropy)))
                  .status() == 200);
    CHECK(metric(endpoint.port(), "bordereau_commit_seconds_count") == 0);
    CHECK(endpoint.stop() == 0);
    const auto contacts = want(
        want(storage::ChangesetStore::open(data, system_clock(), entropy)).contacts(enlisted.team));
    REQUIRE(contacts.size() == 1);
    CHECK(contacts.begin()->first == storage::crypto::device_id(key.public_key()));
}

TEST_CASE("attempts to join that fail are few, from one address; those that work do not count",
          "[endpoint][crowd]") {
    const test::TemporaryFolder folder;
    const Entropy entropy = seeded_entropy(3);
    const auto data = folder.path() / "endpoint";
    const test::Enlisted enlisted = want(test::enlist(data, 0, entropy));
    std::vector<std::string> secrets;
    {
        auto store = want(storage::ChangesetStore::open(data, system_clock(), entropy));
        for (char letter = 'a'; letter < 'f'; ++letter) {
            secrets.emplace_back(kSecretSize, letter);
            want(store.invite({enlisted.team, storage::Role::officer,
                               storage::crypto::digest(secrets.back()),
                               system_clock().now() + 1'000'000}));
        }
    }
    test::EndpointProcess endpoint{data, 0, {"--log", "quiet", "--limit-attempts", "2"}};
    const auto attempt = [&](const std::string& secret) {
        const auto key = storage::crypto::SigningKey::generate(entropy);
        const std::string request =
            encode(EnrolRequest{enlisted.team, key.public_key(), secret, "laptop",
                                Moment::at(system_clock().now(), entropy)},
                   key);
        return test::ask(endpoint.port(), test::http_bytes("POST", "/v1/enrol", request)).status();
    };
    for (const std::string& secret : secrets) CHECK(attempt(secret) == 200);
    const std::string wrong(kSecretSize, 'x');
    CHECK(attempt(wrong) == 403);
    CHECK(attempt(wrong) == 403);
    CHECK(attempt(wrong) == 429);
    CHECK(test::get(endpoint.port(), "/ready").status() == 200);
}

TEST_CASE("told to stop, the endpoint takes no new connection, answers what is under way, and ends",
          "[endpoint][crowd]") {
    const test::TemporaryFolder folder;
    const Entropy entropy = seeded_entropy(3);
    const auto data = folder.path() / "endpoint";
    const test::Enlisted enlisted = want(test::enlist(data, 1, entropy));
    test::EndpointProcess endpoint{data, 0, {"--log", "quiet"}};
    const int port = endpoint.port();
    const auto& key = enlisted.devices.front();
    const std::string request = test::offer_of(
        enlisted.team, key, {want(test::sealed_audit(enlisted.team, key, 50, entropy))}, entropy);
    const std::string bytes =
        test::http_bytes("POST", "/v1/exchange", request, "Expect: 100-continue\r\n");
    test::Caller under_way{port, bytes};
    advance_until(under_way, bytes.size() - 100,
                  [](const test::Caller& caller) { return caller.continued(); });
    REQUIRE(under_way.continued());

    kill(endpoint.pid(), SIGTERM);
    while (!test::get(port, "/health").failed()) {
    }
    advance_until(under_way, bytes.size(),
                  [](const test::Caller& caller) { return caller.done(); });
    CHECK(under_way.status() == 200);
    CHECK(std::holds_alternative<Holding>(
        want(decode_reply(under_way.body(), request, enlisted.endpoint_key))));
    CHECK(endpoint.wait() == 0);
}

TEST_CASE("told to stop, the endpoint waits for a client that goes no further only so long",
          "[endpoint][crowd]") {
    const test::TemporaryFolder folder;
    test::EndpointProcess endpoint{
        folder.path() / "endpoint", 0, {"--log", "quiet", "--grace", "1"}};
    const std::string bytes = test::http_bytes("POST", "/v1/exchange", std::string(1000, 'x'),
                                               "Expect: 100-continue\r\n");
    test::Caller stuck{endpoint.port(), bytes};
    advance_until(stuck, bytes.size() - 100,
                  [](const test::Caller& caller) { return caller.continued(); });
    CHECK(endpoint.stop() == 0);
    advance_until(stuck, bytes.size(), [](const test::Caller& caller) { return caller.done(); });
    CHECK(stuck.failed());
}

}  // namespace bordereau::sync
