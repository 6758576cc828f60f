#include "storage/changeset_store.h"

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

Member member_in(const sqlite::Query& row) {
    return {{row.text(0)},
            {row.text(1)},
            row.blob(2),
            row.text(3),
            static_cast<Role>(row.number(4)),
            row.number(5),
            row.number(6) != 0};
}

Status insert_member(sqlite::Database& db, const Member& member) {
    return db.run(
        "INSERT INTO member(team, device, public_key, name, role, admitted_at, revoked)"
        " VALUES (?, ?, ?, ?, ?, ?, 0)"
        " ON CONFLICT DO UPDATE SET name = excluded.name, role = excluded.role, revoked = 0",
        member.team.text, member.device.text, sqlite::Blob{member.public_key}, member.name,
        static_cast<std::int64_t>(member.role), member.admitted_at);
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
    if (Status migrated = migrate(*db); !migrated) return migrated.error();
    auto signing = signing_key(*db, entropy);
    if (!signing) return signing.error();
    return ChangesetStore{*std::move(db), *std::move(signing), std::move(clock),
                          std::move(entropy)};
}

Result<TeamId> ChangesetStore::found_team(std::string_view name) {
    if (trimmed(name).empty()) return Error{ErrorCode::invalid, "a team without a name"};
    const TeamId team{new_uuid(entropy_)};
    if (Status kept =
            db_->run("INSERT INTO team(id, name) VALUES (?, ?)", team.text, trimmed(name));
        !kept)
        return kept.error();
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

Result<Member> ChangesetStore::redeem(std::string_view secret, std::string_view public_key,
                                      std::string_view name) {
    if (public_key.size() != crypto::kPublicKeySize)
        return Error{ErrorCode::invalid, "a public key has 32 bytes"};
    const std::string digest = crypto::digest(secret);
    auto open = sqlite::Transaction::begin(*db_);
    if (!open) return open.error();
    auto row = db_->query(
        "SELECT team, role, expires_at, coalesce(used_by, '') FROM invitation"
        " WHERE secret_digest = ?",
        sqlite::Blob{digest});
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    const DeviceId device = crypto::device_id(public_key);
    if (!found) return Error{ErrorCode::refused, "no such invitation"};
    const Member member{{row.text(0)},
                        device,
                        std::string{public_key},
                        std::string{trimmed(name)},
                        static_cast<Role>(row.number(1)),
                        clock_.now(),
                        false};
    if (row.view(3) == device.text) return known_member(member.team, device);
    if (!row.view(3).empty()) return Error{ErrorCode::refused, "the invitation was used"};
    if (row.number(2) <= clock_.now()) return Error{ErrorCode::refused, "the invitation expired"};
    if (Status used = db_->run("UPDATE invitation SET used_by = ? WHERE secret_digest = ?",
                               device.text, sqlite::Blob{digest});
        !used)
        return used.error();
    if (Status admitted = insert_member(*db_, member); !admitted) return admitted.error();
    if (Status committed = (*std::move(open)).commit(); !committed) return committed.error();
    return member;
}

// The answer to a repeated redemption; a device that was revoked since does not come back by it.
Result<Member> ChangesetStore::known_member(const TeamId& team, const DeviceId& device) const {
    auto found = member(team, device);
    if (!found) return found.error();
    if (!*found || (*found)->revoked) return Error{ErrorCode::refused, "the device was revoked"};
    return **std::move(found);
}

Status ChangesetStore::admit(const Member& member) {
    if (crypto::device_id(member.public_key) != member.device)
        return Error{ErrorCode::invalid, "the device is not named by this key"};
    return insert_member(*db_, member);
}

Status ChangesetStore::revoke(const TeamId& team, const DeviceId& device) {
    if (Status revoked = db_->run("UPDATE member SET revoked = 1 WHERE team = ? AND device = ?",
                                  team.text, device.text);
        !revoked)
        return revoked;
    if (db_->changes() == 0) return Error{ErrorCode::not_found, "no such member"};
    return done();
}

Result<std::optional<Member>> ChangesetStore::member(const TeamId& team,
                                                     const DeviceId& device) const {
    auto row = db_->query(
        "SELECT team, device, public_key, name, role, admitted_at, revoked FROM member"
        " WHERE team = ? AND device = ?",
        team.text, device.text);
    std::optional<Member> found;
    if (row.next()) found = member_in(row);
    if (Status read = row.status(); !read) return read.error();
    return found;
}

Result<std::vector<Member>> ChangesetStore::members(const TeamId& team) const {
    std::vector<Member> members;
    auto row = db_->query(
        "SELECT team, device, public_key, name, role, admitted_at, revoked FROM member"
        " WHERE team = ? ORDER BY name, device",
        team.text);
    while (row.next()) members.push_back(member_in(row));
    if (Status read = row.status(); !read) return read.error();
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

}  // namespace bordereau::storage
