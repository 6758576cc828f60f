// sync/replica.h - what an exchange needs of the side that it runs on: its changesets of one team.
// Functions, so that a notebook, an endpoint and a set in memory are all the same to it.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "storage/base/result.h"
#include "storage/journal/log.h"

namespace bordereau::storage {
class Notebook;
}

namespace bordereau::sync {

struct Replica {
    /// What this side holds.
    std::function<Result<storage::VersionVector>()> vector;
    /// Changesets beyond `theirs`, each device's in order, until `bytes` is passed.
    std::function<Result<std::vector<storage::StoredChangeset>>(
        const storage::VersionVector& theirs, std::size_t bytes)>
        missing;
    /// Takes changesets in; durable when it returns. One receipt each, in order.
    std::function<Result<std::vector<storage::Receipt>>(std::span<const std::string>)> receive;
    /// What the other side has acknowledged so far.
    std::function<Result<storage::VersionVector>()> acknowledged;
    /// Keeps an acknowledgement; durable when it returns.
    std::function<Status(const storage::VersionVector&)> acknowledge;
};

/// A notebook's side towards the endpoint of that name (see outbox_name()). The notebook must
/// outlive it and stay on one thread.
Replica replica_of(storage::Notebook& notebook, std::string endpoint);

}  // namespace bordereau::sync
