// storage/journal/changeset.h - the signed batch of changes that travels. Immutable once sealed.
//
// Bytes: Ed25519 signature (64) followed by the body, deterministic CBOR:
//   [1, team, public key (32), lane, number, previous digest (32, or empty for number 1),
//    greatest stamp, change count, zstd of the change table]
// The signature covers "bordereau changeset" and the body; the digest is BLAKE2b-256 of the body.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/crypto/sign.h"
#include "storage/journal/chain.h"
#include "storage/journal/change.h"

namespace bordereau::storage {

constexpr std::size_t kMaxChangesetBytes = std::size_t{16} << 20;

/// What the outside of a changeset says: enough to route, order and verify it without reading
/// changes.
struct ChangesetHead {
    TeamId team;
    ChainId chain;            ///< the device is derived from the public key
    std::string public_key;   ///< 32 raw bytes
    std::int64_t number = 0;  ///< 1, 2, ... per team and chain
    std::string previous;     ///< digest of number - 1; empty for number 1
    Stamp last;               ///< greatest stamp inside
    std::int64_t changes = 0;
    std::string digest;  ///< of this changeset, 32 raw bytes
};

struct Changeset {
    ChangesetHead head;
    std::vector<Change> changes;  ///< sorted by subject, then version; unknown kinds left out
};

/// Where a new changeset goes in its chain.
struct ChainLink {
    TeamId team;
    LaneId lane;
    std::int64_t number = 1;
    std::string previous;
};

/// Encodes and signs. `changes` must all be of the key's device. refused: too large for one
/// changeset.
Result<std::string> seal_changeset(const ChainLink& link, const crypto::SigningKey& key,
                                   std::vector<Change> changes);

/// Reads the outside and checks the signature. corrupt: damaged, forged or too large;
/// refused: of a format that only a newer program knows.
Result<ChangesetHead> read_head(std::string_view bytes);

/// The changes of a changeset whose head was read before: the signature is not checked again.
/// corrupt: not a change table, or a change claims another device.
Result<std::vector<Change>> read_changes(const ChangesetHead& head, std::string_view bytes);

/// read_head() and read_changes().
Result<Changeset> read_changeset(std::string_view bytes);

}  // namespace bordereau::storage
