// tests/sync/simulation/sticks.h - bundles on sticks, which lie about, get damaged and are lost.
#pragma once

#include "tests/sync/simulation/world.h"

namespace bordereau::simulation {

/// A laptop or an endpoint writes to a stick or reads one; or something happens to a stick.
void use_stick(World& world);

}  // namespace bordereau::simulation
