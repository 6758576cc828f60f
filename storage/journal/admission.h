// storage/journal/admission.h - what the members of a team may say and hold, by their certificates.
// Pure rules over what was read: the same certificates give the same answers on every device.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/journal/chain.h"
#include "storage/journal/change.h"
#include "storage/journal/membership.h"

namespace bordereau::storage {

namespace sqlite {
class Database;
}

class Admission {
public:
    /// What the log says. A team without a key (crypto::is_keyed()) admits everybody.
    static Result<Admission> of(const sqlite::Database& db, const TeamId& team);

    /// The same about one device only: for a look at its role.
    static Result<Admission> of(const sqlite::Database& db, const TeamId& team,
                                const DeviceId& device);

    Admission(TeamId team, std::vector<Membership> memberships);

    /// Whether the team has ever admitted this device.
    bool knows(const DeviceId& device) const;
    /// What counts of a device at a time; null: it is no member then.
    const Membership* at(const DeviceId& device, Millis time) const;
    /// The latest of a device; null: none.
    const Membership* latest(const DeviceId& device) const;
    /// Every device's latest.
    std::vector<Membership> members() const;

    /// Whether a device may hold what lies in a lane.
    bool covers(const DeviceId& device, const LaneId& lane) const;
    /// Whether a device may, or ever might, seal into a lane.
    bool may_seal(const ChainId& chain) const;
    /// How far a chain counts: without bound unless its device was revoked.
    std::int64_t counts_to(const ChainId& chain) const;
    /// Whether a change in a lane counts: made by a member at its time, in a lane that it held
    /// then, within its role.
    bool permits(const Change& change, const LaneId& lane) const;

private:
    bool open_ = false;
    std::map<DeviceId, std::vector<Membership>> by_device_;  // by valid_from, then serial
};

/// Whether a membership, as long as it counts, gives what lies in a lane: officers' devices hold
/// the common lane, their own audits and those of the homes named; the others all.
bool covers(const Membership& member, const LaneId& lane);

/// Whether a device of that role may do this. Officers record and comment; supervisors judge; who
/// is a person of which role is bounded by the role of the device that says so.
bool is_within_role(Role role, const Action& action);

}  // namespace bordereau::storage
