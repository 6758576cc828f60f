// storage/changeset_count.h - how much a database holds: what a backup is compared by when it is
// read back, a notebook's and an endpoint's alike.
#pragma once

#include <cstdint>

#include "storage/base/result.h"
#include "storage/sqlite/database.h"

namespace bordereau::storage {

/// Changesets of all teams.
Result<std::int64_t> changesets_in(const sqlite::Database& db);

}  // namespace bordereau::storage
