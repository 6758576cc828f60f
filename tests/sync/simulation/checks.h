// tests/sync/simulation/checks.h - what must hold in every world that has come to rest.
#pragma once

#include "tests/sync/simulation/world.h"

namespace bordereau::simulation {

void check_at_rest(World& world);

}  // namespace bordereau::simulation
