// sync/replica.h - what an exchange needs of each side: its changesets of one team.
// Functions, so that a notebook, an endpoint and a set in memory are all the same to it.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/journal/log.h"

namespace bordereau::storage {
class ChangesetStore;
class Notebook;
}  // namespace bordereau::storage

namespace bordereau::sync {

/// Changesets by chain and number.
using Numbered = std::vector<std::pair<storage::ChainId, std::int64_t>>;

/// The changesets that one side holds.
struct Holdings {
    std::function<Result<storage::VersionVector>()> vector;
    /// Those beyond `theirs`, each device's in order, until `bytes` is passed; at least one.
    std::function<Result<std::vector<storage::StoredChangeset>>(
        const storage::VersionVector& theirs, std::size_t bytes)>
        missing;
    /// Takes changesets in; durable when it returns. One receipt each, in order.
    std::function<Result<std::vector<storage::Receipt>>(std::span<const std::string>)> receive;
};

/// The asking side: also remembers what the other one has acknowledged.
struct Replica {
    Holdings holdings;
    std::function<Result<storage::VersionVector>()> acknowledged;
    /// Durable when it returns.
    std::function<Status(const storage::VersionVector&)> acknowledge;
    /// Told, where it is there, what goes into a request; missing() may have been asked long
    /// before.
    std::function<void(const Numbered&)> offered = {};
};

/// A notebook's side towards the endpoint of that name (see outbox_name()). The notebook must
/// outlive it and stay on one thread.
Replica replica_of(storage::Notebook& notebook, std::string endpoint);

/// The same towards another laptop of the team: nothing that it may not hold is told or given.
/// `peer` names it in the outbox.
Replica replica_of(storage::Notebook& notebook, std::string peer, DeviceId member);

/// What a notebook holds for another member of its team: only lanes that the memberships of both
/// cover, as this notebook knows them; nothing for a device that it does not know. The notebook
/// must outlive it and stay on one thread.
Holdings holdings_of(storage::Notebook& notebook, DeviceId member);

/// All that an endpoint holds of one team.
Holdings holdings_of(storage::ChangesetStore& store, TeamId team);

/// What an endpoint holds of one team for one of its members: only the lanes that the membership
/// covers. The store must outlive it and stay on one thread.
Holdings holdings_of(storage::ChangesetStore& store, TeamId team, DeviceId member);

}  // namespace bordereau::sync
