// tests/sync/simulation/trouble.h - what happens to machines: power, clocks, disks, thieves.
#pragma once

#include "tests/sync/simulation/world.h"

namespace bordereau::simulation {

/// One piece of trouble of a kind that the plan has, or none.
void trouble(World& world);

/// Everything works again and every clock is right, later than any of them ever was.
void end_trouble(World& world);

}  // namespace bordereau::simulation
