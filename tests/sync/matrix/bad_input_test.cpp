// What is wrong, by every way by which it may come: it is told, it is kept aside where it may be
// evidence, nothing else is disturbed, and what is right is taken in afterwards.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "sync/blob_protocol.h"
#include "tests/sync/matrix/border.h"

namespace bordereau::test {
namespace {

using storage::Fault;
using storage::Role;

using Pieces = std::vector<std::pair<LaneId, std::string>>;  // lane and bytes of a changeset

/// What a device has to bring.
struct Brought {
    Pieces before;  ///< is right, and there already
    Pieces bad;
    std::optional<Fault> fault;  ///< nothing: it waits
    bool is_evidence = true;     ///< kept aside
    bool goes_on = true;         ///< what the device brings next is right
};

struct Bad {
    const char* what;
    std::function<Brought(Border&, Device&)> made;
};

Pieces in_home(const Device& device, std::string bytes) {
    return {{device.home(), std::move(bytes)}};
}

std::string audit_at(Border& border, const Device& by, storage::ChainLink at, Millis ahead = 0) {
    const AuditId id = border.new_audit();
    return border.audit(by, at, border.clock.clock().now() + ahead, id, "a photo of " + id.text);
}

std::string first(Border& border, const Device& by, Millis ahead = 0) {
    return audit_at(border, by, by.next, ahead);
}

Brought forged(Border& border, Device& by) {
    std::string bytes = first(border, by);
    bytes[20] = static_cast<char>(bytes[20] ^ 1);
    return Brought{{}, in_home(by, bytes), Fault::damaged};
}

Brought cut_short(Border& border, Device& by) {
    const std::string bytes = first(border, by);
    return Brought{{}, in_home(by, bytes.substr(0, bytes.size() / 2)), Fault::damaged};
}

Brought too_early(Border& border, Device& by) {
    border.next_audit(by, border.new_audit());  // never comes
    return Brought{{}, in_home(by, first(border, by)), std::nullopt, false, false};
}

Brought dated_ahead(Border& border, Device& by) {
    return Brought{{}, in_home(by, first(border, by, 2 * kDay)), Fault::ahead};
}

Brought among_registers(Border& border, Device& by) {
    const storage::ChainLink at{border.north, storage::kSupervisorsLane, 1, {}};
    std::string bytes = border.sealed(by, at, border.clock.clock().now(), "unit/post 7",
                                      {storage::RegisterRowSet{"unit", "post 7", "{}"}});
    return Brought{{}, {{at.lane, std::move(bytes)}}, Fault::beyond_role};
}

Brought in_another_home(Border& border, Device& by) {
    const storage::ChainLink at{border.north, storage::lane_of_home(border.laptop.device()), 1, {}};
    return Brought{{}, {{at.lane, audit_at(border, by, at)}}, Fault::beyond_role};
}

Brought of_another_team(Border& border, Device& by) {
    const storage::ChainLink at{border.south, by.home(), 1, {}};
    return Brought{{}, in_home(by, audit_at(border, by, at)), Fault::other_team};
}

Brought copied_disk(Border& border, Device& by) {
    std::string one = first(border, by), other = first(border, by);
    const auto digest = [](const std::string& bytes) {
        return want(storage::read_head(bytes)).digest;
    };
    if (digest(other) < digest(one)) std::swap(one, other);  // the smaller one stays
    by.next = {border.north, by.home(), 2, digest(one)};
    return Brought{in_home(by, one), in_home(by, other), Fault::fork};
}

Brought on_another_one(Border& border, Device& by) {
    const std::string one = border.next_audit(by, border.new_audit());
    storage::ChainLink at = by.next;
    at.previous[0] = static_cast<char>(at.previous[0] ^ 1);
    return Brought{in_home(by, one), in_home(by, audit_at(border, by, at)), Fault::broken_link};
}

Brought the_same_again(Border& border, Device& by) {
    const Pieces one = in_home(by, border.next_audit(by, border.new_audit()));
    return Brought{one, one, std::nullopt, false};
}

const Bad kBad[]{
    {"a changeset whose signature is forged", forged},
    {"a changeset that is cut short", cut_short},
    {"a changeset before the one that it follows", too_early},
    {"a changeset dated two days ahead", dated_ahead},
    {"an officer's word among the registers of supervisors", among_registers},
    {"an officer's word in another one's home", in_another_home},
    {"a changeset of another team", of_another_team},
    {"another changeset under a number that was used: a copied disk", copied_disk},
    {"a changeset that follows another one than the one before it", on_another_one},
    {"the same again", the_same_again},
};

/// What came of it, as the person hears who sent it or took it in.
struct Heard {
    std::vector<std::optional<Fault>> declined;  ///< over messages
    std::int64_t quarantined = 0, waiting = 0;   ///< of a bundle, or counted from `declined`
};

std::vector<std::string> bytes_of(const Pieces& pieces) {
    std::vector<std::string> bytes;
    for (const auto& [lane, one] : pieces) bytes.push_back(one);
    return bytes;
}

Heard over_messages(Border& border, const Device& by, const Pieces& pieces,
                    const Answering& answering, const std::string& answerer) {
    const std::string request =
        sync::encode(sync::ExchangeRequest{border.north, by.id(),
                                           sync::Moment::at(*border.clock.now, border.entropy),
                                           sync::Offer{{}, bytes_of(pieces), 0}},
                     by.key);
    const auto reply =
        want(sync::decode_reply(answering("/v1/exchange", request), request, answerer));
    Heard heard;
    for (const sync::Declined& one : std::get<sync::Holding>(reply).declined) {
        heard.declined.push_back(one.fault);
        ++(one.fault ? heard.quarantined : heard.waiting);
    }
    return heard;
}

std::filesystem::path bundle_of(Border& border, const Device& by, const Pieces& pieces) {
    Shelf shelf;
    for (std::size_t i = 0; i < pieces.size(); ++i)
        shelf.add(static_cast<int>(i), pieces[i].first, pieces[i].second);
    sync::BundleOrder order;
    order.file = border.folder.path() / (new_uuid(border.entropy) + ".bordereau-bundle");
    order.receivers = [&border](const LaneId&) -> Result<std::vector<std::string>> {
        return std::vector{border.store.key().public_key(),
                           border.laptop.device_key().public_key()};
    };
    return want(sync::write_bundle({border.north, &by.key, shelf.holdings(), sync::no_blobs(),
                                    border.clock.clock(), border.entropy},
                                   order, kGoOn))
        .files.front();
}

Heard heard_of(const sync::Imported& imported) {
    REQUIRE(imported.bundles.size() == 1);
    const sync::BundleTaken& taken = imported.bundles.front().taken;
    CHECK_FALSE(taken.refusal);
    CHECK(taken.whole);
    return {{}, taken.quarantined, taken.waiting};
}

/// A way into one of the two that hold what a team has.
struct Way {
    const char* name;
    std::function<Heard(Border&, const Device&, const Pieces&)> bring;
    bool to_endpoint;
};

const Way kWays[]{
    {"over HTTP to an endpoint",
     [](Border& border, const Device& by, const Pieces& pieces) {
         return over_messages(border, by, pieces, at_endpoint(border),
                              border.store.key().public_key());
     },
     true},
    {"by a bundle to an endpoint",
     [](Border& border, const Device& by, const Pieces& pieces) {
         return heard_of(
             want(sync::import_bundles(border.central(), {bundle_of(border, by, pieces)}, kGoOn)));
     },
     true},
    {"at a laptop's door",
     [](Border& border, const Device& by, const Pieces& pieces) {
         sync::DoorService door{border.laptop, std::string(32, 'p')};
         return over_messages(border, by, pieces, at_door(door),
                              border.laptop.device_key().public_key());
     },
     false},
    {"by a bundle to a laptop",
     [](Border& border, const Device& by, const Pieces& pieces) {
         return heard_of(
             want(sync::import_bundles(border.laptop, {bundle_of(border, by, pieces)}, kGoOn)));
     },
     false},
};

/// What one of them holds of everybody but one device.
struct Held {
    storage::VersionVector others, south;
    std::string south_answers;
    std::map<Fault, int> aside;
    bool operator==(const Held&) const = default;
};

struct Scene : Border {
    Device bystander = member(), at_laptop = member();  // one for each side: their chains go on
    Device in_south = device();
    AuditId southern = new_audit();

    Scene() {
        share();
        want(store.admit(south, {in_south.key.public_key(), "laptop", Role::officer, {}}));
        in_south.next.team = south;
        const std::string bytes = next_audit(in_south, southern);
        want(store.receive(south, {&bytes, 1}));
    }
    storage::VersionVector vector(bool at_endpoint) const {
        return at_endpoint ? want(store.vector(north)) : want(laptop.journal().vector());
    }
    Held held(bool at_endpoint, const Device& but) const {
        Held held{vector(at_endpoint), want(store.vector(south)), {}, {}};
        std::erase_if(held.others,
                      [&](const auto& entry) { return entry.first.device == but.id(); });
        for (const auto& answer : want(store.answers(southern)))
            held.south_answers += answer.path + "=" + answer.value.value_or("") + "\n";
        const auto aside =
            at_endpoint ? want(store.quarantine(north)) : want(laptop.journal().quarantine());
        for (const auto& one : aside) ++held.aside[one.fault];
        return held;
    }
    std::int64_t number_of(bool at_endpoint, const Device& device) const {
        const auto held = vector(at_endpoint);
        const auto chain = held.find({device.id(), device.home()});
        return chain == held.end() ? 0 : chain->second.number;
    }
};

void check_one(Scene& scene, const Way& way, const Bad& bad, Device& by) {
    const Brought brought = bad.made(scene, by);
    if (!brought.before.empty()) CHECK(way.bring(scene, by, brought.before).quarantined == 0);
    const std::int64_t number = scene.number_of(way.to_endpoint, by);
    Held before = scene.held(way.to_endpoint, by);

    const Heard heard = way.bring(scene, by, brought.bad);
    CHECK(heard.quarantined == (brought.fault ? 1 : 0));
    CHECK(heard.waiting == (brought.fault || !brought.before.empty() ? 0 : 1));
    if (!heard.declined.empty()) CHECK(heard.declined.front() == brought.fault);
    if (brought.is_evidence) ++before.aside[*brought.fault];
    CHECK(scene.held(way.to_endpoint, by) == before);
    CHECK(scene.number_of(way.to_endpoint, by) == number);

    // What is right comes in, from the same device and from others.
    if (brought.goes_on) {
        CHECK(way.bring(scene, by, in_home(by, scene.next_audit(by, scene.new_audit())))
                  .quarantined == 0);
        CHECK(scene.number_of(way.to_endpoint, by) == number + 1);
    }
    Device& other = way.to_endpoint ? scene.bystander : scene.at_laptop;
    const std::string good = scene.next_audit(other, scene.new_audit());
    CHECK(way.bring(scene, other, in_home(other, good)).quarantined == 0);
    CHECK(scene.number_of(way.to_endpoint, other) == other.next.number - 1);
}

}  // namespace

TEST_CASE("what is wrong is told and kept aside, by whatever way it comes, and disturbs nothing",
          "[sync][matrix]") {
    Scene scene;
    std::vector<Device> devices;
    for (std::size_t i = 0; i < std::size(kBad) * std::size(kWays); ++i)
        devices.push_back(scene.member());
    scene.share();
    std::size_t next = 0;
    for (const Way& way : kWays)
        for (const Bad& bad : kBad) {
            INFO(bad.what << ", " << way.name);
            check_one(scene, way, bad, devices[next++]);
        }
    CHECK_FALSE(want(scene.store.verify()));
    CHECK_FALSE(want(scene.laptop.journal().verify()));
}

TEST_CASE("of a device that was shut out nothing comes in any more, also not by somebody else",
          "[sync][matrix]") {
    Scene scene;
    std::vector<Device> lost;
    for (std::size_t i = 0; i < std::size(kWays); ++i) lost.push_back(scene.member());
    Device carrier = scene.member(Role::supervisor);
    scene.share();
    for (const Device& one : lost) want(scene.store.revoke(scene.north, one.id()));
    scene.share();
    for (std::size_t i = 0; i < std::size(kWays); ++i) {
        const Way& way = kWays[i];
        INFO(way.name);
        Held before = scene.held(way.to_endpoint, lost[i]);
        const Heard heard = way.bring(scene, carrier, in_home(lost[i], first(scene, lost[i])));
        CHECK(heard.quarantined == 1);
        if (!heard.declined.empty()) CHECK(heard.declined.front() == Fault::revoked);
        ++before.aside[Fault::revoked];
        CHECK(scene.held(way.to_endpoint, lost[i]) == before);
        CHECK(scene.number_of(way.to_endpoint, lost[i]) == 0);
    }
    const std::string request =
        sync::encode(sync::ExchangeRequest{scene.north, lost[0].id(),
                                           sync::Moment::at(*scene.clock.now, scene.entropy),
                                           sync::Offer{{}, {first(scene, lost[0])}, 0}},
                     lost[0].key);
    const auto reply = want(sync::decode_reply(at_endpoint(scene)("/v1/exchange", request), request,
                                               scene.store.key().public_key()));
    CHECK(std::get<sync::Refused>(reply).reason == sync::Refusal::not_a_member);
    const auto own = bundle_of(scene, lost[0], in_home(lost[0], first(scene, lost[0])));
    for (const auto& imported : {want(sync::import_bundles(scene.central(), {own}, kGoOn)),
                                 want(sync::import_bundles(scene.laptop, {own}, kGoOn))})
        CHECK(imported.bundles.front().taken.refusal == sync::BundleRefusal::stranger);
}

TEST_CASE("a bundle of another team is refused as such by whoever reads it", "[sync][matrix]") {
    Scene scene;
    const std::string bytes = scene.next_audit(scene.in_south, scene.new_audit());
    Shelf shelf;
    shelf.add(0, scene.in_south.home(), bytes);
    sync::BundleOrder order;
    order.file = scene.folder.path() / "south.bordereau-bundle";
    order.receivers = [&](const LaneId&) -> Result<std::vector<std::string>> {
        return std::vector{scene.store.key().public_key(), scene.laptop.device_key().public_key()};
    };
    const auto written = [&](const TeamId& team) {
        return want(sync::write_bundle({team, &scene.in_south.key, shelf.holdings(),
                                        sync::no_blobs(), scene.clock.clock(), scene.entropy},
                                       order, kGoOn))
            .files.front();
    };
    const Held before = scene.held(true, scene.in_south);
    const auto file = written(scene.south);
    const auto at_laptop = want(sync::import_bundles(scene.laptop, {file}, kGoOn));
    CHECK(at_laptop.bundles.front().taken.refusal == sync::BundleRefusal::other_team);
    // Of a team that the endpoint does not keep either.
    order.file = scene.folder.path() / "nowhere.bordereau-bundle";
    const TeamId nowhere = storage::crypto::team_id(scene.in_south.key.public_key());
    const auto at_endpoint = want(sync::import_bundles(scene.central(), {written(nowhere)}, kGoOn));
    CHECK(at_endpoint.bundles.front().taken.refusal == sync::BundleRefusal::other_team);
    CHECK(scene.held(true, scene.in_south) == before);
    // The endpoint keeps the southern team too, so it may have that one.
    const auto right = want(sync::import_bundles(scene.central(), {file}, kGoOn));
    CHECK(right.bundles.front().taken.applied == 1);
}

TEST_CASE("a request that is asked again changes nothing, and none counts beyond its minutes",
          "[sync][matrix]") {
    Scene scene;
    sync::DoorService door{scene.laptop, std::string(32, 'p')};
    struct Side {
        const char* name;
        Answering answering;
        std::string key;
        bool to_endpoint;
    };
    for (const Side& side :
         {Side{"an endpoint", at_endpoint(scene), scene.store.key().public_key(), true},
          Side{"a door", at_door(door), scene.laptop.device_key().public_key(), false}}) {
        INFO(side.name);
        Device by = scene.member();
        scene.share();
        const std::string request =
            sync::encode(sync::ExchangeRequest{scene.north, by.id(),
                                               sync::Moment::at(*scene.clock.now, scene.entropy),
                                               sync::Offer{{}, {first(scene, by)}, 0}},
                         by.key);
        const auto reply = [&](const std::string& asked) {
            return want(sync::decode_reply(side.answering("/v1/exchange", asked), asked, side.key));
        };
        CHECK(std::get<sync::Holding>(reply(request)).declined.empty());
        const Held held = scene.held(side.to_endpoint, by);
        const auto again = std::get<sync::Holding>(reply(request));
        CHECK(again.declined.empty());
        CHECK(scene.held(side.to_endpoint, by) == held);
        CHECK(scene.number_of(side.to_endpoint, by) == 1);
        // Cut short, changed, and long after.
        const std::string damaged = request.substr(0, request.size() / 2);
        CHECK(std::get<sync::Refused>(reply(damaged)).reason != sync::Refusal::unavailable);
        *scene.clock.now += 20 * 60'000;
        CHECK(std::get<sync::Refused>(reply(request)).reason == sync::Refusal::clock);
        CHECK(scene.held(side.to_endpoint, by) == held);
    }
}

TEST_CASE("what is larger than a message may be is refused unread, by either side",
          "[sync][matrix]") {
    Scene scene;
    sync::DoorService door{scene.laptop, std::string(32, 'p')};
    const Held before = scene.held(true, scene.bystander);
    for (const auto& [path, most] : {std::pair{"/v1/exchange", sync::kMaxMessageBytes},
                                     std::pair{"/v1/blob", sync::kMaxBlobMessageBytes}}) {
        const std::string body(most + 1, 'x');
        CHECK(scene.service.handle({"POST", path, body}).status == 413);
        CHECK(door.handle({"POST", path, body}).status == 413);
    }
    CHECK(door.handle({"POST", "/v1/door", std::string(100'000, 'x')}).status >= 400);
    CHECK(scene.held(true, scene.bystander) == before);
}

namespace {

/// An endpoint over the same files whose disk takes nothing more.
storage::ChangesetStore ailing(const Border& border, const char* pragma) {
    const auto secret = want(storage::read_key(storage::key_file_in(border.data)));
    auto db = want(storage::open_database(storage::truth_in(border.data), secret));
    want(db.run_script(pragma));
    return want(storage::ChangesetStore::over(std::move(db), border.clock.clock(), border.entropy));
}

// A page count below that of the database is taken as the one that it has.
constexpr const char* kFull = "PRAGMA max_page_count = 1";
constexpr const char* kReadOnly = "PRAGMA query_only = ON";

}  // namespace

TEST_CASE("an endpoint that is full or may not be written refuses as such, and loses nothing",
          "[sync][matrix]") {
    struct Row {
        const char* what;
        const char* pragma;
        sync::Refusal reason;
        int status;
    };
    for (const Row& row : {Row{"full", kFull, sync::Refusal::full, 507},
                           Row{"read-only", kReadOnly, sync::Refusal::unavailable, 503}}) {
        INFO(row.what);
        Scene scene;
        Device& by = scene.bystander;
        const AuditId id = scene.new_audit();
        std::vector<storage::Action> large{storage::AuditCreated{{"f"}, "1", "An audit"}};
        for (int i = 0; i < 200; ++i)
            large.push_back(
                storage::AnswerGiven{"/f/q" + std::to_string(i),
                                     to_hex(noise(1'000, static_cast<std::uint64_t>(i))),
                                     {}});
        const std::string bytes =
            scene.sealed(by, by.next, scene.clock.clock().now(), id.text, std::move(large));
        const Held before = scene.held(true, by);
        storage::ChangesetStore store = ailing(scene, row.pragma);
        sync::Service service{store, scene.clock.clock()};
        const std::string request =
            sync::encode(sync::ExchangeRequest{scene.north, by.id(),
                                               sync::Moment::at(*scene.clock.now, scene.entropy),
                                               sync::Offer{{}, {bytes}, 0}},
                         by.key);
        const sync::Answer answer = service.handle({"POST", "/v1/exchange", request});
        CHECK(answer.status == row.status);
        CHECK(answer.retry_after.has_value());
        const auto reply = want(sync::decode_reply(answer.body, request, store.key().public_key()));
        REQUIRE(std::holds_alternative<sync::Refused>(reply));
        CHECK(std::get<sync::Refused>(reply).reason == row.reason);

        const auto file = bundle_of(scene, by, in_home(by, bytes));
        const auto imported = sync::import_bundles(
            {store, nullptr, scene.clock.clock(), scene.entropy}, {file}, kGoOn);
        CHECK((code_of(imported) == ErrorCode::full) == (row.reason == sync::Refusal::full));
        CHECK(scene.held(true, by) == before);

        // With room again all of it comes in, by either way.
        CHECK(heard_of(want(sync::import_bundles(scene.central(), {file}, kGoOn))).quarantined ==
              0);
        CHECK(scene.service.handle({"POST", "/v1/exchange", request}).status == 200);
        CHECK(scene.number_of(true, by) == 1);
    }
}

TEST_CASE("a laptop that is full says so at its door and of a bundle, and loses nothing",
          "[sync][matrix]") {
    Scene scene;
    Device& by = scene.bystander;
    std::vector<storage::Action> large{storage::AuditCreated{{"f"}, "1", "An audit"}};
    for (int i = 0; i < 200; ++i)
        large.push_back(storage::AnswerGiven{
            "/f/q" + std::to_string(i), to_hex(noise(1'000, static_cast<std::uint64_t>(i))), {}});
    const std::string bytes = scene.sealed(by, by.next, scene.clock.clock().now(),
                                           scene.new_audit().text, std::move(large));
    const auto file = bundle_of(scene, by, in_home(by, bytes));
    const std::string request =
        sync::encode(sync::ExchangeRequest{scene.north, by.id(),
                                           sync::Moment::at(*scene.clock.now, scene.entropy),
                                           sync::Offer{{}, {bytes}, 0}},
                     by.key);
    const Held before = scene.held(false, by);
    sync::DoorService door{scene.laptop, std::string(32, 'p')};
    want(scene.laptop.database().run_script(kFull));
    const sync::Answer answer = door.handle({"POST", "/v1/exchange", request});
    CHECK(answer.status == 507);
    CHECK(code_of(sync::import_bundles(scene.laptop, {file}, kGoOn)) == ErrorCode::full);
    CHECK(scene.held(false, by) == before);

    want(scene.laptop.database().run_script("PRAGMA max_page_count = 1000000"));
    CHECK(door.handle({"POST", "/v1/exchange", request}).status == 200);
    CHECK(scene.number_of(false, by) == 1);
}

}  // namespace bordereau::test
