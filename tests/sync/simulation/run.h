// tests/sync/simulation/run.h - one world from its plan to its rest.
#pragma once

#include <optional>
#include <string>

#include "tests/sync/simulation/plan.h"

namespace bordereau::simulation {

/// What the world showed that it must not; nothing: all holds.
std::optional<std::string> run(const Plan& plan);

/// The same plan with the fewest steps at which it still contradicts itself.
Plan shortest_failing(Plan plan);

}  // namespace bordereau::simulation
