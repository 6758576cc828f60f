#include "storage/journal/membership.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "storage/backup.h"
#include "storage/journal/fold.h"
#include "storage/migrate.h"
#include "storage/outbox.h"
#include "storage/registers.h"
#include "tests/support/notebooks.h"

namespace bordereau::storage {
namespace {

using test::code_of;
using test::log_of;
using test::want;

std::vector<std::string> log_of(Notebook& notebook, const DeviceId& device) {
    std::vector<std::string> bytes = test::log_of(notebook);
    std::erase_if(bytes,
                  [&](const auto& one) { return want(read_head(one)).chain.device != device; });
    return bytes;
}

sqlite::Database fresh_database(const std::filesystem::path& file) {
    auto db = want(sqlite::Database::open(file, crypto::new_key(seeded_entropy(77))));
    want(migrate(db));
    return db;
}

// A log that says nothing itself: what any device comes to that hears the same.
class Observer {
public:
    Observer(const std::filesystem::path& folder, TeamId team)
        : db_(fresh_database(folder / "observer.db")), team_(std::move(team)) {}
    void forget() {
        want(
            db_.run_script("DELETE FROM changeset; DELETE FROM chain; DELETE FROM waiting;"
                           "DELETE FROM quarantine; DELETE FROM folded"));
        want(clear_folds(db_));
    }
    Receipt hear(const std::string& bytes) {
        return want(log_.receive(team_, std::span{&bytes, 1}, kLate)).front();
    }
    /// With Folding::later half of what it hears is folded meanwhile, the rest in the end.
    std::string digest_after(const std::vector<std::string>& all,
                             Folding folding = Folding::at_once) {
        forget();
        Log log{db_, folding};
        for (std::size_t i = 0; i < all.size(); ++i) {
            want(log.receive(team_, std::span{&all[i], 1}, kLate));
            if (folding == Folding::later && i % 2 == 1) want(log.fold_more(1));
        }
        if (folding == Folding::later) want(log.fold_rest());
        return want(log.fold_digest());
    }
    std::vector<Quarantined> quarantine() { return want(log_.quarantine(team_)); }
    Log& log() { return log_; }
    sqlite::Database& database() { return db_; }

private:
    static constexpr Millis kLate = 1'773'000'000'000;
    sqlite::Database db_;
    Log log_{db_};
    TeamId team_;
};

// The founder's laptop and another that it admits.
struct Team {
    explicit Team(Role role) {
        test::admit(founder, other, role);
        want(founder.journal().seal_all());
        want(other.journal().seal_all());
    }
    AuditId finalized(Notebook& notebook) {
        const AuditId audit = test::draft_with_answers(notebook, 2);
        test::finalize_and_seal(notebook, audit);
        return audit;
    }
    // Changesets that the other laptop's own program would not make.
    std::vector<std::string> made_by_other(const LaneId& lane, std::vector<Change> changes) {
        Observer past{folder.path() / "one", founder.team()};
        for (const std::string& bytes : log_of(other, other.device())) past.hear(bytes);
        for (const std::string& bytes : log_of(founder, other.device())) past.hear(bytes);
        const VersionVector before = want(past.log().vector(founder.team()));
        auto open = want(sqlite::Transaction::begin(past.database()));
        want(past.log().seal(open, founder.team(), lane, other.device_key(), std::move(changes)));
        want(std::move(open).commit());
        std::vector<std::string> made;
        for (auto& one : want(past.log().missing(founder.team(), before, std::size_t{1} << 30)))
            made.push_back(std::move(one.bytes));
        return made;
    }
    Change by_other(std::string subject, Action action) {
        return {{Stamp::at(clock.clock().now()), other.device()},
                other.person().id,
                std::move(subject),
                std::move(action)};
    }

    test::TemporaryFolder folder;
    test::TestClock clock;
    Notebook founder = test::new_notebook(folder.path() / "one", 1, clock);
    Notebook other = test::new_notebook(folder.path() / "two", 2, clock);
};

std::vector<std::string> joined(std::vector<std::string> first,
                                const std::vector<std::string>& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

// Every order gives the digest that the first one gave, whether all is folded at once or some of it
// later; how many orders there were.
int check_all_orders(Observer& observer, std::vector<std::string> all,
                     std::size_t quarantined = 0) {
    std::ranges::sort(all);
    int orders = 0;
    const std::string wanted = observer.digest_after(all);
    do {
        ++orders;
        const Folding folding = orders % 2 == 0 ? Folding::at_once : Folding::later;
        if (observer.digest_after(all, folding) != wanted) FAIL("order " << orders << " differs");
        if (observer.quarantine().size() != quarantined)
            FAIL("order " << orders << ": " << observer.quarantine().size() << " in quarantine");
    } while (std::ranges::next_permutation(all).found);
    CHECK_FALSE(want(observer.log().verify()));
    want(observer.log().rebuild(Log::nothing_more));
    CHECK(want(observer.log().fold_digest()) == wanted);
    return orders;
}

// As check_all_orders(), for too many to try all: from every beginning, forwards and backwards.
void check_turned_orders(Observer& observer, std::vector<std::string> all) {
    const std::string wanted = observer.digest_after(all);
    for (int direction = 0; direction < 2; ++direction) {
        for (std::size_t i = 0; i < all.size(); ++i) {
            std::ranges::rotate(all, all.begin() + 1);
            CHECK(observer.digest_after(all, i % 2 == 0 ? Folding::later : Folding::at_once) ==
                  wanted);
            CHECK(observer.quarantine().empty());
        }
        std::ranges::reverse(all);
    }
}

Membership some_membership(const crypto::SigningKey& team_key) {
    const auto device = crypto::SigningKey::generate(seeded_entropy(2));
    Membership membership{crypto::team_id(team_key.public_key()), device.public_key(),
                          "Noor's laptop", Role::supervisor, 3};
    membership.issued_at = 1000;
    membership.valid_from = 2000;
    membership.valid_until = 3000;
    membership.homes = {{std::string(32, 'a')}, {std::string(32, 'b')}};
    membership.revoked = true;
    membership.reason = "Lost on the ferry";
    membership.counts_to = {{kCommonLane, 2}, {{"supervisors"}, 7}};
    return membership;
}

}  // namespace

TEST_CASE("a certificate says what the team's key certified, to whoever has it", "[membership]") {
    const auto key = crypto::SigningKey::generate(seeded_entropy(1));
    const Membership membership = some_membership(key);
    const std::string certificate = certify(membership, key);
    CHECK(want(read_certificate(certificate)) == membership);
    CHECK(certify(membership, key) == certificate);
}

TEST_CASE("a certificate that was changed anywhere, cut or signed by another key is none",
          "[membership]") {
    const auto key = crypto::SigningKey::generate(seeded_entropy(1));
    const auto other = crypto::SigningKey::generate(seeded_entropy(3));
    const std::string certificate = certify(some_membership(key), key);
    for (std::size_t i = 0; i < certificate.size(); ++i) {
        std::string changed = certificate;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        const auto read = read_certificate(changed);
        if (read) FAIL("byte " << i << " may be changed");
        if (read_certificate(certificate.substr(0, i))) FAIL("cut after " << i);
    }
    const std::string body = certificate.substr(0, certificate.size() - crypto::kSignatureSize);
    CHECK(code_of(read_certificate(body + other.sign("bordereau membership" + body))) ==
          ErrorCode::corrupt);
    CHECK(code_of(read_certificate(body + key.sign(body))) == ErrorCode::corrupt);
    CHECK(code_of(read_certificate(std::string(kMaxCertificateBytes + 1, 'x'))) ==
          ErrorCode::corrupt);
    // Another key can only ever speak for another team.
    CHECK(want(read_certificate(certify(some_membership(other), other))).team !=
          crypto::team_id(key.public_key()));
}

TEST_CASE("another team's certificate lets nobody in", "[membership]") {
    const test::TemporaryFolder folder;
    Notebook one = test::new_notebook(folder.path() / "one", 1);
    Notebook other = test::new_notebook(folder.path() / "two", 2);
    Notebook stranger = test::new_notebook(folder.path() / "three", 3);
    const std::string foreign =
        want(other.admit({stranger.device_key().public_key(), "laptop", Role::administrator}));
    CHECK(code_of(one.journal().set_member(foreign)) == ErrorCode::invalid);
    CHECK(code_of(stranger.join(one.team(), "North", foreign)) == ErrorCode::invalid);
    const std::string about_another =
        want(one.admit({other.device_key().public_key(), "laptop", Role::officer}));
    CHECK(code_of(stranger.join(one.team(), "North", about_another)) == ErrorCode::invalid);
}

TEST_CASE("what arrives before its device's certificate waits, and counts in any order",
          "[membership]") {
    Team team{Role::officer};
    team.finalized(team.other);
    team.finalized(team.other);
    want(team.other.journal().seal_all());
    const auto ours = log_of(team.founder), theirs = log_of(team.other, team.other.device());
    REQUIRE(ours.size() == 1);
    REQUIRE(theirs.size() == 3);
    Observer observer{team.folder.path(), team.founder.team()};
    const auto own_audit = std::ranges::find_if(theirs, [](const std::string& bytes) {
        return want(read_head(bytes)).chain.lane != kCommonLane;
    });
    CHECK(observer.hear(*own_audit).reception == Reception::waiting);
    CHECK(check_all_orders(observer, joined(ours, theirs)) == 24);

    test::hand_over(team.other, team.founder);
    test::hand_over(team.founder, team.other);
    CHECK(want(team.founder.journal().fold_digest()) == want(observer.log().fold_digest()));
    CHECK(want(team.other.journal().fold_digest()) == want(observer.log().fold_digest()));
    want(team.founder.journal().rebuild());
    CHECK(want(team.founder.journal().fold_digest()) == want(observer.log().fold_digest()));
}

TEST_CASE("of a revoked device earlier work counts and later work lies in quarantine, in any order",
          "[membership]") {
    Team team{Role::officer};
    const AuditId early = team.finalized(team.other);
    want(team.other.journal().seal_all());
    test::hand_over(team.other, team.founder);
    want(team.founder.revoke(team.other.device(), "Lost"));
    want(team.founder.journal().seal_all());
    const AuditId late = team.finalized(team.other);
    Observer observer{team.folder.path(), team.founder.team()};
    const auto all = joined(log_of(team.founder, team.founder.device()),
                            log_of(team.other, team.other.device()));
    REQUIRE(all.size() == 5);
    CHECK(check_all_orders(observer, all, 1) == 120);
    CHECK(observer.quarantine().front().fault == Fault::revoked);

    test::hand_over(team.other, team.founder);
    test::hand_over(team.founder, team.other);
    CHECK(want(team.founder.journal().fold_digest()) == want(observer.log().fold_digest()));
    CHECK(want(Answers{team.founder}.load(early)).size() == 2);
    CHECK_FALSE(want(Audits{team.founder}.get(late)));
    CHECK_FALSE(want(team.founder.journal().verify()));
    CHECK(want(team.founder.journal().quarantine()).front().fault == Fault::revoked);
}

TEST_CASE("on a revoked laptop its own people keep what they recorded, and their way in",
          "[membership]") {
    Team team{Role::officer};
    const bool travelled = GENERATE(true, false);
    const AuditId audit = team.finalized(team.other);
    want(team.other.journal().seal_all());
    if (travelled) test::hand_over(team.other, team.founder);
    want(team.founder.revoke(team.other.device(), "Lost"));
    want(team.founder.journal().seal_all());
    const AuditId late = team.finalized(team.other);
    const VersionVector before = want(team.other.journal().vector());
    test::hand_over(team.founder, team.other);

    CHECK(want(team.other.journal().own_admission()).latest(team.other.device())->revoked);
    const VersionVector after = want(team.other.journal().vector());
    for (const auto& [chain, end] : before) CHECK(after.at(chain) == end);
    for (const AuditId& one : {audit, late}) CHECK(want(Answers{team.other}.load(one)).size() == 2);
    CHECK(want(team.other.connect()).person().login == "amina");
    CHECK_FALSE(want(team.other.journal().verify()));
    CHECK_FALSE(want(team.other.journal().verify_folds()));

    SECTION("and taken back, it goes on with the same chain, which counts again") {
        want(team.founder.admit({team.other.device_key().public_key(), "laptop", Role::officer}));
        want(team.founder.journal().seal_all());
        test::hand_over(team.founder, team.other);
        const AuditId later = team.finalized(team.other);
        test::hand_over(team.other, team.founder);
        for (const AuditId& one : {audit, late, later})
            CHECK(want(Answers{team.founder}.load(one)).size() == 2);
        CHECK_FALSE(want(team.founder.journal().verify()));
    }
}

TEST_CASE("what is beyond a laptop's role stays on it, whole, and travels nowhere",
          "[membership]") {
    Team team{Role::officer};
    want(Registers{team.other}.put("unit", "north", "{}"));
    want(team.other.journal().seal_all());
    CHECK(want(Registers{team.other}.get("unit", "north")));
    CHECK(want(team.other.journal().pending_count()) == 1);
    CHECK(want(team.other.journal().travel_count()) == 0);
    CHECK_FALSE(want(team.other.journal().verify_folds()));
    for (const auto& [chain, end] : want(team.other.journal().vector()))
        CHECK(chain.lane != kSupervisorsLane);
    want(team.other.journal().rebuild());
    CHECK(want(Registers{team.other}.get("unit", "north")));
}

TEST_CASE("a role counts from the time it was given, whoever hears of it first", "[membership]") {
    Team team{Role::supervisor};
    const AuditId first = team.finalized(team.founder), second = team.finalized(team.founder);
    const LaneId lane = lane_of_home(team.founder.device());
    want(team.other.journal().seal_all());
    const Action approved = AuditStateSet{AuditState::approved, ""};
    auto theirs = team.made_by_other(lane, {team.by_other(first.text, approved)});
    want(team.founder.admit({team.other.device_key().public_key(), "laptop", Role::officer}));
    want(team.founder.journal().seal_all());
    theirs = joined(theirs, team.made_by_other(lane, {team.by_other(second.text, approved)}));
    REQUIRE(theirs.size() == 2);

    Observer observer{team.folder.path(), team.founder.team()};
    const auto state_of = [&observer](const AuditId& audit) {
        auto row = observer.database().query("SELECT state FROM audit WHERE id = ?", audit.text);
        REQUIRE(row.next());
        return static_cast<AuditState>(row.number(0));
    };
    check_turned_orders(observer, joined(log_of(team.founder), theirs));
    CHECK(state_of(first) == AuditState::approved);
    CHECK(state_of(second) == AuditState::finalized);

    SECTION("raised again it may approve again") {
        want(
            team.founder.admit({team.other.device_key().public_key(), "laptop", Role::supervisor}));
        want(team.founder.journal().seal_all());
        theirs = joined(theirs, team.made_by_other(lane, {team.by_other(second.text, approved)}));
        check_turned_orders(observer, joined(log_of(team.founder), theirs));
        CHECK(state_of(second) == AuditState::approved);
    }
}

TEST_CASE("what is beyond an officer's laptop is refused there and does not count elsewhere",
          "[membership]") {
    Team team{Role::officer};
    const AuditId audit = team.finalized(team.other);
    want(team.other.journal().seal_all());
    const DeviceId home = team.other.device();
    const auto rogue = crypto::SigningKey::generate(seeded_entropy(9));
    const auto [what, subject, action, lane] =
        GENERATE_COPY(table<const char*, std::string, Action, LaneId>(
            {{"an approval", audit.text, AuditStateSet{AuditState::approved, ""},
              lane_of_home(home)},
             {"a rejection", audit.text, AuditStateSet{AuditState::rejected, "No"},
              lane_of_home(home)},
             {"a verdict", audit.text, EvidenceJudged{"/f/e[k]", Verdict::accepted, ""},
              lane_of_home(home)},
             {"an administrator", std::string(32, 'e'), PersonSet{"eve", Role::administrator, true},
              kCommonLane},
             {"a register's row", "N1", RegisterRowSet{"unit", "N1", "{}"}, kSupervisorsLane}}));
    INFO(what);
    if (lane != kSupervisorsLane)  // finalizing an audit may record rows: they stay here
        CHECK(code_of(team.other.journal().record(subject, action)) == ErrorCode::refused);

    const auto honest = joined(log_of(team.founder), log_of(team.other, home));
    const auto forged = team.made_by_other(lane, {team.by_other(subject, action)});
    REQUIRE(forged.size() == 1);
    Observer observer{team.folder.path(), team.founder.team()};
    const std::string wanted = observer.digest_after(honest);
    CHECK(observer.digest_after(joined(honest, forged)) == wanted);
    CHECK(observer.digest_after(joined(forged, honest)) == wanted);
}

TEST_CASE("two laptops without any endpoint admit, exchange and verify each other; a third too",
          "[membership]") {
    Team team{Role::supervisor};
    Notebook third = test::new_notebook(team.folder.path() / "three", 3, team.clock);
    test::admit(team.founder, third, Role::officer);
    const AuditId audit = team.finalized(third);
    want(third.journal().seal_all());
    want(team.other.journal().seal_all());
    test::hand_over(team.founder, team.other);
    // These two have never met, and the founder is away.
    for (const Receipt& receipt : test::hand_over(third, team.other))
        CHECK(receipt.reception == Reception::applied);
    CHECK(want(Answers{team.other}.load(audit)).size() == 2);
    CHECK_FALSE(want(team.other.journal().verify()));
    CHECK(want(team.other.journal().admission()).latest(third.device())->role == Role::officer);
    CHECK(code_of(third.admit({team.other.device_key().public_key(), "x", Role::administrator})) ==
          ErrorCode::refused);
    CHECK(code_of(third.revoke(team.other.device(), "Lost")) == ErrorCode::refused);
    CHECK(want(third.connect()).person().role == Role::officer);
}

TEST_CASE("parted chains come to the same on every other device, and stay whole on their own",
          "[membership]") {
    Team team{Role::supervisor};
    want(team.other.journal().seal_all());
    { const Notebook closed = std::move(team.other); }
    std::filesystem::copy(team.folder.path() / "two", team.folder.path() / "clone",
                          std::filesystem::copy_options::recursive);
    Notebook original = test::open_as(team.folder.path() / "two", "amina", 11, team.clock);
    Notebook clone = test::open_as(team.folder.path() / "clone", "amina", 12, team.clock);
    for (Notebook* notebook : {&original, &clone})
        for (int i = 0; i < 2; ++i) {
            test::draft_with_answers(*notebook, i + 1);
            want(notebook->journal().seal_all());
        }
    auto all = joined(log_of(original), log_of(clone));
    std::ranges::sort(all);
    const auto repeated = std::ranges::unique(all);
    all.erase(repeated.begin(), repeated.end());
    REQUIRE(all.size() == 5);
    Observer observer{team.folder.path(), team.founder.team()};
    CHECK(check_all_orders(observer, all, 2) == 120);

    for (const auto& [own, copy] : {std::pair{&original, &clone}, std::pair{&clone, &original}}) {
        const std::string before = want(own->journal().fold_digest());
        const VersionVector held = want(own->journal().vector());
        want(own->journal().receive(log_of(*copy)));
        CHECK(want(own->journal().fold_digest()) == before);
        CHECK(want(own->journal().vector()) == held);
        REQUIRE_FALSE(want(own->journal().quarantine()).empty());
        CHECK(want(own->journal().quarantine()).front().fault == Fault::fork);
        CHECK(want(own->journal().quarantine()).front().chain.device == own->device());
    }
}

TEST_CASE("a copied laptop whose copy came further at the endpoint is not called damaged",
          "[membership][verify]") {
    Team team{Role::supervisor};
    { const Notebook closed = std::move(team.other); }
    std::filesystem::copy(team.folder.path() / "two", team.folder.path() / "clone",
                          std::filesystem::copy_options::recursive);
    Notebook original = test::open_as(team.folder.path() / "two", "amina", 11, team.clock);
    Notebook clone = test::open_as(team.folder.path() / "clone", "amina", 12, team.clock);
    team.finalized(original);
    for (int i = 0; i < 3; ++i) team.finalized(clone);
    want(Outbox{original, "endpoint"}.acknowledge(want(clone.journal().vector())));
    const auto before = want(original.journal().verify());
    REQUIRE(before);  // what was acknowledged and is not here would be lost
    CHECK(before->fault == Fault::missing);
    want(original.journal().receive(log_of(clone)));
    const auto aside = want(original.journal().quarantine());
    REQUIRE(std::ranges::find(aside, Fault::fork, &Quarantined::fault) != aside.end());
    CHECK_FALSE(want(original.journal().verify()));
}

TEST_CASE("who works on a restored laptop stays known there when the lost one is revoked",
          "[membership][backup]") {
    Team team{Role::supervisor};
    const auto file = team.folder.path() / "stick.bordereau";
    const auto go_on = [](std::int64_t, std::int64_t) { return true; };
    want(team.other.back_up(file, go_on));
    want(Notebook::restore(file, team.folder.path() / "spare", "amina", test::kPassphrase,
                           "spare laptop", test::surroundings(21, team.clock), go_on));
    Notebook spare = test::open_as(team.folder.path() / "spare", "amina", 22, team.clock);
    // Nobody has heard what the lost laptop said of its people: it counts for nothing from now on.
    want(team.founder.admit({spare.device_key().public_key(), "spare laptop", Role::supervisor}));
    want(team.founder.revoke(team.other.device(), "Lost"));
    want(team.founder.journal().seal_all());
    test::hand_over(team.founder, spare);

    CHECK(want(spare.connect()).person().login == "amina");
    CHECK(want(spare.connect()).person().role == Role::supervisor);
    { const Notebook closed = std::move(spare); }
    const Notebook again = test::open_as(team.folder.path() / "spare", "amina", 23, team.clock);
    CHECK(again.person().login == "amina");
}

}  // namespace bordereau::storage
