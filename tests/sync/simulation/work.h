// tests/sync/simulation/work.h - what people do at a laptop, whatever it is connected to.
#pragma once

#include "tests/sync/simulation/world.h"

namespace bordereau::simulation {

/// One act: an answer, a step in an audit's life, a comment, a review, a row of a register, a seal.
void work(World& world, Laptop& laptop);

}  // namespace bordereau::simulation
