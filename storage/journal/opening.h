// storage/journal/opening.h - opens many changesets at once, on as many cores as there are:
// signatures take most of the time of taking changesets in, and none needs another. So does all
// else that can be done before it is known where each belongs.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "storage/journal/changeset.h"
#include "storage/journal/flat_table.h"
#include "storage/journal/folding.h"

namespace bordereau::storage {

/// All together.
std::size_t size_of(std::span<const std::string> bytes);

/// open_changeset() of each, in order, compressed ahead and, where they are folded later, looked
/// at.
std::vector<Result<OpenChangeset>> open_all(std::span<const std::string> bytes, Folding folding);

/// expand_held() of each, in order.
std::vector<Result<OpenChangeset>> expand_all(std::span<const std::string> bytes);

/// Whether nobody has to read its changes before they are folded: who is a member has to be known
/// at once; nothing else has. `table` is overwritten.
bool can_wait_for_folding(const OpenChangeset& changeset, FlatTable& table);

}  // namespace bordereau::storage
