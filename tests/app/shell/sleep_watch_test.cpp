#include "app/shell/sleep_watch.h"

#include <catch2/catch_test_macros.hpp>
#include <semaphore>

#include "tests/support/fake_logind.h"
#include "tests/support/folders.h"

namespace bordereau::shell {
namespace {

// Wakes that have come and were not waited for yet.
struct Wakes {
    std::counting_semaphore<> come{0};
    std::function<void()> waker() {
        return [this] { come.release(); };
    }
};

}  // namespace

TEST_CASE("sleep is held up until the notebook is locked, and held up again after it",
          "[shell][sleep]") {
    const test::TemporaryFolder folder;
    test::FakeLogind logind{folder.path()};
    Wakes wakes;
    SleepWatch watch{wakes.waker(), logind.address()};
    logind.turn_until([&] { return logind.locks_given() == 1; });
    CHECK(logind.is_held());
    CHECK_FALSE(watch.take_alarm());

    logind.announce(true);
    wakes.come.acquire();
    CHECK(logind.is_held());
    CHECK(watch.take_alarm());
    CHECK_FALSE(watch.take_alarm());
    watch.let_sleep();
    logind.wait_until_let();

    logind.announce(false);
    logind.turn_until([&] { return logind.locks_given() == 2; });
    CHECK(logind.is_held());
    CHECK_FALSE(watch.take_alarm());
}

TEST_CASE("locking this session raises the alarm, locking another does not", "[shell][sleep]") {
    const test::TemporaryFolder folder;
    test::FakeLogind logind{folder.path()};
    Wakes wakes;
    {
        SleepWatch watch{wakes.waker(), logind.address()};
        logind.turn_until([&] { return logind.locks_given() == 1; });
        logind.lock_session(2);
        logind.lock_session(1);
        wakes.come.acquire();
        CHECK(watch.take_alarm());
    }
    CHECK_FALSE(wakes.come.try_acquire());
}

TEST_CASE("without a bus, or without logind on it, nothing is told and nothing hangs",
          "[shell][sleep]") {
    const test::TemporaryFolder folder;
    Wakes wakes;
    { SleepWatch nowhere{wakes.waker(), "unix:path=" + (folder.path() / "none").string()}; }
    { SleepWatch nonsense{wakes.waker(), "no address at all"}; }
    { SleepWatch systems{wakes.waker()}; }
    CHECK_FALSE(wakes.come.try_acquire());
}

}  // namespace bordereau::shell
