// storage/ledger.h - where several endpoints that are one keep what none of them can derive: per
// team one sequence of sealed entries, only ever added to (but see replace()). The seam in front of
// PostgreSQL.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"

namespace bordereau::storage {

/// Where a team's sequence ends.
struct LedgerHead {
    std::int64_t number = 0;  ///< of its last entry; 0: there is none
    std::string mark;         ///< mark_after() all of them; empty: there is none
    bool operator==(const LedgerHead&) const = default;
};

/// One entry as the ledger keeps it: it cannot be read without the endpoint's key.
struct LedgerEntry {
    std::int64_t number = 0;  ///< 1, 2, ... per team
    Millis received_at = 0;
    std::string sealed;
};

/// The mark of a sequence that ends with `next`, from the mark of what is before it.
std::string mark_after(const std::string& before, const LedgerEntry& next);

/// A team's ledger while nobody else adds to that team. Ends without a trace unless committed.
class LedgerTurn {
public:
    virtual ~LedgerTurn() = default;
    virtual const LedgerHead& head() const = 0;
    /// `entries` follow the head; `mark` is that of the last one.
    virtual Status append(std::span<const LedgerEntry> entries, const std::string& mark) = 0;
    /// Puts entries in the place of those of the same numbers; `mark` is that of the last one of
    /// them. For a change of key, which goes through all of a team.
    virtual Status replace(std::span<const LedgerEntry> entries, const std::string& mark) = 0;
    /// Durable when it returns. After an error nobody knows: it may have been kept or not.
    virtual Status commit() = 0;
};

/// One connection, of one thread. Errors of all calls: offline: it does not answer; busy: another
/// one has held the team too long; refused: it does not let us in; full, io: it failed.
class Ledger {
public:
    virtual ~Ledger() = default;
    virtual Result<LedgerHead> head(const TeamId& team) = 0;
    /// All that have a sequence, kEndpointItself among them.
    virtual Result<std::vector<TeamId>> teams() = 0;
    /// At most `count` entries after `number`, in order; fewer where they are large, but one if
    /// there is any. May be called during a turn.
    virtual Result<std::vector<LedgerEntry>> after(const TeamId& team, std::int64_t number,
                                                   std::size_t count) = 0;
    /// Waits until nobody else has the team. One turn at a time per connection.
    virtual Result<std::unique_ptr<LedgerTurn>> begin(const TeamId& team) = 0;
};

}  // namespace bordereau::storage
