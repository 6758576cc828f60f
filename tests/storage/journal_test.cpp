#include "storage/journal/journal.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <random>

#include "storage/forms.h"
#include "storage/outbox.h"
#include "storage/registers.h"
#include "storage/reviews.h"
#include "tests/support/notebooks.h"

namespace bordereau::storage {
namespace {

using test::code_of;
using test::log_of;
using test::want;

// Two laptops of one team. The second has joined the first one's.
struct Laptops {
    explicit Laptops(const std::filesystem::path& folder)
        : one(test::new_notebook(folder / "one", 1, clock)),
          two(test::new_notebook(folder / "two", 2, clock)) {
        test::admit(one, two);
    }
    test::TestClock clock;
    Notebook one, two;
};

// Some of everything, from both laptops, with an answer in conflict.
AuditId busy_week(Laptops& laptops) {
    want(Forms{laptops.one}.put({{{"f"}, "1", "Form"}, "<xml/>", {{"list.csv", "a,b"}}}));
    const AuditId audit = test::draft_with_answers(laptops.one, 5);
    want(Audits{laptops.one}.label(audit, "Northern post", "N1"));
    want(laptops.one.journal().seal_all());
    test::hand_over(laptops.one, laptops.two);
    want(Answers{laptops.one}.record(audit, "/f/q1", "by one"));
    want(Answers{laptops.two}.record(audit, "/f/q1", "by two"));
    want(Answers{laptops.two}.record(audit, "/f/q2", std::nullopt));
    want(Registers{laptops.two}.put("unit", "N1", "{\"name\":\"North\"}"));
    want(Registers{laptops.one}.put("unit", "N1", "{\"name\":\"Northern\"}"));
    want(Audits{laptops.one}.finalize(audit));
    want(Reviews{laptops.two}.comment(audit, "/f/q1", "Which of the two?"));
    want(laptops.one.journal().seal_all());
    want(laptops.two.journal().seal_all());
    return audit;
}

}  // namespace

TEST_CASE("answers given on one laptop stand on the other after a hand-over", "[journal]") {
    const test::TemporaryFolder folder;
    Laptops laptops{folder.path()};
    const AuditId audit = test::draft_with_answers(laptops.one, 140);
    test::finalize_and_seal(laptops.one, audit);
    for (const Receipt& receipt : test::hand_over(laptops.one, laptops.two))
        CHECK(receipt.reception == Reception::applied);
    CHECK(want(Answers{laptops.two}.load(audit)).size() == 140);
    CHECK(test::answer_at(laptops.two, audit, "/f/q7") == "value 7");
    const auto summary = want(Audits{laptops.two}.get(audit));
    REQUIRE(summary);
    CHECK(summary->state == AuditState::finalized);
    CHECK(summary->answers == 140);
    CHECK(summary->created_by == laptops.one.person().id);
}

TEST_CASE("a draft stays on its laptop until it is finalized or handed over", "[journal]") {
    const test::TemporaryFolder folder;
    Laptops laptops{folder.path()};
    want(laptops.one.journal().seal_finished());
    const AuditId audit = test::draft_with_answers(laptops.one, 3);
    CHECK(want(laptops.one.journal().seal_finished()).changes == 0);
    CHECK(want(laptops.one.journal().pending_count()) == 4);
    want(Audits{laptops.one}.finalize(audit));
    CHECK(want(laptops.one.journal().seal_finished()).changes == 5);
    CHECK(want(laptops.one.journal().pending_count()) == 0);
}

TEST_CASE("a finalized audit counts at once, and is sealed with the others that are finished",
          "[journal]") {
    const test::TemporaryFolder folder;
    Laptops laptops{folder.path()};
    want(laptops.one.journal().seal_finished());
    std::vector<AuditId> audits;
    for (int i = 0; i < 3; ++i) {
        audits.push_back(test::draft_with_answers(laptops.one, 3));
        want(Audits{laptops.one}.finalize(audits.back()));
        CHECK(want(Audits{laptops.one}.get(audits.back()))->answers == 3);
        CHECK(want(Answers{laptops.one}.load(audits.back())).size() == 3);
        CHECK(want(Answers{laptops.one}.history(audits.back())).size() == 3);
    }
    const std::string before = want(laptops.one.journal().fold_digest());
    want(laptops.one.journal().rebuild());
    CHECK(want(laptops.one.journal().fold_digest()) == before);
    CHECK_FALSE(want(laptops.one.journal().verify_folds()));

    const Sealed sealed = want(laptops.one.journal().seal_finished());
    CHECK(sealed.changesets == 1);
    CHECK(sealed.changes == 15);
    CHECK_FALSE(want(laptops.one.journal().verify_folds()));
    test::hand_over(laptops.one, laptops.two);
    for (const AuditId& audit : audits) CHECK(want(Answers{laptops.two}.load(audit)).size() == 3);
}

TEST_CASE("what is finished is sealed without a round once there is enough of it", "[journal]") {
    const test::TemporaryFolder folder;
    Laptops laptops{folder.path()};
    const int answers = static_cast<int>(kWorthSealing / 4);
    std::int64_t most = 0;
    for (int i = 0; i < 6; ++i) {
        const AuditId audit = test::draft_with_answers(laptops.one, answers);
        want(Audits{laptops.one}.finalize(audit));
        CHECK(want(Audits{laptops.one}.get(audit))->answers == answers);
        most = std::max(most, want(laptops.one.journal().pending_count()));
    }
    CHECK(most < kWorthSealing);
    CHECK_FALSE(want(laptops.one.journal().verify_folds()));
}

TEST_CASE("what was finalized travels before it is corrected again", "[journal][review]") {
    const test::TemporaryFolder folder;
    Laptops laptops{folder.path()};
    const AuditId audit = test::draft_with_answers(laptops.one, 3);
    want(Audits{laptops.one}.finalize(audit));
    SECTION("where the one who returns it sits at the same laptop") {
        want(laptops.one.journal().record_step(audit, {AuditState::has_issues, "Which gate?"}));
    }
    SECTION("where word of it comes from another one") {
        want(laptops.one.journal().seal_finished());
        test::hand_over(laptops.one, laptops.two);
        const auto send_back = [&] {
            want(laptops.two.journal().record_step(audit, {AuditState::has_issues, "Which?"}));
        };
        send_back();
        test::hand_over(laptops.two, laptops.one);
        want(Answers{laptops.one}.record(audit, "/f/q2", "corrected"));
        want(Audits{laptops.one}.finalize(audit));
        send_back();
        test::hand_over(laptops.two, laptops.one);
    }
    CHECK(want(Audits{laptops.one}.get(audit))->state == AuditState::has_issues);
    CHECK(want(Audits{laptops.one}.get(audit))->unsealed == 0);
    want(Answers{laptops.one}.record(audit, "/f/q1", "the northern one"));
    want(laptops.one.journal().seal_finished());
    CHECK(want(Audits{laptops.one}.get(audit))->unsealed == 1);  // a correction stays until its end
    CHECK_FALSE(want(laptops.one.journal().verify_folds()));
}

TEST_CASE("any order, any number of times, gives the same tables", "[journal]") {
    const test::TemporaryFolder folder;
    Laptops laptops{folder.path()};
    Notebook third = test::new_notebook(folder.path() / "third", 3, laptops.clock);
    test::admit(laptops.one, third);
    want(third.database().run("DELETE FROM pending"));  // says nothing of its own
    busy_week(laptops);
    test::hand_over(laptops.one, laptops.two);
    test::hand_over(laptops.two, laptops.one);
    const std::string wanted = want(laptops.one.journal().fold_digest());
    CHECK(want(laptops.two.journal().fold_digest()) == wanted);

    const auto seed = GENERATE(range(1u, 13u));
    std::mt19937 shuffle{seed};
    std::vector<std::string> offered = log_of(laptops.one);
    const std::vector<std::string> again = offered;
    offered.insert(offered.end(), again.begin(), again.end());
    std::ranges::shuffle(offered, shuffle);
    for (const std::string& bytes : offered) {
        const Receipt receipt = want(third.journal().receive(bytes));
        CHECK(receipt.reception != Reception::quarantined);
    }
    CHECK(want(third.journal().fold_digest()) == wanted);
    CHECK(want(third.journal().vector()) == want(laptops.one.journal().vector()));
    CHECK_FALSE(want(third.journal().verify()));
}

TEST_CASE("a rebuild gives the same bytes, pending changes included", "[journal]") {
    const test::TemporaryFolder folder;
    Laptops laptops{folder.path()};
    const AuditId audit = busy_week(laptops);
    test::hand_over(laptops.two, laptops.one);
    want(Reviews{laptops.one}.comment(audit, "", "Not sealed yet."));
    const std::string before = want(laptops.one.journal().fold_digest());
    want(laptops.one.journal().rebuild());
    CHECK(want(laptops.one.journal().fold_digest()) == before);
    want(laptops.one.database().run("DELETE FROM audit"));
    want(laptops.one.database().run("UPDATE comment SET text = ''"));
    CHECK(want(laptops.one.journal().fold_digest()) != before);
    want(laptops.one.journal().rebuild());
    CHECK(want(laptops.one.journal().fold_digest()) == before);
}

TEST_CASE("two edits that know nothing of each other are both kept until a person decides",
          "[journal]") {
    const test::TemporaryFolder folder;
    Laptops laptops{folder.path()};
    const AuditId audit = busy_week(laptops);
    test::hand_over(laptops.two, laptops.one);
    test::hand_over(laptops.one, laptops.two);
    const auto beside = want(Answers{laptops.one}.conflicts(audit));
    REQUIRE(beside.size() == 2);
    CHECK(beside[0].value == "by two");  // the later one is the default
    CHECK(beside[1].value == "by one");
    CHECK(want(Audits{laptops.one}.get(audit))->conflicts == 1);
    CHECK(test::answer_at(laptops.one, audit, "/f/q1") == "by two");

    want(Answers{laptops.one}.decide(audit, "/f/q1", "by one"));
    CHECK(want(Answers{laptops.one}.conflicts(audit)).empty());
    want(laptops.one.journal().seal_all());
    test::hand_over(laptops.one, laptops.two);
    CHECK(want(Answers{laptops.two}.conflicts(audit)).empty());
    CHECK(test::answer_at(laptops.two, audit, "/f/q1") == "by one");
    CHECK(want(Audits{laptops.two}.get(audit))->conflicts == 0);
    CHECK(want(Answers{laptops.two}.history(audit)).size() == 9);
}

TEST_CASE("the same value given twice is no conflict", "[journal]") {
    const test::TemporaryFolder folder;
    Laptops laptops{folder.path()};
    const AuditId audit = test::draft_with_answers(laptops.one, 1);
    want(laptops.one.journal().seal_all());
    test::hand_over(laptops.one, laptops.two);
    want(Answers{laptops.one}.record(audit, "/f/q1", "yes"));
    want(Answers{laptops.two}.record(audit, "/f/q1", "yes"));
    want(laptops.one.journal().seal_all());
    want(laptops.two.journal().seal_all());
    test::hand_over(laptops.two, laptops.one);
    CHECK(want(Audits{laptops.one}.get(audit))->conflicts == 0);
    CHECK(want(Answers{laptops.one}.conflicts(audit)).empty());
}

TEST_CASE("a changed byte is found, wherever it is, and nothing is applied", "[journal]") {
    const test::TemporaryFolder folder;
    Laptops laptops{folder.path()};
    test::draft_with_answers(laptops.one, 20);
    want(laptops.one.journal().seal_all());
    std::string bytes = log_of(laptops.one).at(0);
    const std::string before = want(laptops.two.journal().fold_digest());
    const std::size_t at = GENERATE_COPY(
        values<std::size_t>({0, 63, 64, 66, 110, 150, 200, bytes.size() / 2, bytes.size() - 1}));
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    const Receipt receipt = want(laptops.two.journal().receive(bytes));
    CHECK(receipt.reception == Reception::quarantined);
    CHECK(want(laptops.two.journal().fold_digest()) == before);
    CHECK(want(laptops.two.journal().quarantine()).size() == 1);
}

TEST_CASE("what is refused is kept with its reason", "[journal]") {
    const test::TemporaryFolder folder;
    Laptops laptops{folder.path()};
    want(laptops.one.journal().seal_all());
    want(laptops.two.journal().seal_all());
    const auto refused = [&](const std::string& bytes) {
        const Receipt receipt = want(laptops.two.journal().receive(bytes));
        CHECK(receipt.reception == Reception::quarantined);
        return receipt.fault;
    };
    SECTION("bytes that are no changeset") {
        CHECK(refused("garbage") == Fault::damaged);
    }
    SECTION("half of one") {
        const std::string bytes = log_of(laptops.one).at(0);
        CHECK(refused(bytes.substr(0, bytes.size() / 2)) == Fault::damaged);
    }
    SECTION("one of another team") {
        Notebook stranger = test::new_notebook(folder.path() / "stranger", 7);
        want(stranger.journal().seal_all());
        CHECK(refused(log_of(stranger).at(0)) == Fault::other_team);
    }
    SECTION("one stamped in the far future") {
        *laptops.clock.now += Millis{30} * 24 * 3600 * 1000;
        test::draft_with_answers(laptops.one, 1);
        want(laptops.one.journal().seal_all());
        *laptops.clock.now -= Millis{30} * 24 * 3600 * 1000;
        CHECK(want(laptops.two.journal().receive(log_of(laptops.one).at(0))).reception ==
              Reception::applied);
        CHECK(refused(log_of(laptops.one).at(1)) == Fault::ahead);
        want(laptops.two.journal().seal_finished());
        CHECK(want(laptops.two.journal().quarantine()).size() == 1);
        *laptops.clock.now += Millis{30} * 24 * 3600 * 1000;  // the clock is put right
        SECTION("and offered again") {
            CHECK(want(laptops.two.journal().receive(log_of(laptops.one).at(1))).reception ==
                  Reception::applied);
        }
        SECTION("and by nobody offered again") {
            want(laptops.two.journal().seal_finished());
            const VersionVector held = want(laptops.two.journal().vector());
            for (const auto& [chain, end] : want(laptops.one.journal().vector()))
                CHECK(held.at(chain) == end);
        }
        CHECK(want(laptops.two.journal().quarantine()).empty());
    }
}

TEST_CASE("a cloned laptop shows as a fork; both branches are kept", "[journal]") {
    const test::TemporaryFolder folder;
    Laptops laptops{folder.path()};
    want(laptops.one.journal().seal_all());
    want(laptops.two.journal().seal_all());
    { const Notebook closed = std::move(laptops.one); }
    std::filesystem::copy(folder.path() / "one", folder.path() / "clone",
                          std::filesystem::copy_options::recursive);
    Notebook original = test::open_as(folder.path() / "one", "amina", 11, laptops.clock);
    Notebook clone = test::open_as(folder.path() / "clone", "amina", 12, laptops.clock);
    test::draft_with_answers(original, 1);
    test::draft_with_answers(clone, 2);
    want(original.journal().seal_all());
    want(clone.journal().seal_all());
    test::hand_over(original, laptops.two);
    const Receipt receipt = want(laptops.two.journal().receive(log_of(clone).at(1)));
    CHECK(receipt.fault == Fault::fork);
    CHECK(receipt.chain.device == original.device());
    CHECK(want(laptops.two.journal().quarantine()).size() == 1);  // whichever gave way
    CHECK_FALSE(want(laptops.two.journal().verify()));
}

TEST_CASE("a break in a chain is named", "[journal]") {
    const test::TemporaryFolder folder;
    Laptops laptops{folder.path()};
    for (int i = 0; i < 4; ++i) {
        test::draft_with_answers(laptops.one, 2);
        want(laptops.one.journal().seal_all());
    }
    REQUIRE_FALSE(want(laptops.one.journal().verify()));
    auto& db = laptops.one.database();
    const auto expect = [&](std::int64_t number, Fault fault) {
        const auto broken = want(laptops.one.journal().verify());
        REQUIRE(broken);
        CHECK(broken->chain.device == laptops.one.device());
        CHECK(broken->number == number);
        CHECK(broken->fault == fault);
    };
    SECTION("an entry edited") {
        const std::string bytes = log_of(laptops.one).at(1);
        std::string edited = bytes;
        edited.back() = static_cast<char>(edited.back() ^ 1);
        want(db.run("UPDATE changeset SET bytes = ? WHERE number = 2", sqlite::Blob{edited}));
        expect(2, Fault::damaged);
    }
    SECTION("an entry dropped in the middle") {
        want(db.run("DELETE FROM changeset WHERE number = 2"));
        expect(2, Fault::missing);
    }
    SECTION("the last entry dropped") {
        want(db.run("DELETE FROM changeset WHERE number = 4"));
        expect(4, Fault::missing);
    }
    SECTION("two entries exchanged") {
        want(db.run("UPDATE changeset SET number = 9 WHERE number = 2"));
        want(db.run("UPDATE changeset SET number = 2 WHERE number = 3"));
        want(db.run("UPDATE changeset SET number = 3 WHERE number = 9"));
        expect(2, Fault::broken_link);
    }
}

TEST_CASE("a batch is limited in bytes and continues where the receiver stands", "[journal]") {
    const test::TemporaryFolder folder;
    Laptops laptops{folder.path()};
    for (int i = 0; i < 6; ++i) {
        test::draft_with_answers(laptops.one, 2);
        want(laptops.one.journal().seal_all());
    }
    int rounds = 0;
    while (true) {
        const auto batch =
            want(laptops.one.journal().missing(want(laptops.two.journal().vector()), 1));
        if (batch.empty()) break;
        CHECK(batch.size() == 1);
        want(laptops.two.journal().receive(batch[0].bytes));
        ++rounds;
    }
    CHECK(rounds == 7);  // one of them about people and devices
}

TEST_CASE("what different devices may hold is sealed in lanes of its own", "[journal]") {
    const test::TemporaryFolder folder;
    Laptops laptops{folder.path()};
    const AuditId audit = test::draft_with_answers(laptops.one, 2);
    want(Registers{laptops.one}.put("finding", "f1", R"({"text":"no night shift"})"));
    want(laptops.one.journal().seal_all());
    test::hand_over(laptops.one, laptops.two);
    want(Reviews{laptops.two}.comment(audit, "", "please look again"));
    want(laptops.two.journal().seal_all());

    const LaneId home = lane_of_home(laptops.one.device());
    const VersionVector held = want(laptops.two.journal().vector());
    CHECK(held.contains({laptops.one.device(), kCommonLane}));
    CHECK(held.contains({laptops.one.device(), kSupervisorsLane}));
    CHECK(held.contains({laptops.one.device(), home}));
    CHECK(held.contains({laptops.two.device(), home}));
    CHECK_FALSE(held.contains({laptops.two.device(), lane_of_home(laptops.two.device())}));
}

TEST_CASE("stamps never run against what was seen, even with a clock years behind", "[journal]") {
    const test::TemporaryFolder folder;
    Laptops laptops{folder.path()};
    const AuditId audit = test::draft_with_answers(laptops.one, 1);
    want(laptops.one.journal().seal_all());
    test::hand_over(laptops.one, laptops.two);
    *laptops.clock.now -= Millis{12} * 3600 * 1000;
    want(Answers{laptops.two}.record(audit, "/f/q1", "later, by a slow clock"));
    const auto history = want(Answers{laptops.two}.history(audit));
    REQUIRE(history.size() == 2);
    CHECK(history[0].version < history[1].version);
    CHECK(history[1].value == "later, by a slow clock");
}

TEST_CASE("joining a team takes along what was recorded, until it was shared", "[journal]") {
    const test::TemporaryFolder folder;
    test::TestClock clock;
    Notebook one = test::new_notebook(folder.path() / "one", 1, clock);
    Notebook two = test::new_notebook(folder.path() / "two", 2, clock);
    const AuditId audit = test::draft_with_answers(two, 4);
    want(Audits{two}.finalize(audit));
    test::admit(one, two);
    CHECK(two.team() == one.team());
    CHECK(want(Answers{two}.load(audit)).size() == 4);
    want(two.journal().seal_all());
    test::hand_over(two, one);
    CHECK(want(Answers{one}.load(audit)).size() == 4);
    CHECK(want(Audits{one}.get(audit))->state == AuditState::finalized);
    CHECK_FALSE(want(two.journal().verify()));
    Notebook other = test::new_notebook(folder.path() / "other", 3, clock);
    const auto certificate =
        want(other.admit({one.device_key().public_key(), "laptop", Role::officer}));
    CHECK(code_of(one.join(other.team(), "Another", certificate)) == ErrorCode::refused);
}

TEST_CASE("the outbox knows what an endpoint has not acknowledged", "[journal]") {
    const test::TemporaryFolder folder;
    Notebook notebook = test::new_notebook(folder.path() / "n");
    Outbox outbox{notebook, "https://endpoint.example"};
    const AuditId audit = test::draft_with_answers(notebook, 3);
    CHECK(want(outbox.delivery(audit)) == Delivery::unsealed);
    test::finalize_and_seal(notebook, audit);
    CHECK(want(outbox.delivery(audit)) == Delivery::waiting);
    CHECK(want(outbox.waiting()).changesets == 2);  // the laptop and its membership go along
    CHECK(want(outbox.waiting()).unsealed == 1);    // the founder
    want(outbox.acknowledge(want(notebook.journal().vector())));
    want(outbox.acknowledge(
        {{{notebook.device(), kCommonLane}, {0, 0}}}));  // an old one takes nothing back
    CHECK(want(outbox.delivery(audit)) == Delivery::acknowledged);
    CHECK(want(outbox.waiting()).changesets == 0);
}

}  // namespace bordereau::storage
