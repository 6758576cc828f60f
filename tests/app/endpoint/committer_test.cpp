// The thread that changes the store.
#include "app/endpoint/committer.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <latch>

#include "storage/crypto/random.h"
#include "tests/support/field_devices.h"
#include "tests/support/notebooks.h"

namespace bordereau::app::endpoint {
namespace {

using test::want;

/// A committer over a team of members, and a way to keep its thread from going on.
struct Scene {
    explicit Scene(CommitLimits limits = {}, int idle_slices = 0)
        : committer(want(storage::ChangesetStore::open(folder.path(), system_clock(), entropy)),
                    limits,
                    {[this](std::size_t requests, double) { batches.push_back(requests); },
                     [this, idle_slices](storage::ChangesetStore&) {
                         return ++idle % (idle_slices + 1) != 0;
                     }}) {}

    /// Returns once the thread stands still.
    void hold() {
        committer.post([this](storage::ChangesetStore&) {
            standing.count_down();
            go_on.wait();
        });
        standing.wait();
    }
    std::jthread bring(std::size_t who, std::atomic<int>& applied) {
        return std::jthread{[this, who, &applied] {
            const auto& key = enlisted.devices[who];
            const std::vector<std::string> bytes{
                want(test::sealed_audit(enlisted.team, key, 2, storage::crypto::system_entropy()))};
            const auto receipts = committer.receive(
                enlisted.team, storage::crypto::device_id(key.public_key()), bytes);
            if (receipts && receipts->front().reception != storage::Reception::waiting) ++applied;
        }};
    }
    void wait_for(std::size_t waiting) const {
        while (committer.waiting() != waiting) std::this_thread::yield();
    }

    test::TemporaryFolder folder;
    Entropy entropy = seeded_entropy(1);
    test::Enlisted enlisted = want(test::enlist(folder.path(), 8, entropy));
    std::latch standing{1}, go_on{1};
    std::vector<std::size_t> batches;  // of the committer's thread, until it has ended
    std::atomic<int> idle = 0;
    Committer committer;
};

}  // namespace

TEST_CASE("what came while the store was busy goes into one transaction, one of each device",
          "[endpoint][committer]") {
    Scene scene;
    std::atomic<int> applied = 0;
    scene.hold();
    {
        std::vector<std::jthread> bringing;
        for (std::size_t who = 0; who < 8; ++who) bringing.push_back(scene.bring(who, applied));
        for (int again = 0; again < 3; ++again) bringing.push_back(scene.bring(0, applied));
        scene.wait_for(11);
        scene.go_on.count_down();
    }
    CHECK(applied == 11);
    CHECK(scene.batches == std::vector<std::size_t>{8, 1, 1, 1});
}

TEST_CASE("only so many wait for the store; others are told to come back at once",
          "[endpoint][committer]") {
    CommitLimits limits;
    limits.waiting_requests = 2;
    Scene scene{limits};
    std::atomic<int> applied = 0;
    scene.hold();
    {
        const std::jthread first = scene.bring(0, applied), second = scene.bring(1, applied);
        scene.wait_for(2);
        CHECK(test::code_of(scene.committer.receive(scene.enlisted.team, {"c"}, {})) ==
              ErrorCode::busy);
        CHECK(test::code_of(scene.committer.redeem("secret", "key", "name", {})) ==
              ErrorCode::busy);
        scene.go_on.count_down();
    }
    CHECK(applied == 2);
    CHECK(scene.committer.receive(scene.enlisted.team, {"c"}, {}).ok());
}

TEST_CASE("changesets that wait have only so many bytes, but one request always may",
          "[endpoint][committer]") {
    CommitLimits limits;
    limits.waiting_bytes = 10;
    Scene scene{limits};
    std::atomic<int> applied = 0;
    scene.hold();
    {
        const std::jthread first = scene.bring(0, applied);
        scene.wait_for(1);
        const std::vector<std::string> more{"eleven bytes"};
        CHECK(test::code_of(scene.committer.receive(scene.enlisted.team, {"b"}, more)) ==
              ErrorCode::busy);
        scene.go_on.count_down();
    }
    CHECK(applied == 1);
}

TEST_CASE("work that nobody waits for is done when nothing else is, again after each change",
          "[endpoint][committer]") {
    CommitLimits limits;
    limits.look = std::chrono::hours{24};
    Scene scene{limits, 3};
    const auto wait_for_idle = [&scene](int slices) {
        while (scene.idle < slices) std::this_thread::yield();
    };
    wait_for_idle(4);
    std::atomic<int> applied = 0;
    { const std::jthread bringing = scene.bring(0, applied); }
    wait_for_idle(8);
    CHECK(applied == 1);
}

TEST_CASE("work that another process left is looked for without any change",
          "[endpoint][committer]") {
    CommitLimits limits;
    limits.quiet = limits.look = std::chrono::milliseconds{1};
    const Scene scene{limits};
    while (scene.idle < 3) std::this_thread::yield();
}

}  // namespace bordereau::app::endpoint
