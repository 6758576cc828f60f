// storage/journal/receipt.h - what became of a changeset that arrived.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "storage/journal/chain.h"

namespace bordereau::storage {

enum class Reception {
    applied,      ///< new: kept and folded
    duplicate,    ///< held already
    waiting,      ///< kept aside until its predecessor, or its device's membership, arrives
    quarantined,  ///< kept as evidence, not applied
    turned_away   ///< as quarantined, but there is no more room for evidence: not kept
};

/// Whether a changeset was refused, with a fault, and nothing of it counts.
inline bool is_refusal(Reception reception) {
    return reception == Reception::quarantined || reception == Reception::turned_away;
}

/// Why a changeset was refused.
enum class Fault {
    damaged,      ///< not a changeset, or its signature does not hold
    newer,        ///< of a format that this program does not know
    other_team,   ///< not of the team it was offered to
    fork,         ///< same chain and number as one held, but another content: a cloned device
    broken_link,  ///< does not follow the changeset before it
    ahead,        ///< stamped far in the future: a clock is wrong here or there
    revoked,      ///< sealed after its device was no member any more
    beyond_role,  ///< sealed where its device has nothing to say
    missing,      ///< of a break only: something else speaks of it, and it is not there
    not_of_log    ///< of a break only: a table that screens read differs from what the log gives
};

/// "damaged", "newer", "other-team", "fork", "broken-link", "ahead", "revoked", "beyond-role",
/// "missing", "not-of-log".
std::string_view name_of(Fault fault);

struct Receipt {
    Reception reception = Reception::applied;
    ChainId chain;  ///< empty where the bytes could not be read
    std::int64_t number = 0;
    std::optional<Fault> fault;
    bool changed = false;  ///< whether anything is kept for it that was not there before
};

}  // namespace bordereau::storage
