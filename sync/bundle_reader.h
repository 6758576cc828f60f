// sync/bundle_reader.h - takes in what a bundle holds for this device: whatever is whole of it, in
// any order, any number of times. Everything that comes from outside is bounded before it is
// believed. Memory stays at a block and the largest attachment.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/crypto/sign.h"
#include "sync/bundle_format.h"
#include "sync/bundle_parts.h"
#include "sync/bundle_writer.h"

namespace bordereau::sync {

/// Why nothing of a bundle was taken in.
enum class BundleRefusal : std::uint8_t {
    other_team,  ///< made for another team
    stranger,    ///< made by a device that is no member
    not_for_us   ///< sealed for other devices of the team
};

/// Who takes a bundle in, and where to.
struct BundleTaker {
    TeamId team;
    const storage::crypto::SigningKey* key = nullptr;  ///< outlives the taking
    Holdings holdings;
    Blobs blobs;
    /// Whether a device of this public key belongs to the team. Asked again after the common lane
    /// was taken in where that may tell: `learns`.
    std::function<Result<bool>(std::string_view public_key)> knows;
    /// Changesets of strangers have no effect in this team: then a bundle may introduce its maker.
    bool learns = false;
    /// What its maker held, by its own signature.
    std::function<Status(const BundleReceipt& receipt)> take_receipt;
};

struct BundleTaken {
    std::string id;
    std::string maker;  ///< public key
    Millis made_at = 0;
    std::optional<BundleRefusal> refusal;
    std::int64_t applied = 0;      ///< changesets that were new here
    std::int64_t known = 0;        ///< held already
    std::int64_t waiting = 0;      ///< their predecessors are not here
    std::int64_t quarantined = 0;  ///< kept as evidence, without effect
    std::int64_t turned_away = 0;  ///< refused as well, and not kept: there was no more room
    std::int64_t attachments = 0;  ///< that were new here
    std::int64_t receipts = 0;
    std::int64_t damaged = 0;     ///< blocks for this device that are not whole
    std::int64_t incomplete = 0;  ///< attachments of which something is damaged or missing
    bool whole = false;           ///< the end is here, signed, and nothing of it is missing
    std::vector<std::uint32_t> missing_parts;
    /// Everything in it for this device is here now.
    bool complete() const {
        return !refusal && whole && damaged == 0 && incomplete == 0 && waiting == 0 &&
               quarantined == 0 && turned_away == 0;
    }
};

/// Takes a bundle in. `parts.find_blocks()` has been called. What came in stays where it is
/// cancelled or fails later; taking the same again changes nothing. Errors: cancelled, and what
/// the holdings say (full, io).
Result<BundleTaken> take_bundle(const BundleParts& parts, const BundleTaker& taker,
                                const GoingOn& going_on);

}  // namespace bordereau::sync
