// storage/journal/journal.h - one notebook's own side of the log: recording, and sealing what was
// recorded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/crypto/sign.h"
#include "storage/journal/admission.h"
#include "storage/journal/change.h"
#include "storage/journal/log.h"
#include "storage/journal/stamp.h"
#include "storage/sqlite/database.h"

namespace bordereau::storage {

/// Who writes in this notebook: the team, this device's key, and the person at the keyboard.
struct Identity {
    TeamId team;
    std::shared_ptr<const crypto::SigningKey> key;
    DeviceId device;
    PersonId person;
};

/// So many pending changes, some dozens of audits, are sealed without waiting for a round.
constexpr std::int64_t kWorthSealing = 8192;

/// What a seal made.
struct Sealed {
    std::int64_t changesets = 0;
    std::int64_t changes = 0;
};

/// Changes are durable as soon as they are recorded, and unsigned until they are sealed.
class Journal {
public:
    Journal(sqlite::Database& db, Identity identity, std::shared_ptr<HybridClock> clock)
        : db_(db), log_(db), identity_(std::move(identity)), clock_(std::move(clock)) {}

    const Identity& identity() const { return identity_; }
    HybridClock& clock() const { return *clock_; }

    /// Records one change and folds it, in one transaction. Answers go through Answers::record.
    /// refused: beyond this device's role in the team.
    Result<Version> record(std::string_view subject, Action action);
    /// Several changes that belong together, in one transaction; the version of the last.
    Result<Version> record_all(std::string_view subject, std::vector<Action> actions);
    /// As record_all(), inside the caller's transaction.
    Result<Version> record_in(const sqlite::Transaction& open, std::string_view subject,
                              std::vector<Action> actions);

    /// Records what the team's key says of a device, and draws the consequences: what waited for
    /// it comes in, what it sealed after its end goes into quarantine. invalid: of another team.
    Status set_member(const std::string& certificate);
    Result<Admission> admission() const;
    Result<Admission> own_admission() const;  ///< what is known of this device
    /// refused: an audit begun on another device, which this one may not hold (any more).
    Status within_reach(const AuditId& audit) const;

    /// Records a step in an audit's life and draws its consequence in the same transaction: what is
    /// pending about the audit counts from then on (is folded). It is sealed together with what
    /// else is finished, by the next round or once there is enough (kWorthSealing); at once where
    /// the step opens the audit again. One signature for many audits is less to send, to keep and
    /// to verify than one for each.
    Status record_step(const AuditId& audit, AuditStateSet step);

    /// Takes over what other devices recorded and cannot sign any more, as this device's own, with
    /// authors and times: to be sealed by it. What replaces what stays as it was. Folded by the
    /// next rebuild().
    Status adopt(const sqlite::Transaction& open, std::vector<Change> changes);

    /// What this device recorded while its clock ran more than a day ahead, and has not sealed, is
    /// dated anew, from now and in its order: others would not take it before that day has come,
    /// and nothing recorded after it either. How many changes. None where something so dated was
    /// sealed already, since what follows that must stay later.
    Result<std::int64_t> date_anew();

    /// Seals what is pending about one audit. As all seals: nothing while this device is no member
    /// of its team.
    Result<Sealed> seal(const AuditId& audit);
    /// Seals what may travel: everything except audits that are still drafts or being corrected. A
    /// round begins with it, so what was refused while this clock was behind comes in first.
    Result<Sealed> seal_finished();
    /// Seals everything, drafts too: before a backup or a handover.
    Result<Sealed> seal_all();

    /// Changes not sealed yet, drafts included.
    Result<std::int64_t> pending_count() const;
    /// Changes that seal_finished() would seal.
    Result<std::int64_t> travel_count() const;

    Result<VersionVector> vector() const { return log_.vector(identity_.team); }
    Result<std::vector<StoredChangeset>> missing(const VersionVector& theirs,
                                                 std::size_t byte_limit) const {
        return log_.missing(identity_.team, theirs, byte_limit);
    }
    /// As Log::receive for this team; also keeps the hybrid clock ahead of what came in. What is
    /// finished here is sealed before, so that it stays apart from what is recorded after a review.
    Result<std::vector<Receipt>> receive(std::span<const std::string> bytes);
    Result<Receipt> receive(const std::string& bytes);

    Result<std::vector<Quarantined>> quarantine() const { return log_.quarantine(identity_.team); }
    Result<std::int64_t> turned_away() const { return log_.turned_away(identity_.team); }
    /// Takes what was recorded so far along into another team that has certified this device.
    /// Inside the caller's transaction; if that is not committed, this Journal must not be used any
    /// more.
    Status move_to(const sqlite::Transaction& open, const Membership& membership,
                   std::string_view certificate);

    /// Drops the folds and makes them again from the log and what is pending.
    Status rebuild();
    /// As Log::verify(); then what is pending: every change must be readable, of one of the team's
    /// people, and not from the future. Pending changes are not signed: whoever has the notebook's
    /// key can change a draft until it is sealed.
    Result<std::optional<Break>> verify() const;
    /// Whether the tables that screens read are those that log and pending changes give.
    Result<std::optional<Break>> verify_folds();
    Result<std::string> fold_digest() const { return log_.fold_digest(); }

private:
    /// Changes of a subject under their versions so far, and their new ones.
    using Renamed = std::map<std::pair<std::string, Version>, Version>;
    Status insert_renamed(std::vector<Change> changes, const Renamed& renamed);
    Result<std::vector<Change>> dated_beyond(Stamp latest) const;
    Result<Stamp> date_from_now(const sqlite::Transaction& open, Stamp latest,
                                std::vector<Change> changes);
    Result<Sealed> seal_what_is_finished();
    Result<Sealed> seal_subjects(std::span<const std::string> subjects);
    Result<std::optional<Break>> verify_own_end() const;
    Result<std::optional<Break>> verify_pending() const;
    Result<Sealed> seal_in(const sqlite::Transaction& open, std::span<const std::string> subjects);
    struct Batch {  ///< changes of one lane on their way into a changeset
        LaneId lane;
        std::vector<Change> changes;
        std::size_t size = 0;
        std::size_t staying = 0;  ///< further changes of the subject, which count nowhere else
    };
    Result<std::vector<std::string>> finished_subjects() const;
    Result<Batch> ready_of(const std::string& subject, const Admission& admission) const;
    Result<Batch*> take_pending(const std::string& subject, const Admission& admission,
                                std::map<LaneId, Batch>& batches);
    Status forget_pending(const std::string& subject, const Batch& ready);
    Result<DeviceId> home_of(const AuditId& audit) const;
    Status seal_batch(const sqlite::Transaction& open, Batch& batch, Sealed& sealed);
    Status within_role(const Change& change) const;
    Status unseal_own();
    Status fit_pending_to(Role role);
    Status fold_pending(const sqlite::Transaction& open);
    Status fold_concluded(const sqlite::Transaction& open, const std::string& subject);
    Status follow_step(const sqlite::Transaction& open, const AuditId& audit, AuditState to);

    sqlite::Database& db_;
    Log log_;
    Identity identity_;
    std::shared_ptr<HybridClock> clock_;
};

}  // namespace bordereau::storage
