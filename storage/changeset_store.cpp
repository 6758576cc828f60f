#include "storage/changeset_store.h"

#include <algorithm>

#include <system_error>

#include "storage/audit_queries.h"
#include "storage/base/check.h"
#include "storage/base/text.h"
#include "storage/crypto/hash.h"
#include "storage/crypto/keys.h"
#include "storage/crypto/seal.h"
#include "storage/files.h"
#include "storage/migrate.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDatabase = "endpoint.db";
constexpr const char* kKey = "endpoint.key";

// The key of the database: read, or made where there is neither key nor database yet.
Result<crypto::Secret> database_key(const fs::path& folder, const Entropy& entropy) {
    auto bytes = read_file(folder / kKey);
    if (bytes) {
        if (bytes->size() != crypto::kKeySize)
            return Error{ErrorCode::corrupt, "the key file has another size"};
        return crypto::Secret::copy_of(*bytes);
    }
    if (bytes.error().code != ErrorCode::not_found) return bytes.error();
    std::error_code code;
    if (fs::exists(folder / kDatabase, code))
        return Error{ErrorCode::not_found, "there is a database, but not its key file"};
    crypto::Secret key = crypto::new_key(entropy);
    if (Status written = replace_file(folder / kKey, key.view()); !written) return written.error();
    return key;
}

Result<crypto::SigningKey> signing_key(sqlite::Database& db, const Entropy& entropy) {
    const crypto::SigningKey fresh = crypto::SigningKey::generate(entropy);
    // Several processes may start at once: the first one's key stays.
    if (Status kept = db.run("INSERT INTO identity(id, team, seed) VALUES (1, '', ?)"
                             " ON CONFLICT DO NOTHING",
                             sqlite::Blob{fresh.seed()});
        !kept)
        return kept.error();
    auto row = db.query("SELECT seed FROM identity");
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    if (!found || row.view(0).size() != crypto::kSeedSize)
        return Error{ErrorCode::corrupt, "an endpoint without identity"};
    return crypto::SigningKey::from_seed(row.view(0));
}

Result<crypto::SigningKey> team_key(const sqlite::Database& db, const TeamId& team) {
    auto row = db.query("SELECT seed FROM team_key WHERE team = ?", team.text);
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    if (!found) return Error{ErrorCode::refused, "the team's key is kept elsewhere"};
    if (row.view(0).size() != crypto::kSeedSize)
        return Error{ErrorCode::corrupt, "a team's key has another size"};
    return crypto::SigningKey::from_seed(row.view(0));
}

Result<std::string> latest_certificate(const sqlite::Database& db, const TeamId& team,
                                       const DeviceId& device) {
    auto row = db.query(
        "SELECT certificate FROM membership WHERE team = ? AND device = ?"
        " ORDER BY serial DESC LIMIT 1",
        team.text, device.text);
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    if (!found) return Error{ErrorCode::not_found, "no such member"};
    return row.blob(0);
}

}  // namespace

ChangesetStore::ChangesetStore(sqlite::Database db, crypto::SigningKey key, Clock clock,
                               Entropy entropy)
    : db_(std::make_unique<sqlite::Database>(std::move(db))),
      key_(std::move(key)),
      clock_(std::move(clock)),
      entropy_(std::move(entropy)) {}

Result<ChangesetStore> ChangesetStore::open(const fs::path& folder, Clock clock, Entropy entropy) {
    std::error_code code;
    fs::create_directories(folder, code);
    if (code) return Error{ErrorCode::io, "making " + folder.string() + ": " + code.message()};
    fs::permissions(folder, fs::perms::owner_all, code);
    auto key = database_key(folder, entropy);
    if (!key) return key.error();
    if (auto untouched = sqlite::Database::open_untouched(folder / kDatabase, *key)) {
        if (Status known = check_not_newer(*untouched); !known) return known.error();
    }
    auto db = sqlite::Database::open(folder / kDatabase, *key);
    if (!db) return db.error();
    return over(*std::move(db), std::move(clock), std::move(entropy));
}

Result<ChangesetStore> ChangesetStore::over(sqlite::Database db, Clock clock, Entropy entropy) {
    if (Status migrated = migrate(db); !migrated) return migrated.error();
    auto signing = signing_key(db, entropy);
    if (!signing) return signing.error();
    return ChangesetStore{std::move(db), *std::move(signing), std::move(clock), std::move(entropy)};
}

Result<TeamId> ChangesetStore::found_team(std::string_view name) {
    if (trimmed(name).empty()) return Error{ErrorCode::invalid, "a team without a name"};
    const auto key = crypto::SigningKey::generate(entropy_);
    const TeamId team = crypto::team_id(key.public_key());
    auto open = sqlite::Transaction::begin(*db_);
    if (!open) return open.error();
    if (Status kept =
            db_->run("INSERT INTO team(id, name) VALUES (?, ?)", team.text, trimmed(name));
        !kept)
        return kept.error();
    if (Status kept = db_->run("INSERT INTO team_key(team, seed) VALUES (?, ?)", team.text,
                               sqlite::Blob{key.seed()});
        !kept)
        return kept.error();
    Membership own{team, key_.public_key(), "endpoint", Role::administrator};
    if (auto admitted = certify(*open, std::move(own)); !admitted) return admitted.error();
    if (Status committed = (*std::move(open)).commit(); !committed) return committed.error();
    return team;
}

Result<std::vector<Team>> ChangesetStore::teams() const {
    std::vector<Team> teams;
    auto row = db_->query("SELECT id, name FROM team ORDER BY name, id");
    while (row.next()) teams.push_back({{row.text(0)}, row.text(1)});
    if (Status read = row.status(); !read) return read.error();
    return teams;
}

Status ChangesetStore::invite(const Invitation& invitation) {
    return db_->run(
        "INSERT INTO invitation(secret_digest, team, role, expires_at) VALUES (?, ?, ?, ?)",
        sqlite::Blob{invitation.secret_digest}, invitation.team.text,
        static_cast<std::int64_t>(invitation.role), invitation.expires_at);
}

// What is kept of an invitation.
struct ChangesetStore::Permission {
    TeamId team;
    Role role = Role::officer;
    Millis expires_at = 0;
    DeviceId used_by;
};

Result<ChangesetStore::Permission> ChangesetStore::find_invitation(std::string_view digest) const {
    auto row = db_->query(
        "SELECT team, role, expires_at, coalesce(used_by, '') FROM invitation"
        " WHERE secret_digest = ?",
        sqlite::Blob{digest});
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    if (!found) return Error{ErrorCode::refused, "no such invitation"};
    return Permission{
        {row.text(0)}, static_cast<Role>(row.number(1)), row.number(2), {row.text(3)}};
}

Result<Admitted> ChangesetStore::redeem(std::string_view secret, std::string_view public_key,
                                        std::string_view name) {
    if (public_key.size() != crypto::kPublicKeySize)
        return Error{ErrorCode::invalid, "a public key has 32 bytes"};
    const std::string digest = crypto::digest(secret);
    auto open = sqlite::Transaction::begin(*db_);
    if (!open) return open.error();
    const auto invitation = find_invitation(digest);
    if (!invitation) return invitation.error();
    const DeviceId device = crypto::device_id(public_key);
    if (invitation->used_by == device) return known_member(invitation->team, device);
    if (!invitation->used_by.empty()) return Error{ErrorCode::refused, "the invitation was used"};
    if (invitation->expires_at <= clock_.now())
        return Error{ErrorCode::refused, "the invitation expired"};
    if (Status used = db_->run("UPDATE invitation SET used_by = ? WHERE secret_digest = ?",
                               device.text, sqlite::Blob{digest});
        !used)
        return used.error();
    auto admitted = certify(*open, Membership{invitation->team, std::string{public_key},
                                              std::string{trimmed(name)}, invitation->role});
    if (!admitted) return admitted;
    if (Status committed = (*std::move(open)).commit(); !committed) return committed.error();
    return admitted;
}

// The answer to a repeated redemption; a device that was revoked since does not come back by it.
Result<Admitted> ChangesetStore::known_member(const TeamId& team, const DeviceId& device) const {
    auto certificate = latest_certificate(*db_, team, device);
    if (!certificate) return certificate.error();
    auto membership = read_certificate(*certificate);
    if (!membership) return membership.error();
    if (membership->revoked) return Error{ErrorCode::refused, "the device was revoked"};
    return Admitted{*std::move(membership), *std::move(certificate)};
}

// Gives the membership its place after those that there are, signs it, and lets it travel.
Result<Admitted> ChangesetStore::certify(const sqlite::Transaction& open, Membership membership) {
    const auto key = team_key(*db_, membership.team);
    if (!key) return key.error();
    auto before = member(membership.team, membership.device());
    if (!before) return before.error();
    membership.issued_at = clock_.now();
    if (*before) {
        membership.serial = (*before)->serial + 1;
        membership.valid_from = std::max(clock_.now(), (*before)->valid_from);
    }
    Admitted admitted{membership, storage::certify(membership, *key)};
    auto last = Log{*db_}.last_stamp();
    if (!last) return last.error();
    HybridClock stamps{clock_, *last};
    Change change{{stamps.next(), crypto::device_id(key_.public_key())},
                  {},
                  membership.device().text,
                  MemberSet{admitted.certificate}};
    std::vector<Change> changes;
    changes.push_back(std::move(change));
    if (Status sealed =
            Log{*db_}.seal(open, membership.team, kCommonLane, key_, std::move(changes));
        !sealed)
        return sealed.error();
    return admitted;
}

Result<Admitted> ChangesetStore::admit(const TeamId& team, const Newcomer& newcomer) {
    if (newcomer.public_key.size() != crypto::kPublicKeySize)
        return Error{ErrorCode::invalid, "a public key has 32 bytes"};
    auto open = sqlite::Transaction::begin(*db_);
    if (!open) return open.error();
    Membership membership{team, newcomer.public_key, newcomer.name, newcomer.role};
    membership.homes = newcomer.homes;
    auto admitted = certify(*open, std::move(membership));
    if (!admitted) return admitted;
    if (Status committed = (*std::move(open)).commit(); !committed) return committed.error();
    return admitted;
}

Status ChangesetStore::revoke(const TeamId& team, const DeviceId& device) {
    auto open = sqlite::Transaction::begin(*db_);
    if (!open) return open.error();
    auto found = member(team, device);
    if (!found) return found.error();
    if (!*found) return Error{ErrorCode::not_found, "no such member"};
    auto held = vector(team);
    if (!held) return held.error();
    Membership membership = **std::move(found);
    membership.revoked = true;
    membership.counts_to.clear();
    for (const auto& [chain, end] : *held)
        if (chain.device == device) membership.counts_to.emplace(chain.lane, end.number);
    if (auto kept = certify(*open, std::move(membership)); !kept) return kept.error();
    return (*std::move(open)).commit();
}

Result<Admission> ChangesetStore::admission(const TeamId& team, const DeviceId& device) const {
    return Admission::of(*db_, team, device);
}

Result<std::optional<Membership>> ChangesetStore::member(const TeamId& team,
                                                         const DeviceId& device) const {
    auto admission = Admission::of(*db_, team, device);
    if (!admission) return admission.error();
    const Membership* latest = admission->latest(device);
    return latest ? std::optional{*latest} : std::nullopt;
}

Result<std::vector<Membership>> ChangesetStore::members(const TeamId& team) const {
    auto admission = Admission::of(*db_, team);
    if (!admission) return admission.error();
    std::vector<Membership> members = admission->members();
    std::ranges::sort(members, {}, &Membership::name);
    return members;
}

Result<VersionVector> ChangesetStore::vector(const TeamId& team) const {
    return Log{*db_}.vector(team);
}

Result<std::vector<StoredChangeset>> ChangesetStore::missing(const TeamId& team,
                                                             const VersionVector& theirs,
                                                             std::size_t byte_limit) const {
    return Log{*db_}.missing(team, theirs, byte_limit);
}

Result<std::vector<Receipt>> ChangesetStore::receive(const TeamId& team,
                                                     std::span<const std::string> bytes) {
    return Log{*db_}.receive(team, bytes, clock_.now());
}

Result<std::vector<std::vector<Receipt>>> ChangesetStore::receive(
    std::span<const Offering> offerings) {
    auto open = sqlite::Transaction::begin(*db_);
    if (!open) return open.error();
    std::vector<std::vector<Receipt>> receipts;
    for (const Offering& one : offerings) {
        auto taken = Log{*db_}.receive_within(*open, one.team, one.bytes, clock_.now());
        if (!taken) return taken.error();
        receipts.push_back(*std::move(taken));
    }
    if (Status committed = (*std::move(open)).commit(); !committed) return committed.error();
    return receipts;
}

Result<std::vector<Quarantined>> ChangesetStore::quarantine(const TeamId& team) const {
    return Log{*db_}.quarantine(team);
}

Result<std::optional<Break>> ChangesetStore::verify() const {
    return Log{*db_}.verify();
}

Result<std::vector<AuditSummary>> ChangesetStore::audits(const TeamId& team,
                                                         const AuditFilter& filter) const {
    return list_audits(*db_, team, filter);
}

Result<std::optional<AuditSummary>> ChangesetStore::audit(const AuditId& audit) const {
    return find_audit(*db_, audit);
}

Result<std::vector<RecordedAnswer>> ChangesetStore::answers(const AuditId& audit) const {
    auto changes = answer_changes(*db_, audit, {});
    if (!changes) return changes.error();
    return recorded_answers(*changes);
}

Result<std::vector<NamedFile>> ChangesetStore::files_named(const TeamId& team,
                                                           std::string_view hash) const {
    return storage::files_named(*db_, team, hash);
}

}  // namespace bordereau::storage
