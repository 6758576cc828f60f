#include "storage/journal/admission.h"

#include <algorithm>
#include <limits>
#include <tuple>

#include "storage/sqlite/database.h"

namespace bordereau::storage {
namespace {

constexpr std::int64_t kWithoutBound = std::numeric_limits<std::int64_t>::max();

// One rule per kind of action; what has none here anybody may do.
struct WithinRole {
    Role role;

    bool operator()(const AuditStateSet& set) const {
        return role != Role::officer || set.state == AuditState::draft ||
               set.state == AuditState::finalized || set.state == AuditState::edited;
    }
    bool operator()(const EvidenceJudged&) const { return role != Role::officer; }
    bool operator()(const PersonSet& set) const { return set.role <= role; }
    template <class Other>
    bool operator()(const Other&) const {
        return true;
    }
};

Result<Admission> read_admission(const TeamId& team, sqlite::Query row) {
    std::vector<Membership> memberships;
    while (row.next()) {
        auto membership = read_kept_certificate(row.view(0));
        if (!membership) return membership.error();
        memberships.push_back(*std::move(membership));
    }
    if (Status read = row.status(); !read) return read.error();
    return Admission{team, std::move(memberships)};
}

}  // namespace

bool covers(const Membership& member, const LaneId& lane) {
    if (lane == kCommonLane || member.role != Role::officer) return true;
    return lane == lane_of_home(member.device()) ||
           std::ranges::any_of(member.homes,
                               [&](const DeviceId& home) { return lane == lane_of_home(home); });
}

bool is_within_role(Role role, const Action& action) {
    return std::visit(WithinRole{role}, action);
}

Result<Admission> Admission::of(const sqlite::Database& db, const TeamId& team) {
    return read_admission(team,
                          db.query("SELECT certificate FROM membership WHERE team = ?", team.text));
}

Result<Admission> Admission::of(const sqlite::Database& db, const TeamId& team,
                                const DeviceId& device) {
    return read_admission(
        team, db.query("SELECT certificate FROM membership WHERE team = ? AND device = ?",
                       team.text, device.text));
}

Admission::Admission(TeamId team, std::vector<Membership> memberships)
    : open_(!crypto::is_keyed(team)) {
    for (Membership& one : memberships)
        if (one.team == team) by_device_[one.device()].push_back(std::move(one));
    const auto place = [](const Membership& one) {
        return std::tuple{one.valid_from, one.serial, one.role, one.revoked};
    };
    for (auto& [device, all] : by_device_) std::ranges::sort(all, {}, place);
}

bool Admission::knows(const DeviceId& device) const {
    return open_ || by_device_.contains(device);
}

const Membership* Admission::at(const DeviceId& device, Millis time) const {
    const auto found = by_device_.find(device);
    if (found == by_device_.end()) return nullptr;
    const auto after = std::ranges::upper_bound(found->second, time, {}, &Membership::valid_from);
    if (after == found->second.begin()) return nullptr;
    const Membership& counts = *std::prev(after);
    return counts.valid_until != 0 && time >= counts.valid_until ? nullptr : &counts;
}

const Membership* Admission::latest(const DeviceId& device) const {
    const auto found = by_device_.find(device);
    return found == by_device_.end() ? nullptr : &found->second.back();
}

std::vector<Membership> Admission::members() const {
    std::vector<Membership> all;
    for (const auto& [device, memberships] : by_device_) all.push_back(memberships.back());
    return all;
}

bool Admission::covers(const DeviceId& device, const LaneId& lane) const {
    if (open_) return true;
    const Membership* member = latest(device);
    return member != nullptr && !member->revoked && storage::covers(*member, lane);
}

bool Admission::may_seal(const ChainId& chain) const {
    if (open_) return true;
    const auto found = by_device_.find(chain.device);
    return found != by_device_.end() &&
           std::ranges::any_of(found->second, [&chain](const Membership& member) {
               return storage::covers(member, chain.lane);
           });
}

std::int64_t Admission::counts_to(const ChainId& chain) const {
    const Membership* member = latest(chain.device);
    if (member == nullptr || !member->revoked) return kWithoutBound;
    const auto bound = member->counts_to.find(chain.lane);
    return bound == member->counts_to.end() ? 0 : bound->second;
}

bool Admission::permits(const Change& change, const LaneId& lane) const {
    if (open_ || std::holds_alternative<MemberSet>(change.action)) return true;
    const Membership* member = latest(change.version.device);
    if (member == nullptr) return false;
    // A revoked device's chain is cut where it stops counting; what is before that counts by the
    // role it had.
    const Membership* then = at(change.version.device, change.version.stamp.millis());
    return then != nullptr && storage::covers(*then, lane) &&
           is_within_role(then->role, change.action);
}

}  // namespace bordereau::storage
