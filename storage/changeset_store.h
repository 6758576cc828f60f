// storage/changeset_store.h - what an endpoint keeps: the changesets of many teams, and who may
// send them. Its own encrypted SQLite file; the key lies in a file beside it that only its user may
// read. With a ledger that file is a working copy, and several endpoints are one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "storage/answers.h"
#include "storage/audits.h"
#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/base/uuid.h"
#include "storage/crypto/sign.h"
#include "storage/journal/admission.h"
#include "storage/journal/log.h"
#include "storage/journal/membership.h"
#include "storage/named_files.h"
#include "storage/teams.h"
#include "storage/working_copy.h"

namespace bordereau::storage {

/// A device to be admitted.
struct Newcomer {
    std::string public_key;  ///< 32 raw bytes
    std::string name;        ///< of the device or its person, for people
    Role role = Role::officer;
    std::vector<DeviceId> homes;  ///< devices whose audits it holds besides its own; ascending
};

/// A membership, and what proves it.
struct Admitted {
    Membership membership;
    std::string certificate;
};

/// A one-time permission to become a member. The secret itself is not kept, only its digest.
struct Invitation {
    TeamId team;
    Role role = Role::officer;
    std::string secret_digest;  ///< crypto::digest of the secret
    Millis expires_at = 0;
};

/// Changesets that one request brings to a team.
struct Offering {
    TeamId team;
    std::span<const std::string> bytes;
};

/// When a device last proved who it is, whatever came of it.
struct Contact {
    TeamId team;
    DeviceId device;
    Millis at = 0;
};

/// What an endpoint holds, over all teams.
struct StoreTotals {
    std::int64_t bytes = 0;  ///< on disk
    std::int64_t changesets = 0;
    std::int64_t waiting = 0;      ///< for their predecessors or their device's certificate
    std::int64_t quarantined = 0;  ///< refused, kept for a person to look at
    std::int64_t turned_away = 0;  ///< refused, and not kept: there was no more room for them
    std::int64_t unfolded = 0;     ///< held, and not in what audits say yet
};

/// Changesets of one device that were refused for one reason.
struct RefusedOfDevice {
    DeviceId device;  ///< that sealed them, as they say; empty: they could not be read
    Fault fault = Fault::damaged;
    std::int64_t changesets = 0;
    Millis first = 0, latest = 0;  ///< when they came
};

/// One connection. Open the same folder again for another thread.
class ChangesetStore {
public:
    /// Makes the folder, key and database where they are not there yet. Follows the ledger, if one
    /// is given: every call below then begins with what others have added to its team.
    /// refused: of a newer program, or not of this key; see WorkingCopy::open().
    static Result<ChangesetStore> open(const std::filesystem::path& folder, Clock clock,
                                       Entropy entropy, Elsewhere elsewhere = {});

    /// The same over a database that is open, for example one in memory: for simulations.
    static Result<ChangesetStore> over(sqlite::Database db, Clock clock, Entropy entropy);
    /// As Database::image().
    Result<std::string> image() const { return db().image(); }

    // Teams and members.
    /// Its key is kept here; this endpoint is its first member.
    Result<TeamId> found_team(std::string_view name);
    Result<std::vector<Team>> teams() const;  ///< by name
    Status invite(const Invitation& invitation);
    /// Uses up the invitation with this secret. refused: unknown, used or expired; the same device
    /// redeeming its own again is answered as the first time. `team`: that it has to be of; empty:
    /// any.
    Result<Admitted> redeem(std::string_view secret, std::string_view public_key,
                            std::string_view name, const TeamId& team = {});
    /// Certifies a device, or gives a known one another role from now on. refused: the team's key
    /// is not kept here.
    Result<Admitted> admit(const TeamId& team, const Newcomer& newcomer);
    /// What the device sealed and is held here goes on counting; nothing that comes later does.
    /// `reason`: a short text, for people; invalid: it is none.
    Status revoke(const TeamId& team, const DeviceId& device, std::string_view reason = {});
    /// What is known of one member.
    Result<Admission> admission(const TeamId& team, const DeviceId& device) const;
    /// The latest membership of one device, revoked or not.
    Result<std::optional<Membership>> member(const TeamId& team, const DeviceId& device) const;
    Result<std::vector<Membership>> members(const TeamId& team) const;  ///< by name

    // Changesets. Each call is durable before it returns.
    Result<VersionVector> vector(const TeamId& team) const;
    Result<std::vector<StoredChangeset>> missing(const TeamId& team, const VersionVector& theirs,
                                                 std::size_t byte_limit) const;
    Result<std::vector<Receipt>> receive(const TeamId& team, std::span<const std::string> bytes);
    /// Several offerings in one transaction, with a ledger in one per team: all of them durable
    /// when it returns; after an error those of some teams may be. Receipts per offering.
    Result<std::vector<std::vector<Receipt>>> receive(std::span<const Offering> offerings);
    Result<std::vector<Quarantined>> quarantine(const TeamId& team) const;
    Result<std::optional<Break>> verify() const;

    // What they say. Received changesets are folded into it at the latest when somebody asks.
    /// Folds some of those that are not folded yet, meanwhile. True: there are more.
    Result<bool> fold_more(std::int64_t changes);
    /// From now on whoever asks is told what is folded: somebody else who has the same store open
    /// folds the rest, and is not kept waiting for it.
    void leave_folding() { folds_ = false; }
    /// Changesets that are held and not folded yet.
    Result<std::int64_t> unfolded() const;
    Result<std::vector<AuditSummary>> audits(const TeamId& team, const AuditFilter& filter) const;
    Result<std::optional<AuditSummary>> audit(const AuditId& audit) const;
    Result<std::vector<RecordedAnswer>> answers(const AuditId& audit) const;
    /// What a team's audits say of files, as far as a member may hold those audits, by hash. Those
    /// that none names are left out.
    Result<FilesByHash> files_named(const TeamId& team, const DeviceId& member,
                                    std::span<const std::string> hashes) const;
    /// All that audits of a team name.
    Result<std::vector<NamedFile>> files_named(const TeamId& team) const;
    /// Those of one audit, by name.
    Result<std::vector<AuditFile>> files_of(const AuditId& audit) const;

    // For those who watch over it. None of this travels, and none of it waits or lets others wait:
    // what is not folded yet is not counted yet, and totals() says how much that is.
    Result<StoreTotals> totals() const;
    /// How many audits of a team stand where; states without any are left out.
    Result<std::map<AuditState, std::int64_t>> audits_by_state(const TeamId& team) const;
    Result<std::int64_t> quarantined(const TeamId& team) const;
    /// The same, told apart; those of which the latest came last first.
    Result<std::vector<RefusedOfDevice>> refused_by_device(const TeamId& team) const;
    /// As Log::turned_away(); with a ledger, what came to this folder's endpoint.
    Result<std::int64_t> turned_away(const TeamId& team) const;
    /// The later time of each counts; durable when it returns.
    Status note_contacts(std::span<const Contact> contacts);
    Result<std::map<DeviceId, Millis>> contacts(const TeamId& team) const;
    /// A choice of this endpoint under a name; empty: none was made.
    Result<std::string> setting(std::string_view name) const;
    Status set(std::string_view name, std::string_view value);

    /// The endpoint's own key, with which it signs acknowledgements.
    const crypto::SigningKey& key() const { return key_; }

private:
    ChangesetStore(std::unique_ptr<WorkingCopy> copy, crypto::SigningKey key, Clock clock,
                   Entropy entropy);

    static Result<ChangesetStore> upon(Result<WorkingCopy> copy, Clock clock, Entropy entropy);

    struct Permission;
    sqlite::Database& db() const { return copy_->db(); }
    Log log() const;
    Status fold_for_reading() const;
    Result<std::vector<std::vector<Receipt>>> receive_at_once(std::span<const Offering> offerings);
    Result<std::vector<std::vector<Receipt>>> receive_by_team(std::span<const Offering> offerings);
    Result<Permission> find_invitation(std::string_view digest) const;
    Result<TeamId> team_of_invitation(std::string_view digest) const;
    Result<Admitted> use(Turn& turn, const Permission& permission, std::string_view digest,
                         std::string_view public_key, std::string_view name);
    Result<Admitted> known_member(const TeamId& team, const DeviceId& device) const;
    Result<Admitted> certify(Turn& turn, Membership membership);
    Result<std::optional<Membership>> member_held(const TeamId& team, const DeviceId& device) const;
    Status catch_up_about(const AuditId& audit) const;
    Result<FilesByHash> files_folded(const TeamId& team, const DeviceId& member,
                                     std::span<const std::string> hashes) const;

    std::unique_ptr<WorkingCopy> copy_;  // stays in place when the store is moved
    crypto::SigningKey key_;
    bool folds_ = true;
    Clock clock_;
    Entropy entropy_;
};

}  // namespace bordereau::storage
