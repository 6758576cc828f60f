#include "sync/worker.h"

#include <catch2/catch_test_macros.hpp>
#include <condition_variable>
#include <mutex>
#include <semaphore>

#include "sync/serve/answering.h"
#include "tests/support/memory_holdings.h"
#include "tests/support/parties.h"

namespace bordereau::sync {
namespace {

using test::device_named;

/// A laptop, an endpoint that can be away, and the wake-ups that a window would get.
class Scene {
public:
    WorkerParts parts() {
        return {[this]() -> Result<Station> { return station(); },
                fixed_clock(test::kNoon),
                seeded_entropy(1),
                {std::chrono::milliseconds{1}, std::chrono::milliseconds{2}},
                [this] {
                    const std::lock_guard lock{mutex_};
                    ++wakes_;
                    changed_.notify_all();
                }};
    }

    /// Waits for a status without looking more often than the worker tells of changes.
    template <class Condition>
    SyncStatus wait_until(const Worker& worker, Condition holds) {
        while (true) {
            std::unique_lock lock{mutex_};
            const int seen = wakes_;
            lock.unlock();
            if (SyncStatus status = worker.status(); holds(status)) return status;
            lock.lock();
            changed_.wait(lock, [&] { return wakes_ != seen; });
        }
    }

    std::atomic<int> failures_left{0};
    std::atomic<bool> hangs{false};
    std::atomic<bool> busy{false};
    std::counting_semaphore<> reached{0};  ///< by each request that hangs
    test::Pair pair;
    test::MemoryReplica laptop;
    test::MemoryHoldings endpoint;

private:
    Station station() {
        return {laptop.replica(),
                pair.parties(),
                {"http://127.0.0.1:1", pair.endpoint.public_key(), {}},
                [this](const Request& request, std::stop_token stop) {
                    return answer(request, std::move(stop));
                },
                [] { return done(); },
                []() -> Result<std::int64_t> { return 42; },
                {}};
    }

    Result<Response> answer(const Request& request, std::stop_token stop) {
        if (hangs) {
            reached.release();
            std::mutex nobody;
            std::unique_lock lock{nobody};
            std::condition_variable_any{}.wait(lock, stop, [] { return false; });
            return Error{ErrorCode::cancelled, "request"};
        }
        if (busy) return Response{503, {}, {}};
        if (failures_left > 0) {
            --failures_left;
            return Error{ErrorCode::offline, "nobody there"};
        }
        const auto read = decode_request(request.body);
        auto reply = reply_to(*read, endpoint.holdings());
        return Response{200, {}, encode(*reply, request.body, pair.endpoint)};
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    int wakes_ = 0;
};

bool succeeded(const SyncStatus& status) {
    return status.phase == Phase::idle && status.last_success.has_value();
}

}  // namespace

TEST_CASE("while somebody works, others' news are fetched once the latest are old",
          "[sync][worker]") {
    Scene scene;
    std::atomic<Millis> now = test::kNoon;
    WorkerParts parts = scene.parts();
    parts.clock = Clock{[&now] { return now.load(); }, nullptr};
    Worker worker{std::move(parts)};
    worker.note_presence();  // no round has succeeded yet: nothing says that there is a network
    worker.request();
    scene.wait_until(worker, succeeded);
    scene.endpoint.seal(device_named(2), "a review");
    const Millis age = std::chrono::milliseconds{kNewsAge}.count();
    now = test::kNoon + age - 1;
    worker.note_presence();
    CHECK(worker.status().phase == Phase::idle);
    CHECK(scene.laptop.held.all().empty());

    now = test::kNoon + age;
    SECTION("by itself") {
        worker.note_presence();
        const SyncStatus after = scene.wait_until(worker, [&now](const SyncStatus& status) {
            return status.phase == Phase::idle && status.last_success == now;
        });
        CHECK(after.progress.tally.received == 1);
    }
    SECTION("but not where rounds are only on request") {
        worker.set_on_request(true);
        worker.note_presence();
        CHECK(worker.status().phase == Phase::idle);
        CHECK(worker.status().last_success == test::kNoon);
    }
}

TEST_CASE("a request brings laptop and endpoint together", "[sync][worker]") {
    Scene scene;
    scene.laptop.held.seal(device_named(1), "an audit");
    scene.endpoint.seal(device_named(2), "a review");
    Worker worker{scene.parts()};
    CHECK(worker.status().phase == Phase::idle);
    worker.request();
    const SyncStatus status = scene.wait_until(worker, succeeded);
    CHECK(status.progress.tally.sent == 1);
    CHECK(status.progress.tally.received == 1);
    CHECK(status.progress.bytes_up > 0);
    CHECK(status.waiting_bytes == 42);
    CHECK(status.last_success == test::kNoon);
    CHECK(scene.endpoint.all() == scene.laptop.held.all());
}

TEST_CASE("a round that fails is tried again until the endpoint is back", "[sync][worker]") {
    Scene scene;
    scene.laptop.held.seal(device_named(1), "an audit");
    scene.failures_left = 5;
    Worker worker{scene.parts()};
    worker.request();
    const SyncStatus status = scene.wait_until(worker, succeeded);
    CHECK(scene.failures_left == 0);
    CHECK_FALSE(status.last_error.has_value());
    CHECK_FALSE(status.next_try.has_value());
    CHECK(scene.endpoint.all() == scene.laptop.held.all());
}

TEST_CASE("a failure says what it was and when the next attempt comes", "[sync][worker]") {
    Scene scene;
    scene.failures_left = 1;
    WorkerParts parts = scene.parts();
    parts.retry = {std::chrono::hours{1}, std::chrono::hours{2}};
    Worker worker{std::move(parts)};
    worker.request();
    const SyncStatus waiting = scene.wait_until(
        worker, [](const SyncStatus& status) { return status.phase == Phase::waiting; });
    CHECK(waiting.last_error->code == ErrorCode::offline);
    CHECK(*waiting.next_try >= test::kNoon);

    SECTION("a person need not wait for it") {
        worker.request();
        CHECK(scene.wait_until(worker, succeeded).last_success.has_value());
    }
    SECTION("nor does who notices that a network came back") {
        worker.network_returned();
        CHECK(scene.wait_until(worker, succeeded).last_success.has_value());
    }
    SECTION("but who paused it meanwhile is not disturbed by a network") {
        worker.pause();
        worker.network_returned();
        CHECK(worker.status().phase == Phase::paused);
    }
}

TEST_CASE("who was asked to wait goes on waiting when a network comes back", "[sync][worker]") {
    Scene scene;
    scene.busy = true;
    WorkerParts parts = scene.parts();
    parts.retry = {std::chrono::hours{1}, std::chrono::hours{2}};
    Worker worker{std::move(parts)};
    worker.request();
    const SyncStatus waiting = scene.wait_until(
        worker, [](const SyncStatus& status) { return status.phase == Phase::waiting; });
    worker.network_returned();
    CHECK(worker.status().next_try == waiting.next_try);
    CHECK(worker.status().phase == Phase::waiting);
}

TEST_CASE("a pause ends what is under way, and a request ends the pause", "[sync][worker]") {
    Scene scene;
    scene.laptop.held.seal(device_named(1), "an audit");
    scene.hangs = true;
    Worker worker{scene.parts()};
    worker.request();
    scene.wait_until(worker,
                     [](const SyncStatus& status) { return status.phase == Phase::syncing; });
    worker.pause();
    CHECK(worker.status().phase == Phase::paused);
    scene.hangs = false;
    worker.request();
    scene.wait_until(worker, succeeded);
    CHECK(scene.endpoint.all() == scene.laptop.held.all());
}

TEST_CASE("a round that hangs on the network before begins anew over the one that came",
          "[sync][worker]") {
    Scene scene;
    scene.laptop.held.seal(device_named(1), "an audit");
    scene.hangs = true;
    Worker worker{scene.parts()};
    worker.request();
    scene.reached.acquire();
    SECTION("once the endpoint can be reached over it") {
        scene.hangs = false;
        worker.network_returned();
        scene.wait_until(worker, succeeded);
        CHECK(scene.endpoint.all() == scene.laptop.held.all());
    }
    SECTION("but not for every further one, before a message came through") {
        worker.network_returned();
        scene.reached.acquire();
        scene.hangs = false;
        for (int i = 0; i < 5; ++i) worker.network_returned();
        CHECK(worker.status().phase == Phase::syncing);
        CHECK_FALSE(scene.reached.try_acquire());
    }
}

TEST_CASE("a worker ends at once, idle, waiting or in mid-request", "[sync][worker]") {
    Scene scene;
    SECTION("idle") {
        const Worker worker{scene.parts()};
    }
    SECTION("waiting for an hour") {
        scene.failures_left = 1;
        WorkerParts parts = scene.parts();
        parts.retry = {std::chrono::hours{1}, std::chrono::hours{1}};
        Worker worker{std::move(parts)};
        worker.request();
        scene.wait_until(worker,
                         [](const SyncStatus& status) { return status.phase == Phase::waiting; });
    }
    SECTION("in mid-request") {
        scene.hangs = true;
        Worker worker{scene.parts()};
        worker.request();
        scene.wait_until(worker,
                         [](const SyncStatus& status) { return status.phase == Phase::syncing; });
    }
}

TEST_CASE("a notebook without an endpoint is not tried again by itself", "[sync][worker]") {
    Scene scene;
    WorkerParts parts = scene.parts();
    parts.open = []() -> Result<Station> { return Error{ErrorCode::not_found, "no endpoint"}; };
    Worker worker{std::move(parts)};
    worker.request();
    const SyncStatus status =
        scene.wait_until(worker, [](const SyncStatus& now) { return now.last_error.has_value(); });
    CHECK(status.phase == Phase::idle);
    CHECK_FALSE(status.next_try.has_value());
}

TEST_CASE("a pause that was remembered lasts until a person asks", "[sync][worker]") {
    Scene scene;
    scene.laptop.held.seal(device_named(1), "an audit");
    WorkerParts parts = scene.parts();
    parts.paused = true;
    Worker worker{std::move(parts)};
    worker.note_change();
    worker.network_returned();
    CHECK(worker.status().phase == Phase::paused);
    worker.request();
    scene.wait_until(worker, succeeded);
    CHECK(scene.endpoint.all() == scene.laptop.held.all());
}

TEST_CASE("only on request means: not when something changed, and not again after a failure",
          "[sync][worker]") {
    Scene scene;
    scene.laptop.held.seal(device_named(1), "an audit");
    scene.failures_left = 1;
    WorkerParts parts = scene.parts();
    parts.on_request = true;
    Worker worker{std::move(parts)};
    worker.note_change();
    worker.request();
    const SyncStatus failed = scene.wait_until(worker, [](const SyncStatus& status) {
        return status.phase == Phase::idle && status.last_error.has_value();
    });
    CHECK(scene.failures_left == 0);
    CHECK_FALSE(failed.next_try.has_value());
    worker.network_returned();
    CHECK(worker.status().phase == Phase::idle);
    worker.set_on_request(false);
    worker.note_change();
    scene.wait_until(worker, succeeded);
}

TEST_CASE("what is left of a round is told in bytes, and in time once there is a speed",
          "[sync][worker]") {
    SyncStatus status;
    status.waiting_bytes = 1'000;
    status.file_bytes = 9'000;
    status.began = test::kNoon;
    Remaining rest = remaining(status, test::kNoon + 2'000);
    CHECK(rest.all == 10'000);
    CHECK(rest.left == 10'000);
    CHECK_FALSE(rest.time.has_value());
    status.progress.bytes_up = 500;
    CHECK(remaining(status, test::kNoon + 2'000).left == 9'500);
    status.progress.files.begun = true;
    status.progress.files.left = 5'000;
    rest = remaining(status, test::kNoon + 2'000);
    CHECK(rest.left == 5'000);
    CHECK(rest.time == std::chrono::seconds{2});
}

}  // namespace bordereau::sync
