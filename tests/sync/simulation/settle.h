// tests/sync/simulation/settle.h - everybody exchanges over a network that works, until nobody has
// anything to say.
#pragma once

#include "tests/sync/simulation/world.h"

namespace bordereau::simulation {

void settle(World& world);

}  // namespace bordereau::simulation
