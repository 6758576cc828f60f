// storage/journal/changeset.h - the signed batch of changes that travels. Immutable once sealed.
//
// Bytes: Ed25519 signature (64) followed by the body, deterministic CBOR:
//   [1, team, public key (32), lane, number, previous digest (32, or empty for number 1),
//    greatest stamp, change count, change table]
// The digest is BLAKE2b-256 of the body; the signature covers "bordereau changeset" and the digest.
//
// That is its plain form. At rest, and on its way by itself, it is kept in fewer bytes: the last
// item is then two, the size of the table and zstd of it. How well a keeper compresses changes
// neither signature nor digest, and every keeper has the same plain form again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/crypto/sign.h"
#include "storage/journal/chain.h"
#include "storage/journal/change.h"
#include "storage/journal/table_columns.h"

namespace bordereau::storage {

constexpr std::size_t kMaxChangesetBytes = std::size_t{16} << 20;  ///< in either form
constexpr std::size_t kMaxTableBytes = std::size_t{64} << 20;
/// A table is kept plain where zstd leaves less of it than this part: so a few bytes never stand
/// for much work.
constexpr std::size_t kMostExpansion = 256;

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

/// A changeset with its table expanded.
class OpenChangeset {
public:
    const ChangesetHead& head() const { return head_; }
    /// Signature and plain body.
    const std::string& plain() const { return plain_; }
    std::string_view table() const { return std::string_view{plain_}.substr(table_at_); }
    std::string_view signature() const {
        return std::string_view{plain_}.substr(0, crypto::kSignatureSize);
    }
    bool signature_holds() const;
    /// The form for keeping: as it came, if that was one. refused: beyond kMaxChangesetBytes.
    Result<std::string> kept() const;
    /// Compresses ahead what kept() would have to.
    void compress_ahead();
    /// Whether nobody has to read its changes before they are folded, where that was looked at.
    std::optional<bool> can_wait;
    /// corrupt: not a change table, or a change claims another device.
    Result<std::vector<Change>> changes() const;

private:
    friend Result<OpenChangeset> expand_held(std::string_view bytes);
    friend Result<OpenChangeset> expand_changeset(std::string_view bytes);
    ChangesetHead head_;
    std::string plain_, kept_;
    std::size_t table_at_ = 0;  ///< the table is the end of the plain form
};

/// Reads either form; the signature is not checked. corrupt: damaged or too large;
/// refused: of a format that only a newer program knows.
Result<OpenChangeset> expand_changeset(std::string_view bytes);

/// The same of bytes out of a log, which has checked them: without digest.
Result<OpenChangeset> expand_held(std::string_view bytes);

/// expand_changeset() where the signature holds. corrupt: it does not.
Result<OpenChangeset> open_changeset(std::string_view bytes);

/// The plain form from its parts. `head` without digest.
std::string plain_changeset(std::string_view signature, const ChangesetHead& head,
                            std::string_view table);

/// The same, with the table still in its parts.
std::string plain_changeset(std::string_view signature, const ChangesetHead& head,
                            const TableColumns& table);

/// Encodes and signs, in the form for keeping. `changes` must all be of the key's device. refused:
/// too large for one changeset.
Result<std::string> seal_changeset(const ChainLink& link, const crypto::SigningKey& key,
                                   std::vector<Change> changes);

/// The head of open_changeset().
Result<ChangesetHead> read_head(std::string_view bytes);

/// What bytes say about where they belong; nothing of it is proved, and there is no digest.
/// corrupt, refused: as expand_changeset().
Result<ChangesetHead> read_address(std::string_view bytes);

/// The changes of a changeset that was opened before: the signature is not checked again.
/// corrupt: not a change table, or a change claims another device.
Result<std::vector<Change>> read_changes(const ChangesetHead& head, std::string_view bytes);

/// Head and changes of open_changeset().
Result<Changeset> read_changeset(std::string_view bytes);

/// By what refused bytes are known again, however they were compressed: BLAKE2b-256 of the plain
/// form, or of the bytes themselves where they are no changeset.
std::string name_of_evidence(std::string_view bytes);

}  // namespace bordereau::storage
