// storage/journal/log.h - the changesets of many teams and devices, and what can be asked of them.
// Used alike by a notebook and by an endpoint. Knows no keys: it verifies, it does not sign.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/journal/chain.h"
#include "storage/journal/changeset.h"
#include "storage/sqlite/database.h"

namespace bordereau::storage {

/// How far beyond one's own clock a stamp may lie: a laptop's clock may be off; a day is more than
/// time zones and less than a mistyped year.
constexpr Millis kMostAhead = Millis{24} * 60 * 60 * 1000;

/// A changeset in the log, as it travels.
struct StoredChangeset {
    ChainId chain;
    std::int64_t number = 0;
    std::string bytes;
};

enum class Reception {
    applied,     ///< new: kept and folded
    duplicate,   ///< held already
    waiting,     ///< kept aside until its predecessor arrives
    quarantined  ///< kept as evidence, not applied
};

/// Why a changeset lies in quarantine.
enum class Fault {
    damaged,      ///< not a changeset, or its signature does not hold
    newer,        ///< of a format that this program does not know
    other_team,   ///< not of the team it was offered to
    fork,         ///< same device and number as one held, but another content: a cloned device
    broken_link,  ///< does not follow the changeset before it
    ahead,        ///< stamped far in the future: a clock is wrong here or there
    missing,      ///< of a break only: something else speaks of it, and it is not there
    not_of_log    ///< of a break only: a table that screens read differs from what the log gives
};

/// "damaged", "newer", "other-team", "fork", "broken-link", "ahead", "missing", "not-of-log".
std::string_view name_of(Fault fault);

struct Receipt {
    Reception reception = Reception::applied;
    ChainId chain;  ///< empty where the bytes could not be read
    std::int64_t number = 0;
    std::optional<Fault> fault;
};

/// Something refused, kept for a person to look at.
struct Quarantined {
    ChainId chain;
    std::int64_t number = 0;
    Fault fault = Fault::damaged;
    Millis received_at = 0;
    std::int64_t size = 0;
};

/// The first place where a notebook does not hold together.
struct Break {
    TeamId team;
    ChainId chain;
    std::int64_t number = 0;
    Fault fault = Fault::damaged;
    std::string table = "changeset";  ///< where it was found
    std::string row = {};  ///< its first key column, where that is not a changeset's place
};

class Log {
public:
    explicit Log(sqlite::Database& db) : db_(db) {}

    Result<VersionVector> vector(const TeamId& team) const;

    /// Changesets of `team` beyond `theirs`, each chain's in order, until `byte_limit` is passed
    /// (at least one if there is any). A chain of which they hold another content is given from its
    /// beginning, so that they see where it parts.
    Result<std::vector<StoredChangeset>> missing(const TeamId& team, const VersionVector& theirs,
                                                 std::size_t byte_limit) const;

    /// Verifies, keeps and folds each, all in one transaction that is on disk when this returns.
    /// A bad one is quarantined and does not disturb the others. `now` bounds future stamps.
    Result<std::vector<Receipt>> receive(const TeamId& team, std::span<const std::string> bytes,
                                         Millis now);

    /// Keeps a changeset of one's own that was just sealed, and folds it. Inside the caller's
    /// transaction.
    Status append(const sqlite::Transaction& open, Changeset changeset, std::string_view bytes);

    /// Position of the next changeset of a chain.
    Result<ChainLink> next_link(const TeamId& team, const ChainId& chain) const;

    /// Walks every chain: signatures, links, numbers, ends; then whatever else names changesets or
    /// keeps them aside. Nothing: all holds. Limits: whoever has the notebook's key can read this
    /// device's signing key in it, and write a log of its own that holds together; other devices'
    /// chains, and what others have of ours, cannot be forged.
    Result<std::optional<Break>> verify() const;

    /// Folds the log again in a transaction that is rolled back, and names the first row of a fold
    /// that comes out otherwise. `then` as for rebuild(). Takes as long as a rebuild.
    Result<std::optional<Break>> verify_folds(
        const std::function<Status(const sqlite::Transaction&)>& then);

    /// Drops all folds and folds the whole log again, in one transaction.
    /// `then` runs at the end of it, for changes that are not in the log yet.
    Status rebuild(const std::function<Status(const sqlite::Transaction&)>& then);

    /// BLAKE2b-256 over the rows of every fold, in key order: equal logs give equal digests.
    Result<std::string> fold_digest() const;

    Result<std::vector<Quarantined>> quarantine(const TeamId& team) const;

    /// Greatest stamp in the log; zero where it is empty.
    Result<Stamp> last_stamp() const;

private:
    struct Arrival;
    Result<Receipt> receive_one(const Arrival& arrival);
    Result<Receipt> place(const Arrival& arrival, const ChangesetHead& head);
    Result<Receipt> compare(const Arrival& arrival, const ChangesetHead& head);
    Result<Receipt> keep_for_later(const Arrival& arrival, const ChangesetHead& head);
    Result<Receipt> quarantine_as(const Arrival& arrival, const ChangesetHead& head, Fault fault);
    Result<std::int64_t> shared_part(const TeamId& team, const ChainId& chain,
                                     const ChainEnd& theirs) const;
    Status receive_waiting(const Arrival& arrival, const ChangesetHead& head);
    Result<std::optional<Break>> verify_chain_ends() const;
    Result<std::optional<Break>> verify_mentions() const;
    Result<std::optional<Break>> verify_kept_aside() const;
    Status fold_again(const sqlite::Transaction& open,
                      const std::function<Status(const sqlite::Transaction&)>& then);

    sqlite::Database& db_;
};

}  // namespace bordereau::storage
