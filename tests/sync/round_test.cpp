#include "sync/round.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <mutex>
#include <semaphore>

#include "sync/serve/answering.h"
#include "tests/support/memory_holdings.h"
#include "tests/support/parties.h"

namespace bordereau::sync {
namespace {

using test::device_named;

/// A laptop with something to send, and an endpoint that would take it.
struct Scene {
    Scene() { laptop.held.seal(device_named(1), "an audit"); }

    Response honest(const Request& request) {
        const auto read = decode_request(request.body);
        REQUIRE(read.ok());
        const auto reply = reply_to(*read, endpoint.holdings());
        REQUIRE(reply.ok());
        return {200, {}, encode(*reply, request.body, pair.endpoint)};
    }
    RoundEnd run(const Transport& transport, std::stop_token stop = {}) {
        Exchange exchange = pair.exchange(laptop.replica());
        return run_round(
            exchange, {"http://127.0.0.1:1", pair.endpoint.public_key(), {}}, transport,
            [](const Progress&) {}, std::move(stop));
    }

    test::Pair pair;
    test::MemoryReplica laptop;
    test::MemoryHoldings endpoint;
};

}  // namespace

TEST_CASE("an answer that is not the endpoint's own marks nothing as sent", "[sync]") {
    Scene scene;
    const test::Pair impostor{9};
    const auto
        [what, answer, code] =
            GENERATE_REF(
                table<std::string, Transport, ErrorCode>(
                    {
                        {"a login page",
                         [](const Request&, std::stop_token) -> Result<Response> {
                             return Response{
                                 200, {}, "<html><body>Welcome to Hotel Wi-Fi</body></html>"};
                         },
                         ErrorCode::offline},
                        {"an empty page",
                         [](const Request&, std::stop_token) -> Result<Response> {
                             return Response{200, {}, ""};
                         },
                         ErrorCode::offline},
                        {"half an answer",
                         [&scene](const Request& request, std::stop_token) -> Result<Response> {
                             Response response = scene.honest(request);
                             response.body.resize(response.body.size() / 2);
                             return response;
                         },
                         ErrorCode::offline},
                        {"somebody else's signature",
                         [&](const Request& request, std::stop_token) -> Result<Response> {
                             const Reply reply = Holding{scene.laptop.held.vector(), {}, {}};
                             return Response{
                                 200, {}, encode(reply, request.body, impostor.endpoint)};
                         },
                         ErrorCode::offline},
                        {"the question itself",
                         [](const Request& request, std::stop_token) -> Result<Response> {
                             return Response{200, {}, request.body};
                         },
                         ErrorCode::offline},
                        {"a failure of a proxy",
                         [](const Request&, std::stop_token) -> Result<Response> {
                             return Response{502, {}, "Bad Gateway"};
                         },
                         ErrorCode::offline},
                        {"nothing in time",
                         [](const Request&, std::stop_token) -> Result<Response> {
                             return Error{ErrorCode::offline, "timed out"};
                         },
                         ErrorCode::offline},
                        {"too much at once",
                         [](const Request&, std::stop_token) -> Result<Response> {
                             return Response{503, {{"Retry-After", "30"}}, ""};
                         },
                         ErrorCode::busy},
                        {"too large however small",
                         [](const Request&, std::stop_token) -> Result<Response> {
                             return Response{413, {}, "Too Large"};
                         },
                         ErrorCode::offline},
                    }));
    INFO(what);
    const RoundEnd end = scene.run(answer);
    REQUIRE_FALSE(end.status.ok());
    CHECK(end.status.error().code == code);
    CHECK(scene.laptop.acknowledged.empty());
    CHECK(end.progress.tally.sent == 0);

    SECTION("and the next round sends it") {
        const RoundEnd next = scene.run(
            [&](const Request& request, std::stop_token) { return Result{scene.honest(request)}; });
        CHECK(next.status.ok());
        CHECK(scene.laptop.acknowledged == scene.laptop.held.vector());
        CHECK(scene.endpoint.all() == scene.laptop.held.all());
    }
}

TEST_CASE("an old answer does not acknowledge what was sealed after it", "[sync]") {
    Scene scene;
    std::optional<Response> old;
    const Transport replaying = [&](const Request& request, std::stop_token) -> Result<Response> {
        if (!old) old = scene.honest(request);
        return *old;
    };
    REQUIRE(scene.run(replaying).status.ok());
    scene.laptop.held.seal(device_named(1), "a later audit");
    CHECK_FALSE(scene.run(replaying).status.ok());
    CHECK(scene.laptop.acknowledged.at(test::chain_named(1)).number == 1);
}

TEST_CASE("what the endpoint asks to wait is passed on", "[sync]") {
    Scene scene;
    const RoundEnd end = scene.run([](const Request&, std::stop_token) -> Result<Response> {
        return Response{429, {{"retry-after", "90"}}, ""};
    });
    CHECK(end.retry_after == std::chrono::seconds{90});
}

TEST_CASE("where a proxy lets only short bodies pass, batches become shorter", "[sync]") {
    Scene scene;
    for (int i = 0; i < 20; ++i) scene.laptop.held.seal(device_named(1), std::string(30'000, 'x'));
    const RoundEnd end =
        scene.run([&](const Request& request, std::stop_token) -> Result<Response> {
            if (request.body.size() > 100'000) return Response{413, {}, ""};
            return scene.honest(request);
        });
    CHECK(end.status.ok());
    CHECK(scene.endpoint.all() == scene.laptop.held.all());
}

TEST_CASE("while a batch travels the next one is packed", "[sync]") {
    Scene scene;
    for (int i = 0; i < 60; ++i) scene.laptop.held.seal(device_named(1), std::string(40'000, 'x'));
    Replica replica = scene.laptop.replica();
    std::counting_semaphore<> looked_up{0};
    replica.holdings.missing = [&, missing = replica.holdings.missing](const VersionVector& theirs,
                                                                       std::size_t bytes) {
        auto found = missing(theirs, bytes);
        looked_up.release();
        return found;
    };
    Exchange exchange = scene.pair.exchange(std::move(replica));
    int packed_ahead = 0;
    const Transport waiting = [&](const Request& request, std::stop_token) -> Result<Response> {
        looked_up.acquire();  // of this batch
        if (exchange.goes_on() && packed_ahead++ == 0) {
            looked_up.acquire();  // comes while this one is under way, or never
            looked_up.release();
        }
        return scene.honest(request);
    };
    const RoundEnd end =
        run_round(exchange, {"http://127.0.0.1:1", scene.pair.endpoint.public_key(), {}}, waiting,
                  [](const Progress&) {}, {});
    CHECK(end.status.ok());
    CHECK(packed_ahead > 0);
    CHECK(scene.endpoint.all() == scene.laptop.held.all());
}

TEST_CASE("a batch that has gone is followed by the next one before it is answered", "[sync]") {
    Scene scene;
    for (int i = 0; i < 60; ++i) scene.laptop.held.seal(device_named(1), std::string(40'000, 'x'));
    std::mutex endpoint;
    std::counting_semaphore<> came{0};
    std::atomic<int> requests = 0;
    const Transport slow = [&](const Request& request, std::stop_token) -> Result<Response> {
        const bool first = requests++ == 0;
        came.release();
        request.handed_over();
        if (first) {  // is not answered before the second one has come, or never
            came.acquire();
            came.acquire();
        }
        const std::lock_guard lock{endpoint};
        return scene.honest(request);
    };
    CHECK(scene.run(slow).status.ok());
    CHECK(requests > 1);
    CHECK(scene.endpoint.all() == scene.laptop.held.all());
    CHECK(scene.laptop.acknowledged == scene.laptop.held.vector());
}

TEST_CASE("a failure gives up what travels besides", "[sync]") {
    Scene scene;
    for (int i = 0; i < 60; ++i) scene.laptop.held.seal(device_named(1), std::string(40'000, 'x'));
    std::counting_semaphore<> second_came{0};
    std::atomic<int> requests = 0;
    const Transport breaking = [&](const Request& request,
                                   std::stop_token stop) -> Result<Response> {
        if (requests++ == 0) {
            request.handed_over();
            second_came.acquire();
            return Error{ErrorCode::offline, "the connection broke"};
        }
        std::counting_semaphore<> given_up{0};
        const std::stop_callback wake{stop, [&given_up] { given_up.release(); }};
        second_came.release();
        given_up.acquire();
        return Error{ErrorCode::cancelled, "request"};
    };
    CHECK(scene.run(breaking).status.error().code == ErrorCode::offline);
    CHECK(requests == 2);
    CHECK(scene.laptop.acknowledged.empty());
}

TEST_CASE("a stopped round sends nothing more", "[sync]") {
    Scene scene;
    std::stop_source stop;
    stop.request_stop();
    const RoundEnd end = scene.run(
        [&](const Request& request, std::stop_token) { return Result{scene.honest(request)}; },
        stop.get_token());
    CHECK(end.status.error().code == ErrorCode::cancelled);
    CHECK(scene.endpoint.all().empty());
}

}  // namespace bordereau::sync
