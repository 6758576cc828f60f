#include "storage/changeset_store.h"

#include <algorithm>
#include <map>

#include "storage/audit_queries.h"
#include "storage/base/check.h"
#include "storage/base/text.h"
#include "storage/crypto/hash.h"
#include "storage/journal/stamp.h"

namespace bordereau::storage {
namespace {

Result<crypto::SigningKey> signing_key(const sqlite::Database& db) {
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

ChangesetStore::ChangesetStore(std::unique_ptr<WorkingCopy> copy, crypto::SigningKey key,
                               Clock clock, Entropy entropy)
    : copy_(std::move(copy)),
      key_(std::move(key)),
      clock_(std::move(clock)),
      entropy_(std::move(entropy)) {}

Result<ChangesetStore> ChangesetStore::open(const std::filesystem::path& folder, Clock clock,
                                            Entropy entropy, Elsewhere elsewhere) {
    auto copy = WorkingCopy::open(folder, entropy, std::move(elsewhere));
    return upon(std::move(copy), std::move(clock), std::move(entropy));
}

Result<ChangesetStore> ChangesetStore::over(sqlite::Database db, Clock clock, Entropy entropy) {
    auto copy = WorkingCopy::over(std::move(db), entropy);
    return upon(std::move(copy), std::move(clock), std::move(entropy));
}

Result<ChangesetStore> ChangesetStore::upon(Result<WorkingCopy> copy, Clock clock,
                                            Entropy entropy) {
    if (!copy) return copy.error();
    auto signing = signing_key(copy->db());
    if (!signing) return signing.error();
    return ChangesetStore{std::make_unique<WorkingCopy>(*std::move(copy)), *std::move(signing),
                          std::move(clock), std::move(entropy)};
}

// Listed after it was begun: what is not listed yet nobody has heard of.
Result<TeamId> ChangesetStore::found_team(std::string_view name) {
    if (trimmed(name).empty()) return Error{ErrorCode::invalid, "a team without a name"};
    const auto key = crypto::SigningKey::generate(entropy_);
    const TeamId team = crypto::team_id(key.public_key());
    Status founded = copy_->write(team, [&](Turn& turn) -> Status {
        TeamFounded beginning{std::string{trimmed(name)}, crypto::Secret::copy_of(key.seed())};
        if (Status kept = turn.add(std::move(beginning), clock_.now()); !kept) return kept;
        Membership own{team, key_.public_key(), "endpoint", Role::administrator};
        auto admitted = certify(turn, std::move(own));
        return admitted ? done() : Status{admitted.error()};
    });
    if (!founded) return founded.error();
    if (!copy_->has_ledger()) return team;
    Status listed = copy_->write(
        kEndpointItself, [&](Turn& turn) { return turn.add(TeamListed{team}, clock_.now()); });
    if (!listed) return listed.error();
    return team;
}

Result<std::vector<Team>> ChangesetStore::teams() const {
    if (Status latest = copy_->catch_up_with_all(); !latest) return latest.error();
    std::vector<Team> teams;
    auto row = db().query("SELECT id, name FROM team ORDER BY name, id");
    while (row.next()) teams.push_back({{row.text(0)}, row.text(1)});
    if (Status read = row.status(); !read) return read.error();
    return teams;
}

Status ChangesetStore::invite(const Invitation& invitation) {
    return copy_->write(invitation.team, [&](Turn& turn) {
        return turn.add(
            InvitationMade{invitation.secret_digest, invitation.role, invitation.expires_at},
            clock_.now());
    });
}

// What is kept of an invitation.
struct ChangesetStore::Permission {
    TeamId team;
    Role role = Role::officer;
    Millis expires_at = 0;
    DeviceId used_by;
};

Result<ChangesetStore::Permission> ChangesetStore::find_invitation(std::string_view digest) const {
    auto row = db().query(
        "SELECT team, role, expires_at, coalesce(used_by, '') FROM invitation"
        " WHERE secret_digest = ?",
        sqlite::Blob{digest});
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    if (!found) return Error{ErrorCode::refused, "no such invitation"};
    return Permission{
        {row.text(0)}, static_cast<Role>(row.number(1)), row.number(2), {row.text(3)}};
}

// One that was made elsewhere meanwhile is found in the second place.
Result<TeamId> ChangesetStore::team_of_invitation(std::string_view digest) const {
    auto known = find_invitation(digest);
    if (known) return known->team;
    if (Status latest = copy_->catch_up_with_all(); !latest) return latest.error();
    known = find_invitation(digest);
    return known ? Result<TeamId>{known->team} : Result<TeamId>{known.error()};
}

Result<Admitted> ChangesetStore::redeem(std::string_view secret, std::string_view public_key,
                                        std::string_view name, const TeamId& team) {
    if (public_key.size() != crypto::kPublicKeySize)
        return Error{ErrorCode::invalid, "a public key has 32 bytes"};
    const std::string digest = crypto::digest(secret);
    const auto of = team.empty() ? team_of_invitation(digest) : Result<TeamId>{team};
    if (!of) return of.error();
    Result<Admitted> admitted = Error{ErrorCode::refused, "no such invitation"};
    Status written = copy_->write(*of, [&](Turn& turn) -> Status {
        const auto invitation = find_invitation(digest);
        if (!invitation) return invitation.error();
        if (invitation->team != *of) return Error{ErrorCode::refused, "no such invitation"};
        admitted = use(turn, *invitation, digest, public_key, name);
        return admitted ? done() : Status{admitted.error()};
    });
    return written ? std::move(admitted) : Result<Admitted>{written.error()};
}

Result<Admitted> ChangesetStore::use(Turn& turn, const Permission& invitation,
                                     std::string_view digest, std::string_view public_key,
                                     std::string_view name) {
    const DeviceId device = crypto::device_id(public_key);
    if (invitation.used_by == device) return known_member(invitation.team, device);
    if (!invitation.used_by.empty()) return Error{ErrorCode::refused, "the invitation was used"};
    if (invitation.expires_at <= clock_.now())
        return Error{ErrorCode::refused, "the invitation expired"};
    if (Status used = turn.add(InvitationUsed{std::string{digest}, device}, clock_.now()); !used)
        return used.error();
    return certify(turn, Membership{invitation.team, std::string{public_key},
                                    std::string{trimmed(name)}, invitation.role});
}

// The answer to a repeated redemption; a device that was revoked since does not come back by it.
Result<Admitted> ChangesetStore::known_member(const TeamId& team, const DeviceId& device) const {
    auto certificate = latest_certificate(db(), team, device);
    if (!certificate) return certificate.error();
    auto membership = read_certificate(*certificate);
    if (!membership) return membership.error();
    if (membership->revoked) return Error{ErrorCode::refused, "the device was revoked"};
    return Admitted{*std::move(membership), *std::move(certificate)};
}

// Gives the membership its place after those that there are, signs it, and lets it travel.
Result<Admitted> ChangesetStore::certify(Turn& turn, Membership membership) {
    const auto key = team_key(db(), membership.team);
    if (!key) return key.error();
    auto before = member_held(membership.team, membership.device());
    if (!before) return before.error();
    membership.issued_at = clock_.now();
    if (*before) {
        membership.serial = (*before)->serial + 1;
        membership.valid_from = std::max(clock_.now(), (*before)->valid_from);
    }
    Admitted admitted{membership, storage::certify(membership, *key)};
    auto last = Log{db()}.last_stamp();
    if (!last) return last.error();
    const Stamp stamp = HybridClock{clock_, *last}.next();
    const DeviceId own = crypto::device_id(key_.public_key());
    std::vector<Change> changes;
    changes.push_back(
        {{stamp, own}, {}, membership.device().text, MemberSet{admitted.certificate}});
    auto link = Log{db()}.next_link(membership.team, {own, kCommonLane});
    if (!link) return link.error();
    auto bytes = seal_changeset(*link, key_, std::move(changes));
    if (!bytes) return bytes.error();
    // Our stamps may run ahead of this machine's clock: they follow those of others.
    const auto receipts =
        turn.receive({&*bytes, 1}, std::max<Millis>(clock_.now(), stamp.millis()));
    if (!receipts) return receipts.error();
    if (receipts->front().reception != Reception::applied)
        return Error{ErrorCode::refused, "the team does not count what this endpoint says"};
    return admitted;
}

Result<Admitted> ChangesetStore::admit(const TeamId& team, const Newcomer& newcomer) {
    if (newcomer.public_key.size() != crypto::kPublicKeySize)
        return Error{ErrorCode::invalid, "a public key has 32 bytes"};
    Membership membership{team, newcomer.public_key, newcomer.name, newcomer.role};
    membership.homes = newcomer.homes;
    Result<Admitted> admitted = Error{ErrorCode::refused, "nothing was written"};
    Status written = copy_->write(team, [&](Turn& turn) -> Status {
        admitted = certify(turn, std::move(membership));
        return admitted ? done() : Status{admitted.error()};
    });
    return written ? std::move(admitted) : Result<Admitted>{written.error()};
}

namespace {

constexpr std::size_t kMaxReason = 1000;  // bytes, as in certificates

}  // namespace

Status ChangesetStore::revoke(const TeamId& team, const DeviceId& device, std::string_view reason) {
    if (reason.size() > kMaxReason || !is_utf8(reason))
        return Error{ErrorCode::invalid, "a reason is a short text"};
    return copy_->write(team, [&](Turn& turn) -> Status {
        auto found = member_held(team, device);
        if (!found) return found.error();
        if (!*found) return Error{ErrorCode::not_found, "no such member"};
        auto held = Log{db()}.vector(team);
        if (!held) return held.error();
        Membership membership = **std::move(found);
        membership.revoked = true;
        membership.reason = std::string{trimmed(reason)};
        membership.counts_to.clear();
        for (const auto& [chain, end] : *held)
            if (chain.device == device) membership.counts_to.emplace(chain.lane, end.number);
        auto kept = certify(turn, std::move(membership));
        return kept ? done() : Status{kept.error()};
    });
}

Result<Admission> ChangesetStore::admission(const TeamId& team, const DeviceId& device) const {
    if (Status latest = copy_->catch_up(team); !latest) return latest.error();
    return Admission::of(db(), team, device);
}

Result<std::optional<Membership>> ChangesetStore::member(const TeamId& team,
                                                         const DeviceId& device) const {
    if (Status latest = copy_->catch_up(team); !latest) return latest.error();
    return member_held(team, device);
}

Result<std::optional<Membership>> ChangesetStore::member_held(const TeamId& team,
                                                              const DeviceId& device) const {
    auto admission = Admission::of(db(), team, device);
    if (!admission) return admission.error();
    const Membership* latest = admission->latest(device);
    return latest ? std::optional{*latest} : std::nullopt;
}

Result<std::vector<Membership>> ChangesetStore::members(const TeamId& team) const {
    if (Status latest = copy_->catch_up(team); !latest) return latest.error();
    auto admission = Admission::of(db(), team);
    if (!admission) return admission.error();
    std::vector<Membership> members = admission->members();
    std::ranges::sort(members, {}, &Membership::name);
    return members;
}

Result<VersionVector> ChangesetStore::vector(const TeamId& team) const {
    if (Status latest = copy_->catch_up(team); !latest) return latest.error();
    return Log{db()}.vector(team);
}

Result<std::vector<StoredChangeset>> ChangesetStore::missing(const TeamId& team,
                                                             const VersionVector& theirs,
                                                             std::size_t byte_limit) const {
    if (Status latest = copy_->catch_up(team); !latest) return latest.error();
    return Log{db()}.missing(team, theirs, byte_limit);
}

Result<std::vector<Receipt>> ChangesetStore::receive(const TeamId& team,
                                                     std::span<const std::string> bytes) {
    std::vector<Receipt> receipts;
    Status written = copy_->write(team, [&](Turn& turn) -> Status {
        auto taken = turn.receive(bytes, clock_.now());
        if (taken) receipts = *std::move(taken);
        return taken ? done() : Status{taken.error()};
    });
    if (!written) return written.error();
    return receipts;
}

namespace {

// All that is offered to one team, in the order of its offerings.
std::map<TeamId, std::vector<std::string>> joined_by_team(std::span<const Offering> offerings) {
    std::map<TeamId, std::vector<std::string>> all;
    for (const Offering& one : offerings) {
        std::vector<std::string>& of_team = all[one.team];
        of_team.insert(of_team.end(), one.bytes.begin(), one.bytes.end());
    }
    return all;
}

// Each offering's receipts, out of those of its whole team.
std::vector<std::vector<Receipt>> by_offering(
    std::span<const Offering> offerings, const std::map<TeamId, std::vector<Receipt>>& receipts) {
    std::map<TeamId, std::size_t> given;
    std::vector<std::vector<Receipt>> all;
    for (const Offering& one : offerings) {
        const auto begin =
            receipts.at(one.team).begin() + static_cast<std::ptrdiff_t>(given[one.team]);
        all.emplace_back(begin, begin + std::ssize(one.bytes));
        given[one.team] += one.bytes.size();
    }
    return all;
}

}  // namespace

// A team at a time: what its members may say is read once for all of them.
Result<std::vector<std::vector<Receipt>>> ChangesetStore::receive(
    std::span<const Offering> offerings) {
    return copy_->has_ledger() ? receive_by_team(offerings) : receive_at_once(offerings);
}

Result<std::vector<std::vector<Receipt>>> ChangesetStore::receive_at_once(
    std::span<const Offering> offerings) {
    auto open = sqlite::Transaction::begin(db());
    if (!open) return open.error();
    std::map<TeamId, std::vector<Receipt>> receipts;
    for (const auto& [team, bytes] : joined_by_team(offerings)) {
        auto taken = log().receive_in(*open, team, bytes, clock_.now());
        if (!taken) return taken.error();
        receipts.emplace(team, *std::move(taken));
    }
    if (Status committed = (*std::move(open)).commit(); !committed) return committed.error();
    return by_offering(offerings, receipts);
}

// A ledger knows no transaction over several teams.
Result<std::vector<std::vector<Receipt>>> ChangesetStore::receive_by_team(
    std::span<const Offering> offerings) {
    std::map<TeamId, std::vector<std::size_t>> by_team;
    for (std::size_t i = 0; i < offerings.size(); ++i) by_team[offerings[i].team].push_back(i);
    std::vector<std::vector<Receipt>> receipts(offerings.size());
    for (const auto& places : by_team) {
        Status written = copy_->write(places.first, [&](Turn& turn) -> Status {
            for (const std::size_t i : places.second) {
                auto taken = turn.receive(offerings[i].bytes, clock_.now());
                if (!taken) return taken.error();
                receipts[i] = *std::move(taken);
            }
            return done();
        });
        if (!written) return written.error();
    }
    return receipts;
}

Result<std::vector<Quarantined>> ChangesetStore::quarantine(const TeamId& team) const {
    if (Status latest = copy_->catch_up(team); !latest) return latest.error();
    return Log{db()}.quarantine(team);
}

Result<std::optional<Break>> ChangesetStore::verify() const {
    if (Status latest = copy_->catch_up_with_all(); !latest) return latest.error();
    if (Status folded = log().fold_rest(); !folded) return folded.error();
    return Log{db()}.verify();
}

Log ChangesetStore::log() const {
    return Log{db(), Folding::later};
}

Result<bool> ChangesetStore::fold_more(std::int64_t changes) {
    return log().fold_more(changes);
}

Status ChangesetStore::fold_for_reading() const {
    return folds_ ? log().fold_rest() : done();
}

Result<std::vector<AuditSummary>> ChangesetStore::audits(const TeamId& team,
                                                         const AuditFilter& filter) const {
    if (Status latest = copy_->catch_up(team); !latest) return latest.error();
    if (Status folded = fold_for_reading(); !folded) return folded.error();
    return list_audits(db(), team, filter);
}

// What nobody here has heard of may be of any team.
Status ChangesetStore::catch_up_about(const AuditId& audit) const {
    TeamId team;
    {
        auto row = db().query("SELECT team FROM audit WHERE id = ?", audit.text);
        const bool known = row.next();
        if (Status read = row.status(); !read) return read;
        if (known) team = {row.text(0)};
    }
    Status latest = team.empty() ? copy_->catch_up_with_all() : copy_->catch_up(team);
    return latest ? fold_for_reading() : latest;
}

Result<std::optional<AuditSummary>> ChangesetStore::audit(const AuditId& audit) const {
    if (Status latest = catch_up_about(audit); !latest) return latest.error();
    return find_audit(db(), audit);
}

Result<std::vector<RecordedAnswer>> ChangesetStore::answers(const AuditId& audit) const {
    if (Status latest = catch_up_about(audit); !latest) return latest.error();
    auto changes = answer_changes(db(), audit, {});
    if (!changes) return changes.error();
    return recorded_answers(*changes);
}

// What has just come in may name them: only then is it worth folding while somebody waits.
Result<FilesByHash> ChangesetStore::files_named(const TeamId& team, const DeviceId& member,
                                                std::span<const std::string> hashes) const {
    if (Status latest = copy_->catch_up(team); !latest) return latest.error();
    auto named = files_folded(team, member, hashes);
    const auto is_known = [&named](const std::string& hash) { return named->contains(hash); };
    if (!named || std::ranges::all_of(hashes, is_known)) return named;
    if (Status folded = fold_for_reading(); !folded) return folded.error();
    return files_folded(team, member, hashes);
}

Result<FilesByHash> ChangesetStore::files_folded(const TeamId& team, const DeviceId& member,
                                                 std::span<const std::string> hashes) const {
    const auto admission = Admission::of(db(), team, member);
    if (!admission) return admission.error();
    FilesByHash named;
    for (const std::string& hash : hashes) {
        auto files = storage::files_named(db(), team, hash);
        if (!files) return files.error();
        std::erase_if(*files, [&](const NamedFile& file) {
            return file.size <= 0 || !admission->covers(member, file.lane);
        });
        if (!files->empty()) named[hash] = *std::move(files);
    }
    return named;
}

Result<std::vector<NamedFile>> ChangesetStore::files_named(const TeamId& team) const {
    if (Status latest = copy_->catch_up(team); !latest) return latest.error();
    if (Status folded = fold_for_reading(); !folded) return folded.error();
    return storage::files_named(db(), team);
}

Result<std::vector<AuditFile>> ChangesetStore::files_of(const AuditId& audit) const {
    if (Status latest = catch_up_about(audit); !latest) return latest.error();
    return storage::files_of(db(), audit);
}

}  // namespace bordereau::storage
