#include "sync/serve/service.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <optional>
#include <set>

#include "storage/changeset_store.h"
#include "storage/crypto/hash.h"
#include "storage/registers.h"
#include "sync/enrol.h"
#include "tests/support/notebooks.h"

namespace bordereau::sync {
namespace {

using test::want;

constexpr Millis kNow = 1'772'900'000'000;

/// Of a vector what one device sealed.
VersionVector sealed_by(const storage::Notebook& notebook, VersionVector vector) {
    std::erase_if(vector,
                  [&](const auto& entry) { return entry.first.device != notebook.device(); });
    return vector;
}

/// A store with one team, and a notebook that may become its member.
struct Scene {
    Scene() {
        audit = test::draft_with_answers(notebook, 4);
        want(storage::Audits{notebook}.finalize(audit));
    }

    void admit() {
        const auto admitted = want(store.admit(
            team, {notebook.device_key().public_key(), "Amina", storage::Role::officer, {}}));
        want(notebook.join(team, "Crossing North", admitted.certificate));
        want(notebook.journal().seal(audit));
    }
    VersionVector held() { return sealed_by(notebook, want(store.vector(team))); }
    std::vector<std::string> changesets() {
        std::vector<std::string> bytes;
        for (auto& one : want(notebook.journal().missing({}, std::size_t{1} << 30)))
            bytes.push_back(std::move(one.bytes));
        return bytes;
    }
    std::string offer(std::vector<std::string> bytes, Millis at = kNow) {
        return encode(ExchangeRequest{team, notebook.device(), Moment::at(at, entropy),
                                      Offer{want(notebook.journal().vector()), std::move(bytes),
                                            kBatchBytes}},
                      notebook.device_key());
    }
    Answer post(std::string_view path, std::string_view body) {
        return Service{store, fixed_clock(kNow)}.handle({"POST", path, body});
    }
    Reply reply_to(std::string_view request) {
        return want(
            decode_reply(post("/v1/exchange", request).body, request, store.key().public_key()));
    }
    Refusal refusal_of(std::string_view request) {
        return std::get<Refused>(reply_to(request)).reason;
    }

    test::TemporaryFolder folder;
    Entropy entropy = seeded_entropy(5);
    storage::ChangesetStore store =
        want(storage::ChangesetStore::open(folder.path() / "endpoint", fixed_clock(kNow), entropy));
    TeamId team = want(store.found_team("Crossing North"));
    storage::Notebook notebook = test::new_notebook(folder.path() / "notebook");
    AuditId audit;
};

}  // namespace

TEST_CASE("a member's changesets are held, and held once", "[sync][serve]") {
    Scene scene;
    scene.admit();
    const auto first = std::get<Holding>(scene.reply_to(scene.offer(scene.changesets())));
    CHECK(sealed_by(scene.notebook, first.vector) == want(scene.notebook.journal().vector()));
    CHECK(first.declined.empty());
    const auto again = std::get<Holding>(scene.reply_to(scene.offer(scene.changesets())));
    CHECK(again.vector == first.vector);
    CHECK(want(scene.store.answers(scene.audit)).size() == 4);
}

TEST_CASE(
    "a device that is not in the team is refused, and so is another's name under one's own "
    "signature",
    "[sync][serve]") {
    Scene scene;
    CHECK(scene.refusal_of(scene.offer(scene.changesets())) == Refusal::not_a_member);
    scene.admit();
    std::string forged = scene.offer(scene.changesets());
    forged.back() = static_cast<char>(forged.back() ^ 1);
    CHECK(scene.refusal_of(forged) == Refusal::not_a_member);
    want(scene.store.revoke(scene.team, scene.notebook.device()));
    CHECK(scene.refusal_of(scene.offer(scene.changesets())) == Refusal::not_a_member);
    CHECK(scene.held().empty());
}

TEST_CASE("a request of another day is refused with the endpoint's time", "[sync][serve]") {
    Scene scene;
    scene.admit();
    const Millis apart = GENERATE(-86'400'000, -700'000, 700'000, 86'400'000);
    const auto refused =
        std::get<Refused>(scene.reply_to(scene.offer(scene.changesets(), kNow + apart)));
    CHECK(refused.reason == Refusal::clock);
    CHECK(refused.now == kNow);
    CHECK(scene.held().empty());
}

TEST_CASE("damage inside one changeset declines that one and what builds on it", "[sync][serve]") {
    Scene scene;
    scene.admit();
    test::finalize_and_seal(scene.notebook, test::draft_with_answers(scene.notebook, 2));
    auto changesets = scene.changesets();
    std::erase_if(changesets, [](const std::string& bytes) {
        return want(storage::read_head(bytes)).chain.lane == storage::kCommonLane;
    });
    REQUIRE(changesets.size() == 2);
    changesets.front()[80] = static_cast<char>(changesets.front()[80] ^ 1);
    const auto holding = std::get<Holding>(scene.reply_to(scene.offer(changesets)));
    REQUIRE_FALSE(holding.declined.empty());
    CHECK(holding.declined.front().fault.has_value());
    CHECK(sealed_by(scene.notebook, holding.vector).empty());
    CHECK_FALSE(want(scene.store.quarantine(scene.team)).empty());

    SECTION("the whole ones are taken when they come") {
        const auto whole = std::get<Holding>(scene.reply_to(scene.offer(scene.changesets())));
        CHECK(sealed_by(scene.notebook, whole.vector) == want(scene.notebook.journal().vector()));
    }
}

TEST_CASE("changesets of another team are not taken into this one", "[sync][serve]") {
    Scene scene;
    scene.admit();
    storage::Notebook other = test::new_notebook(scene.folder.path() / "other", 9);
    test::draft_with_answers(other, 2);
    want(other.journal().seal_all());
    std::vector<std::string> foreign;
    for (auto& one : want(other.journal().missing({}, std::size_t{1} << 30)))
        foreign.push_back(std::move(one.bytes));
    const auto holding = std::get<Holding>(scene.reply_to(scene.offer(foreign)));
    CHECK(sealed_by(other, holding.vector).empty());
    CHECK(holding.declined.size() == foreign.size());
    CHECK(holding.declined.front().fault == storage::Fault::other_team);
}

TEST_CASE("what the store cannot do now is refused with its reason and a time to come back",
          "[sync][serve]") {
    Scene scene;
    scene.admit();
    const auto [code, reason, status, least, most] =
        GENERATE(table<ErrorCode, Refusal, int, int, int>(
            {{ErrorCode::busy, Refusal::busy, 503, 5, 5},
             {ErrorCode::full, Refusal::full, 507, 300, 300},
             {ErrorCode::offline, Refusal::unavailable, 503, 5, 15},
             {ErrorCode::io, Refusal::unavailable, 503, 300, 300},
             {ErrorCode::corrupt, Refusal::unavailable, 503, 300, 300}}));
    Running failing = alone_with(scene.store);
    failing.receive = [code = code](
                          const TeamId&, const DeviceId&,
                          std::span<const std::string>) -> Result<std::vector<storage::Receipt>> {
        return Error{code, "disk of the endpoint"};
    };
    const std::string request = scene.offer(scene.changesets());
    const Answer answer =
        Service{scene.store, fixed_clock(kNow), failing}.handle({"POST", "/v1/exchange", request});
    CHECK(answer.status == status);
    CHECK(answer.retry_after >= std::chrono::seconds{least});
    CHECK(answer.retry_after <= std::chrono::seconds{most});
    CHECK(answer.note.detail == "disk of the endpoint");
    CHECK(answer.body.find("disk") == std::string::npos);
    const Reply reply = want(decode_reply(answer.body, request, scene.store.key().public_key()));
    CHECK(std::get<Refused>(reply).reason == reason);
}

TEST_CASE("after a database was away not all laptops come back in the same second",
          "[sync][serve]") {
    Scene scene;
    scene.admit();
    Running failing = alone_with(scene.store);
    failing.receive = [](const TeamId&, const DeviceId&,
                         std::span<const std::string>) -> Result<std::vector<storage::Receipt>> {
        return Error{ErrorCode::offline, "the database does not answer"};
    };
    Service service{scene.store, fixed_clock(kNow), failing};
    std::set<std::int64_t> told;
    for (int i = 0; i < 100; ++i)
        told.insert(service.handle({"POST", "/v1/exchange", scene.offer(scene.changesets())})
                        .retry_after->count());
    CHECK(told.size() > 5);
}

TEST_CASE("only a device that proved who it is can be held back for asking too often",
          "[sync][serve]") {
    Scene scene;
    scene.admit();
    Running strict = alone_with(scene.store);
    int asked = 0;
    strict.held_back = [&asked](const DeviceId&) {
        ++asked;
        return std::optional{std::chrono::seconds{7}};
    };
    Service service{scene.store, fixed_clock(kNow), strict};
    std::string forged = scene.offer(scene.changesets());
    forged.back() = static_cast<char>(forged.back() ^ 1);
    CHECK(service.handle({"POST", "/v1/exchange", forged}).status == 403);
    CHECK(asked == 0);
    const Answer held = service.handle({"POST", "/v1/exchange", scene.offer(scene.changesets())});
    CHECK(held.status == 429);
    CHECK(held.retry_after == std::chrono::seconds{7});
    CHECK(scene.held().empty());
}

TEST_CASE("an invitation is redeemed by signature, and a wrong one refused", "[sync][serve]") {
    Scene scene;
    const std::string secret(kSecretSize, 's');
    want(scene.store.invite({scene.team, storage::Role::supervisor, storage::crypto::digest(secret),
                             kNow + 1'000'000}));
    const auto ask = [&](std::string with, const TeamId& team) {
        const std::string request =
            encode(EnrolRequest{team, scene.notebook.device_key().public_key(), std::move(with),
                                "Amina", Moment::at(kNow, scene.entropy)},
                   scene.notebook.device_key());
        return want(decode_enrol_reply(scene.post("/v1/enrol", request).body, request,
                                       scene.store.key().public_key()));
    };
    const auto admitted = std::get<Admitted>(ask(secret, scene.team));
    CHECK(admitted.role == storage::Role::supervisor);
    const auto membership = want(storage::read_certificate(admitted.certificate));
    CHECK(membership.team == scene.team);
    CHECK(membership.device() == scene.notebook.device());
    CHECK(membership.role == storage::Role::supervisor);
    CHECK(std::get<Refused>(ask(std::string(kSecretSize, 'x'), scene.team)).reason ==
          Refusal::invitation);
    CHECK(want(scene.store.member(scene.team, scene.notebook.device())).has_value());
}

TEST_CASE("anything else than a request is answered shortly, and never with a 200",
          "[sync][serve]") {
    Scene scene;
    const auto [method, path, body, status] =
        GENERATE(table<std::string, std::string, std::string, int>(
            {{"POST", "/v1/exchange", "", 400},
             {"POST", "/v1/exchange", std::string(300, '\xff'), 400},
             {"POST", "/v1/enrol", "{\"secret\": 1}", 400},
             {"GET", "/v1/exchange", "", 405},
             {"POST", "/health", "", 405},
             {"GET", "/", "", 404},
             {"POST", "/v1/exchange", std::string(kMaxMessageBytes + 1, 'x'), 413}}));
    const Answer answer = Service{scene.store, fixed_clock(kNow)}.handle({method, path, body});
    CHECK(answer.status == status);
    CHECK(answer.body.size() < 200);
    CHECK(Service{scene.store, fixed_clock(kNow)}.handle({"GET", "/health", ""}).status == 200);
}

namespace {

// Three laptops whose audits are held, and one that asks for what it may have.
struct Border {
    storage::Notebook laptop(const char* name, std::uint64_t seed) {
        return test::new_notebook(folder.path() / name, seed);
    }
    void admit(storage::Notebook& notebook, storage::Role role, std::vector<DeviceId> homes = {}) {
        const auto admitted =
            want(store.admit(team, {notebook.device_key().public_key(), "laptop", role, homes}));
        if (notebook.team() != team)
            want(notebook.join(team, "Crossing North", admitted.certificate));
    }
    void record(storage::Notebook& notebook) {
        test::draft_with_answers(notebook, 1);
        want(storage::Registers{notebook}.put("unit", notebook.device().text, "{}"));
        want(notebook.journal().seal_all());
        std::vector<std::string> bytes;
        for (auto& one : want(notebook.journal().missing({}, std::size_t{1} << 30)))
            bytes.push_back(std::move(one.bytes));
        want(store.receive(team, bytes));
    }
    Reply ask(const storage::Notebook& notebook) {
        const std::string request =
            encode(ExchangeRequest{team, notebook.device(), Moment::at(kNow, entropy),
                                   Offer{{}, {}, std::size_t{1} << 20}},
                   notebook.device_key());
        const Answer answer =
            Service{store, fixed_clock(kNow)}.handle({"POST", "/v1/exchange", request});
        return want(decode_reply(answer.body, request, store.key().public_key()));
    }

    test::TemporaryFolder folder;
    Entropy entropy = seeded_entropy(5);
    storage::ChangesetStore store =
        want(storage::ChangesetStore::open(folder.path() / "endpoint", fixed_clock(kNow), entropy));
    TeamId team = want(store.found_team("Crossing North"));
};

struct Covered {
    const char* who;
    std::optional<storage::Role> role;
    bool with_other_home, revoked;
    bool common, own, other, third, supervisors;
};

}  // namespace

TEST_CASE("a device is given the lanes that its membership covers, and no other", "[sync][serve]") {
    using storage::Role;
    const auto row = GENERATE(values<Covered>({
        {"an officer", Role::officer, false, false, true, true, false, false, false},
        {"an officer with a home", Role::officer, true, false, true, true, true, false, false},
        {"a supervisor", Role::supervisor, false, false, true, true, true, true, true},
        {"an administrator", Role::administrator, false, false, true, true, true, true, true},
        {"a stranger", std::nullopt, false, false, false, false, false, false, false},
        {"a revoked one", Role::supervisor, false, true, false, false, false, false, false},
    }));
    INFO(row.who);
    Border at;
    storage::Notebook asking = at.laptop("asking", 1), other = at.laptop("other", 2),
                      third = at.laptop("third", 3);
    at.admit(other, Role::supervisor);
    at.admit(third, Role::supervisor);
    at.admit(asking, Role::supervisor);  // so that it has something of its own
    for (storage::Notebook* notebook : {&asking, &other, &third}) at.record(*notebook);
    storage::Notebook stranger = at.laptop("stranger", 4);
    if (row.role)
        at.admit(asking, *row.role,
                 row.with_other_home ? std::vector{other.device()} : std::vector<DeviceId>{});
    if (row.revoked) want(at.store.revoke(at.team, asking.device()));

    const Reply reply = at.ask(row.role ? asking : stranger);
    std::set<LaneId> given, named;
    if (const auto* refused = std::get_if<Refused>(&reply))
        CHECK(refused->reason == Refusal::not_a_member);
    else
        for (const auto& [chain, end] : std::get<Holding>(reply).vector) named.insert(chain.lane);
    if (const auto* holding = std::get_if<Holding>(&reply))
        for (const std::string& bytes : holding->changesets)
            given.insert(want(storage::read_head(bytes)).chain.lane);
    CHECK(named == given);  // not even told what there is
    CHECK(given.contains(storage::kCommonLane) == row.common);
    CHECK(given.contains(storage::lane_of_home(asking.device())) == row.own);
    CHECK(given.contains(storage::lane_of_home(other.device())) == row.other);
    CHECK(given.contains(storage::lane_of_home(third.device())) == row.third);
    CHECK(given.contains(storage::kSupervisorsLane) == row.supervisors);
}

}  // namespace bordereau::sync
