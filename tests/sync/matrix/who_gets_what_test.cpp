// Who is given what, by every way there is: exactly what a membership covers, and not a word more.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "storage/registers.h"
#include "sync/blob_protocol.h"
#include "tests/sync/matrix/border.h"

namespace bordereau::test {
namespace {

using storage::ChainId;
using storage::Role;

enum class Kind { people_and_forms, own_audits, reviews_on_own, named_home, others, registers };
using Kinds = std::set<Kind>;

const Kinds kOfficers{Kind::people_and_forms, Kind::own_audits, Kind::reviews_on_own};
const Kinds kOfficersWithHome{Kind::people_and_forms, Kind::own_audits, Kind::reviews_on_own,
                              Kind::named_home};
const Kinds kAll{Kind::people_and_forms, Kind::own_audits, Kind::reviews_on_own,
                 Kind::named_home,       Kind::others,     Kind::registers};
const Kinds kNothing{};

enum class Standing { member, expired, revoked, of_another_team, stranger };

struct Row {
    const char* who;
    Role role;
    Standing standing;
    bool with_home;  // of the other officer
    const Kinds& gets;
};

const Row kRows[]{
    {"an officer", Role::officer, Standing::member, false, kOfficers},
    {"an officer whose certificate names another home", Role::officer, Standing::member, true,
     kOfficersWithHome},
    {"a supervisor", Role::supervisor, Standing::member, false, kAll},
    {"an administrator", Role::administrator, Standing::member, false, kAll},
    {"a supervisor whose membership is over", Role::supervisor, Standing::expired, false, kNothing},
    {"an administrator who was revoked", Role::administrator, Standing::revoked, false, kNothing},
    {"a supervisor of another team", Role::supervisor, Standing::of_another_team, false, kNothing},
    {"a stranger", Role::administrator, Standing::stranger, false, kNothing},
};

/// What somebody was given; or the reason why nothing.
struct Got {
    std::set<ChainId> chains;
    std::set<std::string> files;  // hashes
    std::string refused;
};

/// A border post with work of everybody's in it, and who asks for it.
struct Post : Border {
    Device other = member();
    std::vector<Device> asking;
    std::map<std::string, LaneId> named;  // files, by hash

    Post() {
        for (const Row& row : kRows) asking.push_back(newcomer(row));
        share();
        work_of(other);
        for (std::size_t i = 0; i < std::size(kRows); ++i)
            if (is_of_team(kRows[i])) work_of(asking[i]);
        const AuditId own = audit_with_file(laptop, "a photo of the laptop's own");
        keep("a photo of the laptop's own", storage::lane_of_home(laptop.device()));
        want(storage::Reviews{laptop}.comment(own, "", "for the supervisors"));
        want(storage::Registers{laptop}.put("unit", "post 7", "{}"));
        *clock.now += 2 * kHour;
        for (std::size_t i = 0; i < std::size(kRows); ++i)
            if (kRows[i].standing == Standing::revoked) revoke(asking[i]);
        share();
    }

    Kind kind_of(const ChainId& chain, const Device& asker) const {
        if (chain.lane == storage::kCommonLane) return Kind::people_and_forms;
        if (chain.lane == storage::kSupervisorsLane) return Kind::registers;
        if (chain.lane == other.home()) return Kind::named_home;
        if (chain.lane != asker.home()) return Kind::others;
        return chain.device == asker.id() ? Kind::own_audits : Kind::reviews_on_own;
    }
    std::set<ChainId> chains_for(const Row& row, const Device& asker) const {
        std::set<ChainId> chains;
        for (const auto& [chain, end] : want(store.vector(north)))
            if (row.gets.contains(kind_of(chain, asker))) chains.insert(chain);
        return chains;
    }
    std::set<std::string> files_for(const Row& row, const Device& asker) const {
        std::set<std::string> hashes;
        for (const auto& [hash, lane] : named)
            if (row.gets.contains(kind_of({asker.id(), lane}, asker))) hashes.insert(hash);
        return hashes;
    }

private:
    static constexpr Millis kHour = 3'600'000;

    static bool is_of_team(const Row& row) {
        return row.standing != Standing::of_another_team && row.standing != Standing::stranger;
    }
    Device newcomer(const Row& row) {
        Device made = device();
        storage::Membership membership{{}, made.key.public_key(), row.who, row.role};
        if (row.with_home) membership.homes = {other.id()};
        if (row.standing == Standing::expired) membership.valid_until = clock.clock().now() + kHour;
        if (is_of_team(row)) certify(membership);
        if (row.standing == Standing::of_another_team)
            want(store.admit(south, {made.key.public_key(), row.who, row.role, {}}));
        return made;
    }
    void revoke(const Device& device) {
        storage::Membership membership{{}, device.key.public_key(), "revoked", Role::administrator};
        membership.serial = 2;
        membership.revoked = true;
        membership.counts_to = {{device.home(), 1}};
        certify(membership);
    }
    // An audit with a photo, and a reviewer's word on it.
    void work_of(Device& by) {
        const AuditId id = new_audit();
        const std::string bytes = next_audit(by, id);
        for (const auto& receipt : want(laptop.journal().receive({&bytes, 1})))
            REQUIRE(receipt.reception == storage::Reception::applied);
        want(storage::Reviews{laptop}.comment(id, "", "a word on it"));
        keep("a photo of " + id.text, by.home());
    }
    void keep(const std::string& bytes, const LaneId& lane) {
        named.emplace(hash_of(bytes), lane);
        want(files.put(hash_of(bytes), bytes));
        want(storage::Attachments{laptop}.put_bytes(hash_of(bytes), bytes));
    }
};

/// Asks for everything of a team, as whoever has the key would who wants more than is theirs.
struct Asking {
    const Post& post;
    const Device& asker;
    TeamId team;
    std::string answerer;  // public key
    const Answering& answering;

    Got everything() const {
        Got got;
        ask_for_changesets(got);
        ask_for_files(got);
        return got;
    }

private:
    sync::Moment now() const { return sync::Moment::at(*post.clock.now, post.entropy); }

    void ask_for_changesets(Got& got) const {
        const std::string request = sync::encode(
            sync::ExchangeRequest{team, asker.id(), now(), sync::Offer{{}, {}, sync::kBatchBytes}},
            asker.key);
        const auto reply =
            want(sync::decode_reply(answering("/v1/exchange", request), request, answerer));
        if (const auto* refused = std::get_if<sync::Refused>(&reply)) {
            got.refused = sync::name_of(refused->reason);
            return;
        }
        const auto& holding = std::get<sync::Holding>(reply);
        for (const std::string& bytes : holding.changesets)
            got.chains.insert(want(storage::read_head(bytes)).chain);
        std::set<ChainId> told;
        for (const auto& [chain, end] : holding.vector) told.insert(chain);
        CHECK(told == got.chains);  // not even told what there is
    }
    void ask_for_files(Got& got) const {
        std::vector<std::string> hashes, digests;
        for (const auto& [hash, lane] : post.named) {
            hashes.push_back(hash);
            digests.push_back(from_hex(hash).value());
        }
        sync::Get get;
        for (const std::string& digest : digests) get.files.push_back({digest, 0});
        const auto given = ask(get);
        const auto held = ask(sync::Have{digests});
        if (std::holds_alternative<sync::Refused>(given)) {
            CHECK(std::holds_alternative<sync::Refused>(held));
            CHECK(got.refused == sync::name_of(std::get<sync::Refused>(given).reason));
            return;
        }
        for (std::size_t i = 0; i < hashes.size(); ++i) {
            const bool here = !std::get<sync::Given>(given).files.at(i).bytes.empty();
            CHECK((std::get<sync::HeldBytes>(held).held.at(i) > 0) == here);
            if (here) got.files.insert(hashes[i]);
        }
    }
    sync::BlobReply ask(auto content) const {
        const std::string request =
            sync::encode(sync::BlobRequest{team, asker.id(), now(), std::move(content)}, asker.key);
        return want(sync::decode_blob_reply(answering("/v1/blob", request), request, answerer));
    }
};

/// Opens what a key opens of a bundle.
Got opened(const std::vector<std::filesystem::path>& bundle, const Post& post,
           const Device& asker) {
    Got got;
    sync::Holdings holdings{
        [] { return Result<storage::VersionVector>{storage::VersionVector{}}; },
        [](const storage::VersionVector&, std::size_t) {
            return Result<std::vector<storage::StoredChangeset>>{
                std::vector<storage::StoredChangeset>{}};
        },
        [&got](std::span<const std::string> all) -> Result<std::vector<storage::Receipt>> {
            for (const std::string& bytes : all)
                got.chains.insert(want(storage::read_head(bytes)).chain);
            return std::vector<storage::Receipt>(all.size());
        }};
    sync::Blobs blobs = sync::no_blobs();
    blobs.put = [&got](std::string_view hash, std::string_view) -> Result<bool> {
        got.files.insert(to_hex(hash));
        return true;
    };
    const sync::BundleTaker taker{post.north,
                                  &asker.key,
                                  std::move(holdings),
                                  std::move(blobs),
                                  [](std::string_view) -> Result<bool> { return true; },
                                  true,
                                  [](const sync::BundleReceipt&) { return done(); }};
    std::vector<sync::BundlePart> parts;
    for (const auto& file : bundle) parts.push_back(want(sync::BundleParts::open_part(file)));
    auto whole = want(sync::BundleParts::of(std::move(parts)));
    want(whole.find_blocks(kGoOn));
    const auto taken = want(sync::take_bundle(whole, taker, kGoOn));
    CHECK(taken.damaged == 0);
    if (taken.refusal == sync::BundleRefusal::not_for_us) got.refused = "not-for-us";
    return got;
}

void check_each(const Post& post, const char* refusal,
                const std::function<Got(const Device& asker)>& given_to) {
    for (std::size_t i = 0; i < std::size(kRows); ++i) {
        INFO(kRows[i].who);
        const Got got = given_to(post.asking[i]);
        CHECK(got.chains == post.chains_for(kRows[i], post.asking[i]));
        CHECK(got.files == post.files_for(kRows[i], post.asking[i]));
        CHECK(got.refused == (kRows[i].gets.empty() ? refusal : ""));
    }
}

}  // namespace

TEST_CASE("over HTTP an endpoint gives each device what its membership covers, and no other",
          "[sync][matrix]") {
    Post post;
    const std::string endpoint = post.store.key().public_key();
    const Answering answering = at_endpoint(post);
    check_each(post, "not-a-member", [&](const Device& asker) {
        return Asking{post, asker, post.north, endpoint, answering}.everything();
    });
    for (std::size_t i = 0; i < std::size(kRows); ++i) {
        INFO(kRows[i].who << ", of the southern team");
        const Got got = Asking{post, post.asking[i], post.south, endpoint, answering}.everything();
        const bool theirs = kRows[i].standing == Standing::of_another_team;
        CHECK(got.chains.empty() == !theirs);
        CHECK(got.files.empty());
        for (const auto& [chain, end] : want(post.store.vector(post.north)))
            CHECK((!got.chains.contains(chain) ||
                   chain.device == storage::crypto::device_id(endpoint)));
    }
}

TEST_CASE("at its door a laptop gives each device what its membership covers, and no other",
          "[sync][matrix]") {
    Post post;
    sync::DoorService door{post.laptop, std::string(32, 'p')};
    const Answering answering = at_door(door);
    check_each(post, "not-a-member", [&](const Device& asker) {
        return Asking{post, asker, post.north, post.laptop.device_key().public_key(), answering}
            .everything();
    });
}

TEST_CASE("of a bundle each device opens what its membership covers, and no other",
          "[sync][matrix]") {
    Post post;
    const auto check_bundle = [&post](const sync::BundleMade& made) {
        CHECK(made.without == 0);
        check_each(post, "not-for-us",
                   [&](const Device& asker) { return opened(made.files, post, asker); });
    };
    SECTION("a laptop's") {
        check_bundle(want(
            sync::export_bundle(post.laptop, {post.folder.path() / "stick", {}, false, 0}, kGoOn)));
    }
    SECTION("an endpoint's") {
        check_bundle(
            want(sync::export_bundle(post.central(), "Crossing North",
                                     {post.folder.path() / "stick", {}, false, 0}, kGoOn)));
    }
}

}  // namespace bordereau::test
