// storage/journal/chain_table.h - the rows of the tables `chain` and `changeset` that say where a
// chain ends.
#pragma once

#include <cstdint>
#include <string>

#include "storage/base/result.h"
#include "storage/journal/changeset.h"
#include "storage/sqlite/database.h"

namespace bordereau::storage {

/// Position of the next changeset of a chain.
Result<ChainLink> next_link(const sqlite::Database& db, const TeamId& team, const ChainId& chain);

/// Digest of a changeset that is held. corrupt: it is not there.
Result<std::string> digest_at(const sqlite::Database& db, const TeamId& team, const ChainId& chain,
                              std::int64_t number);

/// Keeps a changeset that next_link() was asked for, and makes it the end of its chain.
Status link_changeset(sqlite::Database& db, const OpenChangeset& changeset);

/// Forgets what a chain holds after `last`.
Status end_chain_at(sqlite::Database& db, const TeamId& team, const ChainId& chain,
                    std::int64_t last);

}  // namespace bordereau::storage
