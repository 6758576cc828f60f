#include "sync/circle.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "storage/attachments.h"
#include "storage/base/text.h"
#include "storage/changeset_store.h"
#include "storage/kept_files.h"
#include "storage/named_files.h"
#include "storage/notebook.h"
#include "storage/settings.h"
#include "storage/teams.h"
#include "sync/peer.h"

namespace bordereau::sync {
namespace {

namespace crypto = storage::crypto;
using storage::Notebook;
using Keys = std::vector<std::string>;

constexpr std::size_t kHashText = 64;

// What members hold of a lane. A membership that is over holds nothing.
Keys holders(const std::vector<storage::Membership>& members, const LaneId& lane, Millis now) {
    Keys keys;
    for (const storage::Membership& member : members) {
        const bool over = member.valid_until != 0 && now >= member.valid_until;
        if (!member.revoked && !over && storage::covers(member, lane))
            keys.push_back(member.public_key);
    }
    return keys;
}

bool is_member(const std::vector<storage::Membership>& members, std::string_view public_key) {
    return std::ranges::any_of(members, [&](const storage::Membership& member) {
        return member.public_key == public_key && !member.revoked;
    });
}

// A team without a key of its own knows its devices by what they said of themselves.
Result<Keys> devices_of(Notebook& notebook) {
    const auto devices = storage::Teams{notebook}.devices();
    if (!devices) return devices.error();
    Keys keys;
    for (const storage::Device& device : *devices)
        if (crypto::device_id(device.public_key) == device.id) keys.push_back(device.public_key);
    return keys;
}

Result<Keys> holders_in(Notebook& notebook, const LaneId& lane) {
    if (!crypto::is_keyed(notebook.team())) return devices_of(notebook);
    const auto admission = notebook.journal().admission();
    if (!admission) return admission.error();
    return holders(admission->members(), lane, notebook.clock().now());
}

Result<Keys> with_endpoint(Notebook& notebook, Result<Keys> keys) {
    if (!keys) return keys;
    const auto peer = remembered_peer(storage::Settings{notebook});
    if (!peer) return peer.error();
    if (*peer && std::ranges::find(*keys, (*peer)->public_key) == keys->end())
        keys->push_back((*peer)->public_key);
    return keys;
}

}  // namespace

Circle circle_of(Notebook& notebook) {
    return {[&notebook](const LaneId& lane) {
                return with_endpoint(notebook, holders_in(notebook, lane));
            },
            [&notebook](std::string_view public_key) -> Result<bool> {
                const auto keys =
                    with_endpoint(notebook, holders_in(notebook, storage::kCommonLane));
                if (!keys) return keys.error();
                return std::ranges::find(*keys, public_key) != keys->end();
            },
            crypto::is_keyed(notebook.team())};
}

Circle circle_of(storage::ChangesetStore& store, const TeamId& team, const Clock& clock) {
    return {[&store, team, clock](const LaneId& lane) -> Result<Keys> {
                const auto members = store.members(team);
                if (!members) return members.error();
                Keys keys = holders(*members, lane, clock.now());
                if (std::ranges::find(keys, store.key().public_key()) == keys.end())
                    keys.push_back(store.key().public_key());
                return keys;
            },
            [&store, team](std::string_view public_key) -> Result<bool> {
                const auto members = store.members(team);
                if (!members) return members.error();
                return is_member(*members, public_key);
            },
            crypto::is_keyed(team)};
}

namespace {

// Those that a changeset of an audit names, as 32 raw bytes.
Result<Keys> names_in(const storage::StoredChangeset& changeset) {
    auto hashes = storage::attachments_in(changeset.bytes);
    if (!hashes) return hashes.error();
    Keys raw;
    for (const std::string& hash : *hashes)
        if (auto bytes = from_hex(hash); bytes && bytes->size() * 2 == kHashText)
            raw.push_back(*std::move(bytes));
    return raw;
}

bool is_of_audits(const LaneId& lane) {
    return lane != storage::kCommonLane && lane != storage::kSupervisorsLane;
}

}  // namespace

Blobs blobs_of(storage::ChangesetStore& store, storage::KeptFiles& files, const TeamId& team,
               const DeviceId& bringer) {
    Blobs blobs;
    blobs.named = [](const storage::StoredChangeset& changeset) -> Result<Keys> {
        return is_of_audits(changeset.chain.lane) ? names_in(changeset) : Keys{};
    };
    blobs.get = [&files](std::string_view hash) { return files.get(to_hex(hash)); };
    blobs.put = [&store, &files, team, bringer](std::string_view hash,
                                                std::string_view bytes) -> Result<bool> {
        if (bytes.empty()) return false;
        const std::string name = to_hex(hash);
        const auto named = store.files_named(team, bringer, {&name, 1});
        if (!named) return named.error();
        if (!named->contains(name))
            return Error{ErrorCode::corrupt, "a file that no audit of its bringer names"};
        const bool was_here = files.has(name);
        const Status kept = files.put(name, bytes);
        return kept ? Result<bool>{!was_here} : Result<bool>{kept.error()};
    };
    blobs.missing = [&store, &files, team]() -> Result<BlobsByLane> {
        const auto named = store.files_named(team);
        if (!named) return named.error();
        BlobsByLane raw;
        for (const storage::NamedFile& file : *named)
            if (!files.has(file.hash))
                if (auto bytes = from_hex(file.hash)) raw[file.lane].insert(*std::move(bytes));
        return raw;
    };
    return blobs;
}

Blobs blobs_of(Notebook& notebook) {
    using Sources = std::set<std::pair<storage::ChainId, std::int64_t>>;
    const auto sources = std::make_shared<std::optional<Sources>>();
    Blobs blobs;
    blobs.named = [&notebook, sources](const storage::StoredChangeset& changeset) -> Result<Keys> {
        if (!*sources) {
            auto found = storage::changesets_of_attachments(notebook);
            if (!found) return found.error();
            *sources = *std::move(found);
        }
        if (!(*sources)->contains({changeset.chain, changeset.number})) return Keys{};
        return names_in(changeset);
    };
    blobs.get = [&notebook](std::string_view hash) {
        return storage::Attachments{notebook}.get_bytes(to_hex(hash));
    };
    blobs.put = [&notebook](std::string_view hash, std::string_view bytes) {
        return storage::Attachments{notebook}.put_bytes(to_hex(hash), bytes);
    };
    blobs.missing = [&notebook]() -> Result<BlobsByLane> {
        const auto hashes = storage::Attachments{notebook}.missing();
        if (!hashes) return hashes.error();
        const auto lanes = storage::lanes_of_attachments(notebook, *hashes);
        if (!lanes) return lanes.error();
        BlobsByLane raw;
        for (const auto& [lane, named] : *lanes)
            for (const std::string& hash : named)
                if (auto bytes = from_hex(hash)) raw[lane].insert(*std::move(bytes));
        return raw;
    };
    return blobs;
}

}  // namespace bordereau::sync
