// storage/journal/opening.h - opens many changesets at once, on as many cores as there are:
// signatures take most of the time of taking changesets in, and none needs another.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "storage/journal/changeset.h"

namespace bordereau::storage {

/// open_changeset() of each, in order.
std::vector<Result<OpenChangeset>> open_all(std::span<const std::string> bytes);

}  // namespace bordereau::storage
