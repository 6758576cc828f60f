// sync/circle.h - who may hold what of a team, and what one side keeps of it: what bundles are made
// for and from, at a notebook and at an endpoint.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "sync/bundle_writer.h"
#include "sync/replica.h"

namespace bordereau::storage {
class ChangesetStore;
class KeptFiles;
class Notebook;
}  // namespace bordereau::storage

namespace bordereau::sync {

/// Who belongs to a team and may hold what, as one side knows it now.
struct Circle {
    /// Public keys of those who may hold what lies in a lane, this side among them.
    std::function<Result<std::vector<std::string>>(const LaneId&)> receivers;
    /// Whether a device of this public key is a member.
    std::function<Result<bool>(std::string_view public_key)> knows;
    bool learns = false;  ///< certificates tell members from strangers: see BundleTaker
};

/// The notebook must outlive it and stay on one thread. The endpoint that it has joined is a
/// receiver of every lane.
Circle circle_of(storage::Notebook& notebook);
/// The store must outlive it and stay on one thread.
Circle circle_of(storage::ChangesetStore& store, const TeamId& team, const Clock& clock);

/// The attachments of a notebook, which must outlive it and stay on one thread.
Blobs blobs_of(storage::Notebook& notebook);
/// Those of one team at an endpoint. Taken is only what an audit names that the bringer may hold.
/// Both must outlive it; the store's thread only.
Blobs blobs_of(storage::ChangesetStore& store, storage::KeptFiles& files, const TeamId& team,
               const DeviceId& bringer);

}  // namespace bordereau::sync
