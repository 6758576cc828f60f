#include "sync/serve/service.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "storage/changeset_store.h"
#include "storage/crypto/hash.h"
#include "sync/enrol.h"
#include "tests/support/notebooks.h"

namespace bordereau::sync {
namespace {

using test::want;

constexpr Millis kNow = 1'772'900'000'000;

/// A store with one team, and a notebook that may become its member.
struct Scene {
    Scene() {
        want(notebook.join(team, "Crossing North"));
        audit = test::draft_with_answers(notebook, 4);
        want(storage::Audits{notebook}.finalize(audit));
    }

    void admit() {
        want(store.admit({team, notebook.device(), notebook.device_key().public_key(), "Amina",
                          storage::Role::officer, kNow, false}));
    }
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
    CHECK(first.vector == want(scene.notebook.journal().vector()));
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
    CHECK(want(scene.store.vector(scene.team)).empty());
}

TEST_CASE("a request of another day is refused with the endpoint's time", "[sync][serve]") {
    Scene scene;
    scene.admit();
    const Millis apart = GENERATE(-86'400'000, -700'000, 700'000, 86'400'000);
    const auto refused =
        std::get<Refused>(scene.reply_to(scene.offer(scene.changesets(), kNow + apart)));
    CHECK(refused.reason == Refusal::clock);
    CHECK(refused.now == kNow);
    CHECK(want(scene.store.vector(scene.team)).empty());
}

TEST_CASE("damage inside one changeset declines that one and what builds on it", "[sync][serve]") {
    Scene scene;
    scene.admit();
    want(storage::Audits{scene.notebook}.finalize(test::draft_with_answers(scene.notebook, 2)));
    auto changesets = scene.changesets();
    REQUIRE(changesets.size() == 2);
    changesets.front()[80] = static_cast<char>(changesets.front()[80] ^ 1);
    const auto holding = std::get<Holding>(scene.reply_to(scene.offer(changesets)));
    REQUIRE_FALSE(holding.declined.empty());
    CHECK(holding.declined.front().fault.has_value());
    CHECK(holding.vector.empty());
    CHECK_FALSE(want(scene.store.quarantine(scene.team)).empty());

    SECTION("the whole ones are taken when they come") {
        const auto whole = std::get<Holding>(scene.reply_to(scene.offer(scene.changesets())));
        CHECK(whole.vector == want(scene.notebook.journal().vector()));
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
    CHECK(holding.vector.empty());
    CHECK(holding.declined.size() == foreign.size());
    CHECK(holding.declined.front().fault == storage::Fault::other_team);
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
    CHECK(ask(secret, scene.team) == EnrolReply{Admitted{storage::Role::supervisor}});
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

}  // namespace bordereau::sync
