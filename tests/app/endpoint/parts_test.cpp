// The parts of the endpoint that need no socket.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <set>
#include <sstream>

#include "app/endpoint/contacts.h"
#include "app/endpoint/log_lines.h"
#include "app/endpoint/metrics.h"
#include "app/endpoint/page/token.h"
#include "app/endpoint/rate_limit.h"
#include "storage/crypto/random.h"
#include "tests/support/notebooks.h"

namespace bordereau::app::endpoint {

using test::want;

TEST_CASE("a minute's worth of requests may come at once, then as many as the rate refills",
          "[endpoint][limits]") {
    RateLimit limit{60};
    for (int i = 0; i < 60; ++i) CHECK_FALSE(limit.take("a", 1'000));
    CHECK(limit.take("a", 1'000) == Millis{1'000});
    CHECK_FALSE(limit.take("b", 1'000));  // somebody else
    CHECK(limit.take("a", 1'500) == Millis{500});
    CHECK_FALSE(limit.take("a", 2'000));
    CHECK(limit.take("a", 2'000));
    limit.give_back("a");
    CHECK_FALSE(limit.take("a", 2'000));
    CHECK_FALSE(limit.take("a", 2'000 + 3'600'000));
}

TEST_CASE("a clock that goes back refills nothing, and a limit of none holds nobody back",
          "[endpoint][limits]") {
    RateLimit limit{1};
    CHECK_FALSE(limit.take("a", 500'000));
    CHECK(limit.take("a", 0) == Millis{60'000});
    RateLimit none{0};
    for (int i = 0; i < 1'000; ++i) CHECK_FALSE(none.take("a", 0));
    CHECK(none.remembered() == 0);
}

TEST_CASE("however many ask, only so many are remembered: the latest", "[endpoint][limits]") {
    RateLimit limit{1, 100};
    for (int i = 0; i < 10'000; ++i) limit.take(std::to_string(i), 0);
    CHECK(limit.remembered() == 100);
    CHECK(limit.take("9999", 0));
    CHECK_FALSE(limit.take("0", 0));
}

TEST_CASE("who is told to wait is never told too little, and not all are told the same",
          "[endpoint][limits]") {
    const Entropy entropy = seeded_entropy(1);
    std::set<std::int64_t> told;
    for (int i = 0; i < 200; ++i) {
        const auto seconds = retry_after(20'000, entropy).count();
        CHECK(seconds >= 20);
        CHECK(seconds <= 31);
        told.insert(seconds);
    }
    CHECK(told.size() > 5);
}

TEST_CASE("what comes from outside begins no line and no field of the log", "[endpoint][log]") {
    std::ostringstream out;
    LogLines log{out, fixed_clock(1'772'900'000'000), LogLevel::info};
    log.say(LogLevel::info, {{"path", "/x\ntime=now level=info event=\"forged\""}, {"team", ""}});
    log.say(LogLevel::debug, {{"path", "/secret"}});
    CHECK(out.str() ==
          "time=2026-03-07T16:13:20.000+00:00 level=info"
          " path=\"/x\\x0atime=now level=info event=\\\"forged\\\"\" team=\n");
}

TEST_CASE("a token opens until it expires or another one is made", "[endpoint][status]") {
    const test::TemporaryFolder folder;
    auto store = want(storage::ChangesetStore::open(folder.path(), fixed_clock(0),
                                                    storage::crypto::system_entropy()));
    CHECK_FALSE(opens(store, "", 5));
    const std::string first = want(make_token(store, 1'000, storage::crypto::system_entropy()));
    CHECK(opens(store, first, 999));
    CHECK_FALSE(opens(store, first, 1'000));
    CHECK_FALSE(opens(store, first + "a", 5));
    CHECK_FALSE(opens(store, "", 5));
    CHECK(want(store.setting("status-token")).find(first) == std::string::npos);
    const std::string second = want(make_token(store, 1'000, storage::crypto::system_entropy()));
    CHECK_FALSE(opens(store, first, 5));
    CHECK(opens(store, second, 5));
}

TEST_CASE("cookies and fields of forms are found by their whole names", "[endpoint][status]") {
    CHECK(cookie("a=1; bordereau-status=xyz; b=2", "bordereau-status") == "xyz");
    CHECK(cookie("not-bordereau-status=xyz", "bordereau-status").empty());
    CHECK(form_field("a=1&token=b%2dc+d", "token") == "b-c d");
    CHECK(form_field("token=%2", "token") == "%2");
    CHECK(form_field("xtoken=1", "token").empty());
}

TEST_CASE("metrics keep few rows, whatever is asked", "[endpoint][metrics]") {
    Metrics metrics{0};
    for (int i = 0; i < 5'000; ++i)
        metrics.answered({"other", "outcome \"" + std::to_string(i) + "\"\n", 0.003, 10, 20});
    metrics.committed(7, 0.02);
    const std::string text = metrics.text({});
    CHECK(text.size() < 30'000);
    CHECK(text.find("outcome=\"outcome \\\"0\\\" \"} 1\n") != std::string::npos);
    CHECK(text.find("bordereau_request_seconds_bucket{route=\"other\",le=\"0.0025\"} 0\n") !=
          std::string::npos);
    CHECK(text.find("bordereau_request_seconds_bucket{route=\"other\",le=\"0.005\"} 5000\n") !=
          std::string::npos);
    CHECK(text.find("bordereau_received_bytes_total 50000\n") != std::string::npos);
    CHECK(text.find("bordereau_commit_seconds_count 1\n") != std::string::npos);
    CHECK(text.find("bordereau_commit_requests_total 7\n") != std::string::npos);
}

TEST_CASE("the same trouble again is counted, not listed again", "[endpoint][status]") {
    Incidents incidents;
    for (int i = 0; i < 30; ++i) incidents.note({i, {"t"}, {"d"}, "clock"});
    for (int i = 0; i < 100; ++i) incidents.note({i, {"t"}, {std::to_string(i)}, "full"});
    const auto latest = incidents.latest();
    CHECK(latest.size() == 50);
    CHECK(latest.front().device.text == "99");
    incidents.note({200, {"t"}, {"99"}, "full"});
    CHECK(incidents.latest().front().times == 2);
    CHECK(incidents.latest().size() == 50);
}

TEST_CASE("when devices were heard of is kept by the latest time", "[endpoint][status]") {
    const test::TemporaryFolder folder;
    auto store = want(storage::ChangesetStore::open(folder.path(), fixed_clock(0),
                                                    storage::crypto::system_entropy()));
    Contacts contacts;
    contacts.note({"t"}, {"a"}, 5);
    contacts.note({"t"}, {"a"}, 3);
    contacts.note({"u"}, {"a"}, 9);
    CHECK(contacts.of({"t"}) == std::map<DeviceId, Millis>{{{"a"}, 5}});
    want(store.note_contacts(contacts.take()));
    CHECK(contacts.take().empty());
    contacts.note({"t"}, {"a"}, 4);
    want(store.note_contacts(contacts.take()));
    CHECK(want(store.contacts({"t"})) == std::map<DeviceId, Millis>{{{"a"}, 5}});
}

}  // namespace bordereau::app::endpoint
