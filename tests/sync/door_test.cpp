// Two laptops of one team without an endpoint: the door of one, and the other going to it. Over the
// very bytes that travel, without sockets.
#include "sync/door.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "storage/teams.h"
#include "storage/travel_log.h"
#include "sync/lan.h"
#include "sync/serve/door_service.h"
#include "tests/support/files.h"

namespace bordereau::sync {
namespace {

using storage::Attachments;
using test::want;

const std::string kPin(32, 'p');
constexpr const char* kUrl = "https://192.168.1.5:8644";

/// A way to whatever answers with a TLS key of that pin.
DoorTransport way_to(std::function<Answer(const Call&)> answers, std::string pin = kPin) {
    return [answers = std::move(answers), pin](std::string_view wanted) -> Transport {
        const bool holds = wanted.empty() || wanted == pin;
        return [answers, holds](const Request& request, std::stop_token) -> Result<Response> {
            if (!holds) return Error{ErrorCode::refused, "another key"};
            CHECK(request.proxy == "");
            const std::string path = request.url.substr(std::string{kUrl}.size());
            Answer answer = answers({request.method, path, request.body});
            return Response{answer.status, {}, std::move(answer.body)};
        };
    };
}

RoundEnd meet(storage::Notebook& asking, const DoorTransport& way) {
    return exchange_at_door(want(asking.connect()), kUrl, way, [](const Progress&) {}, {});
}

/// Two laptops of a team; the first was founded with it.
struct Scene {
    test::TemporaryFolder folder;
    test::TestClock clock, other_clock;
    storage::Notebook founder = test::new_notebook(folder.path() / "founder", 1, clock);
    storage::Notebook laptop = test::new_notebook(folder.path() / "laptop", 2, other_clock);

    explicit Scene(storage::Role role = storage::Role::supervisor) {
        test::admit(founder, laptop, role);
        want(founder.journal().seal_finished());
    }
    static DoorTransport door_of(storage::Notebook& notebook) {
        auto service = std::make_shared<DoorService>(notebook, kPin);
        return way_to([service](const Call& call) { return service->handle(call); });
    }
};

std::size_t held(storage::Notebook& notebook) {
    std::size_t changesets = 0;
    for (const auto& [chain, end] : want(notebook.journal().vector()))
        changesets += static_cast<std::size_t>(end.number);
    return changesets;
}

}  // namespace

TEST_CASE("a laptop that goes to another one's door brings and fetches audits with their files",
          "[sync][lan]") {
    Scene scene;
    const AuditId there = test::audit_with_file(scene.founder, "a photo there");
    const AuditId here = test::audit_with_file(scene.laptop, "a photo here");
    const RoundEnd end = meet(scene.laptop, Scene::door_of(scene.founder));
    if (!end.status) FAIL(end.status.error().detail);
    CHECK(want(Attachments{scene.laptop}.get(there, "photo.jpg")) == "a photo there");
    CHECK(want(Attachments{scene.founder}.get(here, "photo.jpg")) == "a photo here");
    CHECK(want(scene.laptop.journal().fold_digest()) ==
          want(scene.founder.journal().fold_digest()));

    for (storage::Notebook* notebook : {&scene.laptop, &scene.founder})
        for (const auto& entry : want(storage::TravelLog{*notebook}.list({}, 0, 100)))
            CHECK(entry.way == storage::Way::laptop);
    CHECK(meet(scene.laptop, Scene::door_of(scene.founder)).progress.tally.sent == 0);
}

TEST_CASE(
    "two laptops that have met only the founder of their team know each other by what they show",
    "[sync][lan]") {
    Scene scene;
    storage::Notebook third = test::new_notebook(scene.folder.path() / "third", 4);
    test::admit(scene.founder, third, storage::Role::supervisor);
    const AuditId audit = test::audit_with_file(third, "a photo");
    const RoundEnd end = meet(third, Scene::door_of(scene.laptop));
    if (!end.status) FAIL(end.status.error().detail);
    CHECK(want(Attachments{scene.laptop}.get(audit, "photo.jpg")) == "a photo");
}

TEST_CASE("a certificate that a stranger shows changes nothing", "[sync][lan]") {
    Scene scene;
    storage::Notebook stranger = test::new_notebook(scene.folder.path() / "stranger", 3);
    storage::Notebook third = test::new_notebook(scene.folder.path() / "third", 4);
    test::admit(stranger, third);
    const std::string other_team = want(storage::Teams{third}.certificate()).value_or("");
    DoorService service{scene.founder, kPin};
    const auto members = want(scene.founder.journal().admission()).members().size();
    for (const std::string& shown : {other_team, std::string{"nothing"}, std::string(100'000, 'x')})
        CHECK(service.handle({"POST", "/v1/door", shown}).status >= 400);
    CHECK(want(scene.founder.journal().admission()).members().size() == members);
}

TEST_CASE("clocks that differ by an hour keep nobody from exchanging", "[sync][lan]") {
    Scene scene;
    *scene.other_clock.now += 3'600'000;
    const AuditId audit = test::audit_with_file(scene.laptop, "a photo");
    const RoundEnd end = meet(scene.laptop, Scene::door_of(scene.founder));
    if (!end.status) FAIL(end.status.error().detail);
    CHECK(want(Attachments{scene.founder}.get(audit, "photo.jpg")) == "a photo");
}

TEST_CASE("the door of a stranger, of another team, of a revoked laptop and one's own is refused",
          "[sync][lan]") {
    Scene scene;
    test::audit_with_file(scene.laptop, "a photo");
    storage::Notebook stranger = test::new_notebook(scene.folder.path() / "stranger", 3);
    const std::size_t before = held(scene.laptop);
    const auto refused = [&](const DoorTransport& way) {
        const RoundEnd end = meet(scene.laptop, way);
        REQUIRE_FALSE(end.status.ok());
        CHECK(end.status.error().code == ErrorCode::refused);
        CHECK(end.progress.bytes_up == 0);  // nothing was said to it
        CHECK(held(scene.laptop) >= before);
    };
    SECTION("another team's") {
        refused(Scene::door_of(stranger));
    }
    SECTION("a stranger's, who names our team") {
        const auto statement = encode(
            DoorStatement{team_hint(scene.laptop.team(), kPin), stranger.device_key().public_key(),
                          kPin, Moment::at(0, seeded_entropy(1))},
            stranger.device_key());
        refused(way_to([&](const Call&) {
            Answer answer;
            answer.body = statement;
            return answer;
        }));
    }
    SECTION("a revoked laptop's") {
        storage::Notebook third = test::new_notebook(scene.folder.path() / "third", 4);
        test::admit(scene.founder, third);
        want(scene.founder.revoke(third.device(), "lost"));
        want(scene.founder.journal().seal_finished());
        want(meet(scene.laptop, Scene::door_of(scene.founder)).status);
        refused(Scene::door_of(third));
    }
    SECTION("its own") {
        refused(Scene::door_of(scene.laptop));
    }
}

TEST_CASE("who stands between with another key gets the statement and no word more",
          "[sync][lan]") {
    Scene scene;
    DoorService honest{scene.founder, kPin};
    int exchanges = 0;
    const RoundEnd end = meet(scene.laptop, way_to(
                                                [&](const Call& call) {
                                                    exchanges += call.method == "POST" ? 1 : 0;
                                                    return honest.handle(call);
                                                },
                                                std::string(32, 'm')));
    REQUIRE_FALSE(end.status.ok());
    CHECK(end.status.error().code == ErrorCode::refused);
    CHECK(exchanges == 0);
}

TEST_CASE("something else that answers at an address is no laptop", "[sync][lan]") {
    Scene scene;
    const std::string body =
        GENERATE(std::string{}, std::string{"<html>Please log in</html>"}, std::string(2'000, 'x'));
    const int status = GENERATE(200, 404);
    const RoundEnd end = meet(scene.laptop, way_to([&](const Call&) {
                                  Answer answer;
                                  answer.status = status;
                                  answer.body = body;
                                  return answer;
                              }));
    REQUIRE_FALSE(end.status.ok());
    CHECK(end.status.error().code == ErrorCode::corrupt);
}

TEST_CASE("a laptop answers members only, and an officer nothing of another officer's",
          "[sync][lan]") {
    Scene scene{storage::Role::officer};
    const AuditId theirs = test::audit_with_file(scene.founder, "not for the officer");
    want(scene.founder.journal().seal_finished());
    const RoundEnd end = meet(scene.laptop, Scene::door_of(scene.founder));
    if (!end.status) FAIL(end.status.error().detail);
    CHECK(want(Attachments{scene.laptop}.list(theirs)).empty());

    const auto ask = [&](storage::Notebook& asking, TeamId team) {
        const std::string body = encode(
            BlobRequest{std::move(team), asking.device(),
                        Moment::at(scene.founder.clock().now(), asking.entropy()),
                        Get{kPieceBytes, {{storage::crypto::digest("not for the officer"), 0}}}},
            asking.device_key());
        const Answer answer = DoorService{scene.founder, kPin}.handle({"POST", "/v1/blob", body});
        return want(decode_blob_reply(answer.body, body, scene.founder.device_key().public_key()));
    };
    CHECK(std::get<Given>(ask(scene.laptop, scene.founder.team())).files.at(0) == Given::One{});
    storage::Notebook stranger = test::new_notebook(scene.folder.path() / "stranger", 3);
    CHECK(std::get<Refused>(ask(stranger, scene.founder.team())).reason == Refusal::not_a_member);
    CHECK(std::get<Refused>(ask(stranger, stranger.team())).reason == Refusal::not_a_member);
}

TEST_CASE("a statement reads back; with any damage, or another signer, it does not",
          "[sync][lan]") {
    const auto key = storage::crypto::SigningKey::generate(seeded_entropy(1));
    const auto other = storage::crypto::SigningKey::generate(seeded_entropy(2));
    const DoorStatement statement{std::string(8, 'h'), key.public_key(), kPin,
                                  Moment::at(1'772'900'000'000, seeded_entropy(3)), "proof"};
    const std::string bytes = encode(statement, key);
    CHECK(want(decode_door(bytes)) == statement);
    CHECK_FALSE(decode_door(encode(statement, other)).ok());
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string damaged = bytes;
        damaged[at] ^= 0x20;
        CHECK_FALSE(decode_door(damaged).ok());
        CHECK_FALSE(decode_door(bytes.substr(0, at)).ok());
    }
}

TEST_CASE("a team is recognised by its hint and by no other's", "[sync][lan]") {
    const TeamId team{"2f1c8a52-8e0f-4b7e-9a55-0c3b1d2e4f60"};
    const TeamId other{"2f1c8a52-8e0f-4b7e-9a55-0c3b1d2e4f61"};
    CHECK(team_hint(team, "one").size() == 8);
    CHECK(team_hint(team, "one") == team_hint(team, "one"));
    CHECK(team_hint(team, "one") != team_hint(other, "one"));
    CHECK(team_hint(team, "one") != team_hint(team, "two"));
}

TEST_CASE("an address is taken as people type it", "[sync][lan]") {
    CHECK(want(door_url("192.168.1.5")) == "https://192.168.1.5:8644");
    CHECK(want(door_url(" 192.168.1.5:9000 ")) == "https://192.168.1.5:9000");
    CHECK(want(door_url("laptop-7.local")) == "https://laptop-7.local:8644");
    CHECK(want(door_url("fe80::1")) == "https://[fe80::1]:8644");
    CHECK(want(door_url("[fe80::1]:9000")) == "https://[fe80::1]:9000");
    CHECK(want(door_url("https://192.168.1.5:9000/")) == "https://192.168.1.5:9000");
    const std::string wrong =
        GENERATE(std::string{}, std::string{":"}, std::string{"host:"}, std::string{"host:0"},
                 std::string{"host:70000"}, std::string{"host:1x"}, std::string{"a b"},
                 std::string{"user@host"}, std::string{"host/path"}, std::string{"[host]:1"},
                 std::string{"[fe80::1"}, std::string{"[fe80::1]x"}, std::string{"http://host"});
    CHECK(test::code_of(door_url(wrong)) == ErrorCode::invalid);
}

}  // namespace bordereau::sync
