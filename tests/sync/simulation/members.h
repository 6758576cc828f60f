// tests/sync/simulation/members.h - who belongs to a team: invited, admitted, given another role,
// revoked and taken back, by whoever keeps the team's key.
#pragma once

#include "tests/sync/simulation/world.h"

namespace bordereau::simulation {

/// Gives a laptop what it needs to become a member: a code of the endpoint, or the founder's
/// certificate.
void invite(World& world, Laptop& laptop);

/// Redeems its code where it has one, over a network that may fail.
void redeem(World& world, Laptop& laptop, bool network_works);

/// Another role, other homes, or the end of a membership, for one laptop that has joined.
void change_member(World& world, Laptop& laptop);

/// Whether it has moved into its team.
bool has_joined(World& world, Laptop& laptop);

/// What the keeper of the team's key has ever said of a device.
storage::Admission admission_of(World& world, const Team& team, const DeviceId& device);

}  // namespace bordereau::simulation
