// app/form/xpath/shuffle.h - randomize(): the order that every ODK engine gives for a seed.
#pragma once

#include <cstdint>
#include <vector>

#include "app/form/values/tree.h"

namespace bordereau::form::xpath {

/// "Inside-out" Fisher-Yates over a Park-Miller generator (ODK XForms, randomize()).
std::vector<NodeRef> shuffled(const std::vector<NodeRef>& nodes, std::int64_t seed);

}  // namespace bordereau::form::xpath
