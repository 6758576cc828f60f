// storage/journal/chain.h - the chains that a log is made of, and how far one side holds them.
// A device writes one chain per lane; a lane is what the same devices may hold.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "storage/base/ids.h"
#include "storage/journal/change.h"

namespace bordereau::storage {

/// What every device of a team holds: people, devices, memberships, forms.
inline const LaneId kCommonLane{""};
/// What supervisors, administrators and endpoints hold: registers across audits.
inline const LaneId kSupervisorsLane{"supervisors"};
/// Everything about the audits begun on one device: held by it, by supervisors, by endpoints.
inline LaneId lane_of_home(const DeviceId& home) {
    return {home.text};
}

/// The lane of a change. `home` is the device on which its audit was begun; not used for changes
/// that are not about audits.
LaneId lane_of(const Action& action, const DeviceId& home);

/// One device's changesets of one lane, numbered 1, 2, ... and linked by digest.
struct ChainId {
    DeviceId device;
    LaneId lane;
    auto operator<=>(const ChainId&) const = default;
    bool operator==(const ChainId&) const = default;
};

/// How far a chain is held without a gap.
struct ChainEnd {
    std::int64_t number = 0;
    /// mark_of() its last changeset: tells two contents of one number apart. 0: not known.
    std::uint64_t mark = 0;
    bool operator==(const ChainEnd&) const = default;
};

/// The first 8 bytes of a changeset's digest, greatest byte first; never 0.
std::uint64_t mark_of(std::string_view digest);

/// What one side holds of a team. Chains of which it holds nothing are absent.
using VersionVector = std::map<ChainId, ChainEnd>;

}  // namespace bordereau::storage
