// What Notebook has to do with membership: joining a team, admitting and revoking its devices.
#include <algorithm>

#include "storage/base/text.h"
#include "storage/notebook.h"
#include "storage/notebook_state.h"
#include "storage/rights.h"

namespace bordereau::storage {
namespace {

constexpr std::size_t kMaxMemberName = 200, kMaxReason = 1000;  // bytes, as in certificates

}  // namespace

Status Notebook::join(const TeamId& team, std::string_view name, std::string_view certificate) {
    if (team.empty() || !is_name(name)) return Error{ErrorCode::invalid, "a team without a name"};
    auto membership = read_certificate(certificate);
    if (!membership) return membership.error();
    if (membership->team != team || membership->device() != device())
        return Error{ErrorCode::invalid, "the certificate is about another team or device"};
    // A notebook made from a backup is of the team already, and no member of it yet.
    if (team == this->team()) {
        auto own = journal().own_admission();
        if (!own) return own.error();
        const Membership* known = own->latest(device());
        return known && *known == *membership ? done()
                                              : journal().set_member(std::string{certificate});
    }
    sqlite::Database& db = state_->db;
    auto open = sqlite::Transaction::begin(db);
    if (!open) return open.error();
    auto shared_already = db.query(
        "SELECT 1 FROM chain WHERE team = ?1 AND device <> ?2 UNION ALL SELECT 1 FROM outbox"
        " UNION ALL SELECT 1 FROM membership WHERE team = ?1 AND device <> ?2",
        this->team().text, device().text);
    if (shared_already.next()) return refused("the present team has been shared with others");
    if (Status read = shared_already.status(); !read) return read;
    if (Status named = db.run("INSERT INTO team(id, name) VALUES (?, ?)"
                              " ON CONFLICT DO UPDATE SET name = excluded.name",
                              team.text, trimmed(name));
        !named)
        return named;
    if (Status moved = db.run("UPDATE identity SET team = ?", team.text); !moved) return moved;
    Identity before = journal().identity();
    Status moved = journal().move_to(*open, *membership, certificate);
    if (moved) moved = (*std::move(open)).commit();
    if (!moved) {
        state_->journal.emplace(db, std::move(before), state_->shared->clock);
        return moved;
    }
    // Whoever sits here may be less in that team than in their own.
    auto person = People{*this}.find(state_->shared->person);
    if (person && *person) state_->person = **std::move(person);
    return done();
}

Status Notebook::meet(std::string_view certificate) {
    return journal().set_member(std::string{certificate});
}

Status Notebook::may_set_member(Role role) const {
    if (may(person(), Act::admit_devices) && role <= person().role) return done();
    return refused("this person may not admit or revoke a device of that role");
}

Result<std::string> Notebook::admit(Admitting newcomer) {
    if (Status allowed = may_set_member(newcomer.role); !allowed) return allowed.error();
    if (newcomer.public_key.size() != crypto::kPublicKeySize || !is_name(newcomer.name) ||
        newcomer.name.size() > kMaxMemberName)
        return Error{ErrorCode::invalid, "a device needs a key and a name"};
    auto key = team_key();
    if (!key) return key.error();
    auto admission = journal().admission();
    if (!admission) return admission.error();
    Membership membership{team(), std::move(newcomer.public_key),
                          std::string{trimmed(newcomer.name)}, newcomer.role};
    membership.homes = std::move(newcomer.homes);
    std::ranges::sort(membership.homes);
    membership.homes.erase(std::unique(membership.homes.begin(), membership.homes.end()),
                           membership.homes.end());
    membership.issued_at = clock().now();
    if (const Membership* before = admission->latest(membership.device())) {
        if (Status allowed = may_set_member(before->role); !allowed) return allowed.error();
        membership.serial = before->serial + 1;
        membership.valid_from = std::max(clock().now(), before->valid_from);
    }
    std::string certificate = certify(membership, *key);
    if (Status kept = journal().set_member(certificate); !kept) return kept.error();
    return certificate;
}

Status Notebook::revoke(const DeviceId& gone, std::string_view reason) {
    if (gone == device()) return refused("a device does not revoke itself");
    if (reason.size() > kMaxReason || !is_utf8(reason))
        return Error{ErrorCode::invalid, "a reason is a short text"};
    if (Status allowed = may_set_member(Role::officer); !allowed) return allowed;
    auto key = team_key();
    if (!key) return key.error();
    auto admission = journal().admission();
    if (!admission) return admission.error();
    const Membership* before = admission->latest(gone);
    if (before == nullptr) return Error{ErrorCode::not_found, "no such member"};
    if (Status allowed = may_set_member(before->role); !allowed) return allowed;
    auto held = journal().vector();
    if (!held) return held.error();
    Membership membership = *before;
    ++membership.serial;
    membership.issued_at = clock().now();
    membership.valid_from = std::max(clock().now(), before->valid_from);
    membership.revoked = true;
    membership.reason = std::string{trimmed(reason)};
    membership.counts_to.clear();
    for (const auto& [chain, end] : *held)
        if (chain.device == gone) membership.counts_to.emplace(chain.lane, end.number);
    return journal().set_member(certify(membership, *key));
}

Result<crypto::SigningKey> Notebook::team_key() const {
    auto row = state_->db.query("SELECT seed FROM team_key WHERE team = ?", team().text);
    const bool found = row.next();
    if (Status read = row.status(); !read) return read.error();
    if (!found || row.view(0).size() != crypto::kSeedSize)
        return refused("the team's key is kept elsewhere");
    return crypto::SigningKey::from_seed(row.view(0));
}

}  // namespace bordereau::storage
