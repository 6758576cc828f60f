// Files between notebooks and an answering side, over the very bytes that travel, without sockets.
#include "sync/blob_round.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "storage/changeset_store.h"
#include "storage/kept_files.h"
#include "storage/outbox.h"
#include "storage/settings.h"
#include "storage/travel_log.h"
#include "sync/serve/service.h"
#include "sync/station.h"
#include "tests/support/files.h"

namespace bordereau::sync {
namespace {

using storage::Attachments;
using test::audit_with_file;
using test::hash_of;
using test::noise;
using test::want;

constexpr Millis kNow = 1'772'900'000'000;

storage::Notebook notebook_at(const std::filesystem::path& folder, std::uint64_t seed) {
    return want(storage::Notebook::create(
        folder, {"amina", std::string{test::kPassphrase}, "Crossing North", "laptop"},
        {fixed_clock(kNow), seeded_entropy(seed), storage::crypto::least_cost()}));
}

/// An endpoint with a team, and a way to it that can break.
struct Scene {
    test::TemporaryFolder folder;
    Entropy entropy = seeded_entropy(5);
    storage::ChangesetStore store =
        want(storage::ChangesetStore::open(folder.path() / "endpoint", fixed_clock(kNow), entropy));
    storage::KeptFiles files = want(storage::KeptFiles::open(
        folder.path() / "files", [this](std::span<std::uint8_t> bytes) { entropy(bytes); }));
    TeamId team = want(store.found_team("Crossing North"));
    std::size_t largest_body = std::size_t{32} << 20;
    int answers_left = 1'000'000;  // then the line is cut: what was asked is done, unheard
    std::vector<std::string> asked;

    storage::Notebook laptop(const char* name, std::uint64_t seed, storage::Role role,
                             std::vector<DeviceId> homes = {}) {
        storage::Notebook notebook = notebook_at(folder.path() / name, seed);
        const auto admitted = want(
            store.admit(team, {notebook.device_key().public_key(), name, role, std::move(homes)}));
        want(notebook.join(team, "Crossing North", admitted.certificate));
        return notebook;
    }
    Peer peer() { return {"https://endpoint", store.key().public_key(), {}}; }
    Transport transport() {
        return [this](const Request& request, std::stop_token) -> Result<Response> {
            asked.push_back(request.url);
            if (request.body.size() > largest_body) return Response{413, {}, {}};
            Service service{store, fixed_clock(kNow)};
            service.keep_files(files);
            const std::string path = request.url.substr(std::string{"https://endpoint"}.size());
            Answer answer = service.handle({"POST", path, request.body});
            if (answers_left-- <= 0) return Error{ErrorCode::offline, "the line was cut"};
            return Response{answer.status, {}, std::move(answer.body)};
        };
    }
    RoundEnd try_sync(storage::Notebook& notebook) {
        const Station station = station_of(want(notebook.connect()), peer(), transport());
        want(station.seal());
        return run_station(station, fixed_clock(kNow), entropy, [](const Progress&) {}, {});
    }
    Progress sync(storage::Notebook& notebook) {
        const RoundEnd end = try_sync(notebook);
        if (!end.status) FAIL(end.status.error().detail);
        return end.progress;
    }
    BlobReply ask(storage::Notebook& notebook, std::variant<Have, Put, Get> content) {
        const std::string body =
            encode(BlobRequest{team, notebook.device(), Moment::at(kNow, entropy), content},
                   notebook.device_key());
        Service service{store, fixed_clock(kNow)};
        service.keep_files(files);
        const Answer answer = service.handle({"POST", "/v1/blob", body});
        return want(decode_blob_reply(answer.body, body, store.key().public_key()));
    }
};

std::string raw(std::string_view bytes) {
    return storage::crypto::digest(bytes);
}

Piece piece_of(std::string_view bytes) {
    return {raw(bytes), bytes.size(), 0, std::string{bytes}};
}

}  // namespace

TEST_CASE("a file follows its audit to the endpoint and to the supervisor's laptop",
          "[sync][blob]") {
    Scene scene;
    storage::Notebook officer = scene.laptop("officer", 1, storage::Role::officer);
    storage::Notebook supervisor = scene.laptop("supervisor", 2, storage::Role::supervisor);
    const std::size_t size = GENERATE(1u, 4096u, 262'144u, 600'001u);
    const std::string photo = noise(size, 7);
    const AuditId audit = audit_with_file(officer, photo);

    CHECK(scene.sync(officer).files == FileTally{1, 0, 0, true, 0});
    CHECK(want(scene.files.get(hash_of(photo))) == photo);
    CHECK(scene.sync(supervisor).files == FileTally{0, 1, 0, true, 0});
    CHECK(want(Attachments{supervisor}.get(audit, "photo.jpg")) == photo);
}

TEST_CASE("both laptops can tell what became of an audit and of its file", "[sync][blob][travel]") {
    Scene scene;
    storage::Notebook officer = scene.laptop("officer", 1, storage::Role::officer);
    storage::Notebook supervisor = scene.laptop("supervisor", 2, storage::Role::supervisor);
    const AuditId audit = audit_with_file(officer, "the photo");
    const auto told = [&](storage::Notebook& notebook) {
        std::string events;
        for (const auto& entry : want(storage::TravelLog{notebook}.list(audit, 0, 10)))
            events += std::string{storage::name_of(entry.event)} +
                      (entry.files > 0 ? " file; " : " changes; ");
        return events;
    };
    scene.answers_left = 0;
    CHECK_FALSE(scene.try_sync(officer).status.ok());
    CHECK(told(officer) == "sent changes; ");
    scene.answers_left = 1'000;
    scene.sync(officer);
    CHECK(told(officer) == "acknowledged file; acknowledged changes; sent changes; ");
    scene.sync(supervisor);
    CHECK(told(supervisor) == "received file; received changes; ");
}

TEST_CASE("with nothing to send or to fetch the endpoint is not asked about files",
          "[sync][blob]") {
    Scene scene;
    storage::Notebook officer = scene.laptop("officer", 1, storage::Role::officer);
    storage::Notebook supervisor = scene.laptop("supervisor", 2, storage::Role::supervisor);
    audit_with_file(officer, noise(10'000, 7));
    scene.sync(officer);
    scene.sync(supervisor);
    scene.sync(officer);
    scene.sync(supervisor);
    scene.asked.clear();
    scene.sync(officer);
    CHECK(scene.sync(supervisor).tally.requests == 1);
    CHECK(scene.asked == std::vector<std::string>(2, "https://endpoint/v1/exchange"));
}

TEST_CASE("a line that is cut at any message costs less than one piece", "[sync][blob]") {
    Scene scene;
    storage::Notebook officer = scene.laptop("officer", 1, storage::Role::officer);
    storage::Notebook supervisor = scene.laptop("supervisor", 2, storage::Role::supervisor);
    const bool sending = GENERATE(true, false);
    const std::string photo = noise(1'000'000, 7);
    const AuditId audit = audit_with_file(officer, photo);
    if (!sending) scene.sync(officer);
    storage::Notebook& asking = sending ? officer : supervisor;

    std::size_t moved = 0;
    for (int cut = 1;; ++cut) {
        REQUIRE(cut < 40);
        scene.answers_left = cut % 5;
        const RoundEnd end = scene.try_sync(asking);
        moved += sending ? end.progress.bytes_up : end.progress.bytes_down;
        if (end.status) break;
    }
    CHECK(moved < photo.size() + 200'000);  // heads, changesets, and no piece twice
    if (sending)
        CHECK(want(scene.files.get(hash_of(photo))) == photo);
    else
        CHECK(want(Attachments{supervisor}.get(audit, "photo.jpg")) == photo);
}

TEST_CASE("within a piece the bytes are told as they move, and taken back where it is lost",
          "[sync][blob]") {
    Scene scene;
    storage::Notebook officer = scene.laptop("officer", 1, storage::Role::officer);
    storage::Notebook supervisor = scene.laptop("supervisor", 2, storage::Role::supervisor);
    audit_with_file(officer, noise(200'000, 7));
    const bool sending = GENERATE(true, false);
    if (!sending) scene.sync(officer);
    const bool lost = GENERATE(false, true);
    const Transport way = scene.transport();
    const Transport transport = [&](const Request& request, std::stop_token stop) {
        if (!request.moved) return way(request, stop);
        const bool piece = sending == (request.body.size() > 100'000);
        if (piece) sending ? request.moved(50'000, 0) : request.moved(0, 50'000);
        if (piece && lost) return Result<Response>{Error{ErrorCode::offline, "cut"}};
        return way(request, stop);
    };
    const Station station =
        station_of(want((sending ? officer : supervisor).connect()), scene.peer(), transport);
    want(station.seal());
    std::vector<std::uint64_t> left;
    const auto tell = [&](const Progress& progress) {
        if (progress.files.begun) left.push_back(progress.files.left);
    };
    const RoundEnd end = run_station(station, fixed_clock(kNow), scene.entropy, tell, {});
    CHECK(end.status.ok() != lost);
    REQUIRE_FALSE(left.empty());
    CHECK(left.front() == 150'000);
    CHECK(end.progress.files.left == (lost ? 200'000 : 0));
}

TEST_CASE("that a round succeeded is remembered with the notebook", "[sync][blob]") {
    Scene scene;
    storage::Notebook officer = scene.laptop("officer", 1, storage::Role::officer);
    audit_with_file(officer, noise(1'000, 7));
    scene.answers_left = 1;
    CHECK_FALSE(scene.try_sync(officer).status.ok());
    CHECK(want(remembered_success(storage::Settings{officer})) == std::nullopt);
    scene.answers_left = 100;
    scene.sync(officer);
    CHECK(want(remembered_success(storage::Settings{officer})) == kNow);
    storage::Settings settings{officer};
    want(forget_peer(settings));
    CHECK(want(remembered_success(settings)) == std::nullopt);
}

TEST_CASE("many small files share messages", "[sync][blob]") {
    Scene scene;
    storage::Notebook officer = scene.laptop("officer", 1, storage::Role::officer);
    storage::Notebook supervisor = scene.laptop("supervisor", 2, storage::Role::supervisor);
    for (std::uint64_t i = 0; i < 20; ++i) audit_with_file(officer, noise(9'000 + i, i));
    const Progress sent = scene.sync(officer);
    CHECK(sent.files.sent == 20);
    CHECK(sent.tally.requests <= 4);
    const Progress fetched = scene.sync(supervisor);
    CHECK(fetched.files.received == 20);
    CHECK(fetched.tally.requests <= 3);
}

TEST_CASE("behind a proxy that lets no large body pass, pieces become smaller", "[sync][blob]") {
    Scene scene;
    storage::Notebook officer = scene.laptop("officer", 1, storage::Role::officer);
    audit_with_file(officer, noise(300'000, 7));
    scene.largest_body = 40'000;
    CHECK(scene.sync(officer).files.sent == 1);
}

TEST_CASE("a file of an audit that is not sealed yet waits with it", "[sync][blob]") {
    Scene scene;
    storage::Notebook officer = scene.laptop("officer", 1, storage::Role::officer);
    const AuditId draft = test::draft_with_answers(officer, 1);
    want(Attachments{officer}.put(draft, "photo.jpg", "image/jpeg", noise(9'000, 7)));
    scene.asked.clear();
    CHECK(scene.sync(officer).files == FileTally{.begun = true});
    for (const std::string& url : scene.asked) CHECK(url.ends_with("/v1/exchange"));
}

TEST_CASE("the endpoint keeps no file that no changeset names", "[sync][blob]") {
    Scene scene;
    storage::Notebook officer = scene.laptop("officer", 1, storage::Role::officer);
    audit_with_file(officer, "the photo");
    scene.sync(officer);
    const std::string other = "something else";
    CHECK(std::get<Taken>(scene.ask(officer, Put{{piece_of(other)}})).pieces ==
          std::vector{Taken::One{0, PieceFate::not_named}});
    CHECK_FALSE(scene.files.has(hash_of(other)));
    Piece wrong_size = piece_of(noise(5'000, 1));
    wrong_size.digest = raw("the photo");
    CHECK(std::get<Taken>(scene.ask(officer, Put{{wrong_size}})).pieces ==
          std::vector{Taken::One{0, PieceFate::not_named}});
}

TEST_CASE("a file with another content than its digest is not kept", "[sync][blob]") {
    Scene scene;
    storage::Notebook officer = scene.laptop("officer", 1, storage::Role::officer);
    audit_with_file(officer, "the photo");
    Station changesets_only = station_of(want(officer.connect()), scene.peer(), scene.transport());
    changesets_only.files.reset();
    want(changesets_only.seal());
    want(run_station(changesets_only, fixed_clock(kNow), scene.entropy, [](const Progress&) {}, {})
             .status);
    Piece forged = piece_of("not photo");
    forged.digest = raw("the photo");
    CHECK(std::get<Taken>(scene.ask(officer, Put{{forged}})).pieces ==
          std::vector{Taken::One{0, PieceFate::damaged}});
    CHECK_FALSE(scene.files.has(hash_of("the photo")));
    CHECK(std::get<HeldBytes>(scene.ask(officer, Have{{raw("the photo")}})).held[0] == 0);
    CHECK(scene.sync(officer).files.sent == 1);
}

TEST_CASE("a file is given only to members whose lanes cover an audit that names it",
          "[sync][blob]") {
    Scene scene;
    storage::Notebook owner = scene.laptop("owner", 1, storage::Role::officer);
    storage::Notebook other = scene.laptop("other", 2, storage::Role::officer);
    storage::Notebook heir = scene.laptop("heir", 3, storage::Role::officer, {owner.device()});
    storage::Notebook supervisor = scene.laptop("supervisor", 4, storage::Role::supervisor);
    audit_with_file(owner, "the photo");
    scene.sync(owner);
    const std::string digest = raw("the photo");
    const auto given = [&](storage::Notebook& asking) {
        return std::get<Given>(scene.ask(asking, Get{kPieceBytes, {{digest, 0}}})).files.at(0);
    };
    const auto held = [&](storage::Notebook& asking) {
        return std::get<HeldBytes>(scene.ask(asking, Have{{digest}})).held.at(0);
    };
    for (storage::Notebook* may : {&owner, &heir, &supervisor}) {
        CHECK(given(*may).bytes == "the photo");
        CHECK(held(*may) == 9);
    }
    CHECK(given(other) == Given::One{});
    CHECK(held(other) == 0);
    CHECK(std::get<Taken>(scene.ask(other, Put{{piece_of("the photo")}})).pieces ==
          std::vector{Taken::One{0, PieceFate::not_named}});
}

TEST_CASE("strangers, revoked devices and members of another team learn nothing about a file",
          "[sync][blob]") {
    Scene scene;
    storage::Notebook owner = scene.laptop("owner", 1, storage::Role::officer);
    audit_with_file(owner, "the photo");
    scene.sync(owner);
    const Get get{kPieceBytes, {{raw("the photo"), 0}}};

    storage::Notebook stranger = notebook_at(scene.folder.path() / "stranger", 8);
    CHECK(std::get<Refused>(scene.ask(stranger, get)).reason == Refusal::not_a_member);

    const TeamId first = scene.team;
    scene.team = want(scene.store.found_team("Crossing South"));
    storage::Notebook elsewhere = scene.laptop("elsewhere", 9, storage::Role::supervisor);
    CHECK(std::get<Given>(scene.ask(elsewhere, get)).files.at(0) == Given::One{});
    scene.team = first;
    CHECK(std::get<Refused>(scene.ask(elsewhere, get)).reason == Refusal::not_a_member);

    want(scene.store.revoke(scene.team, owner.device()));
    CHECK(std::get<Refused>(scene.ask(owner, get)).reason == Refusal::not_a_member);
}

TEST_CASE("a file that was damaged at the endpoint counts as not there", "[sync][blob]") {
    Scene scene;
    storage::Notebook officer = scene.laptop("officer", 1, storage::Role::officer);
    storage::Notebook supervisor = scene.laptop("supervisor", 2, storage::Role::supervisor);
    const AuditId audit = audit_with_file(officer, noise(20'000, 7));
    scene.sync(officer);
    for (const auto& entry :
         std::filesystem::directory_iterator{scene.folder.path() / "files" / "whole"})
        std::filesystem::resize_file(entry.path(), 10'000);
    const RoundEnd end = scene.try_sync(supervisor);
    CHECK(end.status.ok());
    CHECK(end.progress.files.received == 0);
    CHECK_FALSE(want(Attachments{supervisor}.find(audit, "photo.jpg")).present);
    CHECK_FALSE(scene.files.has(hash_of(noise(20'000, 7))));
}

TEST_CASE("an answering side that lies about a file gains nothing", "[sync][blob]") {
    Scene scene;
    storage::Notebook officer = scene.laptop("officer", 1, storage::Role::officer);
    storage::Notebook supervisor = scene.laptop("supervisor", 2, storage::Role::supervisor);
    const std::string photo = noise(9'000, 7);
    const AuditId audit = audit_with_file(officer, photo);
    scene.sync(officer);
    const Given::One lie = GENERATE(Given::One{9'000, std::string(9'000, 'x')},
                                    Given::One{8'000, std::string(8'000, 'x')},
                                    Given::One{9'000, std::string(9'001, 'x')},
                                    Given::One{9'000, std::string(10, 'x')}, Given::One{9'000, ""});
    const Transport honest = scene.transport();
    const Transport lying = [&](const Request& request, std::stop_token stop) -> Result<Response> {
        if (!request.url.ends_with("/v1/blob")) return honest(request, stop);
        return Response{200, {}, encode(BlobReply{Given{{lie}}}, request.body, scene.store.key())};
    };
    const Station station = station_of(want(supervisor.connect()), scene.peer(), lying);
    const RoundEnd end =
        run_station(station, fixed_clock(kNow), scene.entropy, [](const Progress&) {}, {});
    CHECK(end.status.ok());
    CHECK(end.progress.files.refused == 1);
    CHECK_FALSE(want(Attachments{supervisor}.find(audit, "photo.jpg")).present);
    CHECK(scene.sync(supervisor).files.received == 1);
}

TEST_CASE("an endpoint that keeps no files is no failure", "[sync][blob]") {
    Scene scene;
    storage::Notebook officer = scene.laptop("officer", 1, storage::Role::officer);
    audit_with_file(officer, "the photo");
    const Transport without = [&](const Request& request, std::stop_token) -> Result<Response> {
        Answer answer = Service{scene.store, fixed_clock(kNow)}.handle(
            {"POST", request.url.substr(16), request.body});
        return Response{answer.status, {}, std::move(answer.body)};
    };
    const Station station = station_of(want(officer.connect()), scene.peer(), without);
    want(station.seal());
    CHECK(run_station(station, fixed_clock(kNow), scene.entropy, [](const Progress&) {}, {})
              .status.ok());
    CHECK(want(storage::Outbox{officer, outbox_name(scene.peer())}.files_waiting()).size() == 1);
}

TEST_CASE("a message about files reads back as what was written; any damage is noticed",
          "[sync][blob]") {
    const auto key = storage::crypto::SigningKey::generate(seeded_entropy(1));
    const auto content =
        GENERATE(std::variant<Have, Put, Get>{Have{{std::string(32, 'a'), std::string(32, 'b')}}},
                 std::variant<Have, Put, Get>{Put{{{std::string(32, 'a'), 9'000, 4'096, "bytes"}}}},
                 std::variant<Have, Put, Get>{Get{1'000, {{std::string(32, 'a'), 7}}}});
    const BlobRequest request{{"2f1c8a52-8e0f-4b7e-9a55-0c3b1d2e4f60"},
                              storage::crypto::device_id(key.public_key()),
                              Moment::at(kNow, seeded_entropy(2)),
                              content};
    const std::string bytes = encode(request, key);
    CHECK(want(decode_blob_request(bytes)) == request);
    CHECK(signed_by(bytes, key.public_key()));
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        std::string damaged = bytes;
        damaged[at] ^= 0x40;
        CHECK_FALSE((decode_blob_request(damaged).ok() && signed_by(damaged, key.public_key())));
        CHECK_FALSE((decode_blob_request(bytes.substr(0, at)).ok() &&
                     signed_by(bytes.substr(0, at), key.public_key())));
    }
}

TEST_CASE("messages beyond their limits are not read", "[sync][blob]") {
    const auto key = storage::crypto::SigningKey::generate(seeded_entropy(1));
    const auto read = [&](std::variant<Have, Put, Get> content) {
        return decode_blob_request(encode(BlobRequest{{"2f1c8a52-8e0f-4b7e-9a55-0c3b1d2e4f60"},
                                                      storage::crypto::device_id(key.public_key()),
                                                      Moment::at(kNow, seeded_entropy(2)),
                                                      std::move(content)},
                                          key));
    };
    const std::string digest(32, 'a');
    CHECK_FALSE(read(Have{std::vector(kMaxFilesInMessage + 1, digest)}).ok());
    CHECK_FALSE(read(Have{{std::string(31, 'a')}}).ok());
    CHECK_FALSE(read(Put{{{digest, 1, 0, std::string(kPieceBytes + 1, 'x')}}}).ok());
    const Piece half{digest, kPieceBytes, 0, std::string(kPieceBytes / 2 + 1, 'x')};
    CHECK_FALSE(read(Put{{half, half}}).ok());
    CHECK_FALSE(read(Get{kPieceBytes + 1, {{digest, 0}}}).ok());
    CHECK(read(Put{{half}}).ok());
}

}  // namespace bordereau::sync
