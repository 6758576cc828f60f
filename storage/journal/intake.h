// storage/journal/intake.h - judges changesets as they arrive: held already, next, later, or
// evidence of something wrong; and draws the consequences of what they say about members. Within
// one transaction of the caller's.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/journal/admission.h"
#include "storage/journal/changeset.h"
#include "storage/journal/evidence.h"
#include "storage/journal/flat_table.h"
#include "storage/journal/folding.h"
#include "storage/journal/receipt.h"
#include "storage/sqlite/database.h"

namespace bordereau::storage {

/// How much is kept for later, of a team. What finds no room is offered again, and lost to nobody.
struct WaitingRoom {
    std::int64_t ahead = 4096;  ///< of one chain, so many numbers beyond the next
    /// Bytes of all chains that have not begun, since their devices may be nobody's.
    std::int64_t of_strangers = std::int64_t{256} << 20;
    std::int64_t of_member = std::int64_t{64} << 20;  ///< of each device whose chain has begun
};

class Intake {
public:
    /// `now` bounds future stamps. `own` is the device whose notebook this is, if it is one's: its
    /// own chains never give way, and end with no revocation.
    Intake(sqlite::Database& db, const TeamId& team, Millis now, const sqlite::Transaction& open,
           Folding folding, DeviceId own = {}, WaitingRoom room = {})
        : db_(db),
          team_(team),
          now_(now),
          open_(open),
          folding_(folding),
          own_(std::move(own)),
          room_(room),
          evidence_(db, team, now) {}

    /// `opened` is open_changeset() of `bytes`.
    Result<Receipt> take(const Result<OpenChangeset>& opened, std::string_view bytes);

    /// Keeps a changeset that follows its chain, and folds it if that is not done later; `changes`
    /// are its own, or none where nobody has to read them yet.
    Status append(const OpenChangeset& changeset, std::vector<Change> changes);

    /// A membership of this device was recorded: what waited for it comes in, what it sealed after
    /// its end goes into quarantine.
    Status follow_member(const DeviceId& device);

    /// Whether what was folded before may count differently now.
    bool must_refold() const { return must_refold_; }

private:
    Result<Receipt> place(const OpenChangeset& changeset);
    Result<bool> holds(const ChangesetHead& head) const;
    Result<std::optional<Fault>> fault_of(const ChangesetHead& head);
    std::int64_t counts_to(const Admission& known, const ChainId& chain) const;
    Result<bool> admitted_by(const DeviceId& device, const std::vector<Change>& changes);
    Result<Receipt> compare(const OpenChangeset& changeset);
    Result<Receipt> give_way(const OpenChangeset& changeset);
    Result<Receipt> keep_for_later(const OpenChangeset& changeset);
    Result<Receipt> quarantine_as(const OpenChangeset& changeset, Fault fault);
    Result<Receipt> quarantine_as(const ChangesetHead& head, std::string_view bytes, Fault fault);
    Status receive_waiting(const ChainId& chain, std::int64_t number);
    Status take_back(const ChainId& chain, std::int64_t number);
    Status take_waiting(const ChainId& chain, std::int64_t number, bool& any);
    Status cut(const ChainId& chain, std::int64_t last, Fault fault);
    Result<const Admission*> admission();
    void forget_admission();
    Result<ChainLink> link_of(const ChainId& chain);
    Result<bool> holds_any(std::optional<bool>& known, const char* sql);
    /// Whether nobody has to read the changes before they are folded.
    bool may_wait_for_folding(const OpenChangeset& changeset);

    sqlite::Database& db_;
    const TeamId& team_;
    Millis now_;
    const sqlite::Transaction& open_;
    Folding folding_;
    DeviceId own_;
    WaitingRoom room_;
    std::optional<Admission> admission_;
    Evidence evidence_;
    std::optional<std::pair<ChainId, ChainLink>> next_;  ///< after the latest one appended
    std::optional<bool> any_waiting_, any_refused_;      ///< whether there may be any
    FlatTable flat_;
    bool must_refold_ = false;
};

}  // namespace bordereau::storage
