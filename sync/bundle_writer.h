// sync/bundle_writer.h - a bundle from what one side holds: changesets by lane, the attachments
// that they name, and receipts, each section sealed for those who may hold it. Memory stays at a
// block and the largest attachment, however much there is.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/base/uuid.h"
#include "storage/crypto/sign.h"
#include "storage/journal/log.h"
#include "sync/bundle_format.h"
#include "sync/bundle_parts.h"
#include "sync/replica.h"

namespace bordereau::sync {

/// Hashes of attachments (32 raw bytes) by the lane of the audits that name them.
using BlobsByLane = std::map<LaneId, std::set<std::string>>;

/// The attachments that one side holds. Hashes are 32 raw bytes.
struct Blobs {
    /// Hashes that a changeset names.
    std::function<Result<std::vector<std::string>>(const storage::StoredChangeset&)> named;
    /// not_found: not here; corrupt: damaged here.
    std::function<Result<std::string>(std::string_view hash)> get;
    /// Keeps it; durable when it returns; false: it was here. Null where none are kept: they are
    /// passed over.
    std::function<Result<bool>(std::string_view hash, std::string_view bytes)> put;
    /// Those that audits name and whose bytes are not here.
    std::function<Result<BlobsByLane>()> missing;
};

/// A side that keeps no attachments.
Blobs no_blobs();

/// Who makes a bundle, and of what.
struct BundleMaker {
    TeamId team;
    const storage::crypto::SigningKey* key = nullptr;  ///< outlives the making
    Holdings holdings;
    Blobs blobs;
    Clock clock;
    Entropy entropy;
};

/// What a bundle is to hold.
struct BundleOrder {
    std::filesystem::path file;
    std::int64_t number = 0;      ///< its how manyth of this maker; 0: not counted
    std::uint64_t part_size = 0;  ///< 0: as large as the file system takes
    /// Public keys of the devices that may hold what lies in a lane, without repetition.
    std::function<Result<std::vector<std::string>>(const LaneId&)> receivers;
    storage::VersionVector since;  ///< what all of them hold already
    BlobsByLane wanted;            ///< attachments that one of them lacks all the same
    bool contents = true;          ///< false: receipts only
};

struct BundleMade {
    std::string id;
    std::vector<std::filesystem::path> files;
    std::uint64_t bytes = 0;
    std::int64_t changesets = 0, attachments = 0, receivers = 0;
    std::int64_t without = 0;  ///< attachments that are named and not here
};

/// Writes it, reads it back, and gives it its name. Broken off, it leaves nothing.
///   not_found  no such folder          conflict  another file of this name is there
///   full       too little room         invalid   the parts are too small
///   corrupt    it does not read back: the stick is bad
///   cancelled, io, and what the holdings say
Result<BundleMade> write_bundle(const BundleMaker& maker, const BundleOrder& order,
                                const GoingOn& going_on);

}  // namespace bordereau::sync
