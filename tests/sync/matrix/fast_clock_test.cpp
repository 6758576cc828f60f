// A laptop whose clock is ahead: what it seals would be taken by nobody before that day has come.
#include <catch2/catch_test_macros.hpp>

#include "sync/clock_check.h"
#include "tests/sync/matrix/border.h"

namespace bordereau::test {
namespace {

struct Ahead : Border {
    TestClock fast;
    storage::Notebook bakary = new_notebook(folder.path() / "bakary", 31, fast);

    Ahead() {
        *fast.now = *clock.now;
        admit(bakary, "Bakary", storage::Role::officer);
        want(round().status);
        requests = 0;
    }
    /// As a worker has it.
    sync::RoundEnd round() {
        const sync::Station station = station_of(bakary);
        sync::RoundEnd end;
        end.status = sync::seal_for_round(station, bakary.clock(), bakary.entropy(), {});
        if (!end.status) return end;
        return sync::run_station(station, bakary.clock(), bakary.entropy(),
                                 [](const sync::Progress&) {}, {});
    }
    AuditId finished() {
        const AuditId audit = draft_with_answers(bakary, 2);
        want(storage::Audits{bakary}.finalize(audit));
        return audit;
    }
    bool arrived(const AuditId& audit) {
        want(travel(laptop).status);
        return want(storage::Audits{laptop}.get(audit)).has_value();
    }
};

}  // namespace

TEST_CASE(
    "with a clock that is months ahead nothing is sealed, and all arrives once the clock is right",
    "[sync][matrix][clock]") {
    Ahead at;
    *at.fast.now += 100 * kDay;
    const AuditId audit = at.finished();
    const auto waiting = want(at.bakary.journal().travel_count());
    for (int times = 0; times < 2; ++times) {
        const sync::RoundEnd end = at.round();
        REQUIRE_FALSE(end.status);
        CHECK(end.status.error().code == ErrorCode::too_soon);
    }
    CHECK(want(at.bakary.journal().travel_count()) == waiting);
    CHECK_FALSE(at.arrived(audit));

    *at.fast.now -= 100 * kDay;
    want(at.round().status);
    CHECK(at.arrived(audit));
    CHECK(want(at.store.quarantine(at.north)).empty());
}

TEST_CASE("a clock that is right costs one request after days without a network, else none",
          "[sync][matrix][clock]") {
    Ahead at;
    at.finished();
    want(at.round().status);
    const int usual = std::exchange(at.requests, 0);
    for (TestClock* clock : {&at.fast, &at.clock}) *clock->now += 5 * kDay;
    const AuditId audit = at.finished();
    want(at.round().status);
    CHECK(std::exchange(at.requests, 0) == usual + 1);
    CHECK(at.arrived(audit));

    for (TestClock* clock : {&at.fast, &at.clock}) *clock->now += 5 * kDay;
    at.requests = 0;
    want(at.round().status);
    CHECK(at.requests == 1);
}

TEST_CASE("without a network nothing is sealed that might be dated ahead, and it says offline",
          "[sync][matrix][clock]") {
    Ahead at;
    *at.fast.now += 100 * kDay;
    at.finished();
    const auto waiting = want(at.bakary.journal().travel_count());
    sync::Station station = at.station_of(at.bakary);
    station.transport = [](const sync::Request&, std::stop_token) -> Result<sync::Response> {
        return Error{ErrorCode::offline, "nobody there"};
    };
    const Status sealed = sync::seal_for_round(station, at.bakary.clock(), at.bakary.entropy(), {});
    REQUIRE_FALSE(sealed);
    CHECK(sealed.error().code == ErrorCode::offline);
    CHECK(want(at.bakary.journal().travel_count()) == waiting);
}

}  // namespace bordereau::test
