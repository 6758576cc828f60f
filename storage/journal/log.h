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
#include "storage/journal/folding.h"
#include "storage/journal/receipt.h"
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
    /// What follows when the log has been folded again, in the same transaction.
    using Afterwards = std::function<Status(const sqlite::Transaction&)>;
    static Status nothing_more(const sqlite::Transaction&) { return done(); }

    explicit Log(sqlite::Database& db, Folding folding = Folding::at_once)
        : db_(db), folding_(folding) {}

    Result<VersionVector> vector(const TeamId& team) const;

    /// Changesets of `team` beyond `theirs`, each chain's in order, until `byte_limit` is passed
    /// (at least one if there is any). A chain of which they hold another content is given from its
    /// beginning, so that they see where it parts.
    Result<std::vector<StoredChangeset>> missing(const TeamId& team, const VersionVector& theirs,
                                                 std::size_t byte_limit) const;

    /// Verifies, keeps and folds each, all in one transaction that is on disk when this returns.
    /// A bad one is quarantined and does not disturb the others; one of a device that is no member
    /// yet waits. `now` bounds future stamps. `then` as in rebuild(), which a change of membership
    /// may need. `own` as in Intake.
    Result<std::vector<Receipt>> receive(const TeamId& team, std::span<const std::string> bytes,
                                         Millis now, const Afterwards& then = nothing_more,
                                         const DeviceId& own = {});

    /// The same inside the caller's transaction, so that several may share one.
    Result<std::vector<Receipt>> receive_in(const sqlite::Transaction& open, const TeamId& team,
                                            std::span<const std::string> bytes, Millis now,
                                            const Afterwards& then = nothing_more,
                                            const DeviceId& own = {});

    /// Draws the consequences of a membership that was recorded here. Inside the caller's
    /// transaction. `own` as in Intake.
    Status follow_member(const sqlite::Transaction& open, const TeamId& team,
                         const DeviceId& device, Millis now, const Afterwards& then,
                         const DeviceId& own = {});

    /// Seals changes of `key`'s device into the next changeset of its chain in that lane, keeps and
    /// folds it. Inside the caller's transaction; `then` as in receive(). refused: too much for
    /// one.
    Status seal(const sqlite::Transaction& open, const TeamId& team, const LaneId& lane,
                const crypto::SigningKey& key, std::vector<Change> changes,
                const Afterwards& then = nothing_more);

    /// Position of the next changeset of a chain.
    Result<ChainLink> next_link(const TeamId& team, const ChainId& chain) const;

    /// Walks every chain: signatures, links, numbers, ends; then whatever else names changesets or
    /// keeps them aside. Nothing: all holds. Limits: whoever has the notebook's key can read this
    /// device's signing key in it, and write a log of its own that holds together; other devices'
    /// chains, and what others have of ours, cannot be forged.
    Result<std::optional<Break>> verify() const;

    /// Folds the log again in a transaction that is rolled back, and names the first row of a fold
    /// that comes out otherwise. `then` as for rebuild(). Takes as long as a rebuild.
    Result<std::optional<Break>> verify_folds(const Afterwards& then);

    /// With Folding::later: folds of the changesets that are not folded yet as many as hold about
    /// so many changes, in a transaction of its own. True: there may be more. Nothing is written
    /// where there are none.
    Result<bool> fold_more(std::int64_t changes);
    /// All of them, in several transactions: whoever reads the folds calls it before.
    Status fold_rest();

    /// Drops all folds and folds the whole log again, in one transaction.
    /// `then` runs at the end of it, for changes that are not in the log yet.
    Status rebuild(const Afterwards& then);
    /// As rebuild(), inside the caller's transaction.
    Status rebuild(const sqlite::Transaction& open, const Afterwards& then) {
        return refold(open, then);
    }

    /// BLAKE2b-256 over the rows of every fold, in key order: equal logs give equal digests.
    Result<std::string> fold_digest() const;

    Result<std::vector<Quarantined>> quarantine(const TeamId& team) const;
    /// How often something was refused for which there was no more room as evidence.
    Result<std::int64_t> turned_away(const TeamId& team) const;

    /// Greatest stamp in the log; zero where it is empty.
    Result<Stamp> last_stamp() const;

private:
    Result<std::int64_t> shared_part(const TeamId& team, const ChainId& chain,
                                     const ChainEnd& theirs) const;
    Status fold_again(const sqlite::Transaction& open, const Afterwards& then);
    Status refold(const sqlite::Transaction& open, const Afterwards& then);
    struct Folded {
        std::int64_t last = 0;     ///< id of the last one that is folded
        std::int64_t changes = 0;  ///< in those folded now, each counted as one at least
    };
    Result<Folded> fold_after(const sqlite::Transaction& open, std::int64_t id,
                              std::int64_t changes);
    Result<std::int64_t> folded_up_to() const;
    Status note_folded(std::int64_t id);
    Status fold_memberships(const sqlite::Transaction& open);
    Status fold_pending_memberships(const sqlite::Transaction& open);
    Result<std::optional<Break>> verify_chain_ends() const;
    Result<std::optional<Break>> verify_mentions() const;
    Result<std::optional<Break>> verify_kept_aside() const;

    sqlite::Database& db_;
    Folding folding_;
};

}  // namespace bordereau::storage
