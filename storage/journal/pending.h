// storage/journal/pending.h - what was recorded and is not sealed yet, as rows.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "storage/journal/change.h"
#include "storage/sqlite/database.h"

namespace bordereau::storage {

/// Keeps a change until it is sealed. io: there is one of that subject and stamp already.
Status insert_pending(sqlite::Database& db, const Change& change);

/// Rows of subject, stamp, author, kind and body; `device` is the notebook's own. `size` grows by
/// the bytes of their bodies. corrupt: a body that cannot be read.
Result<std::vector<Change>> read_changes_of(sqlite::Query& row, const DeviceId& device,
                                            std::size_t* size = nullptr);

/// What is pending about one subject, in order.
Result<std::vector<Change>> read_pending(const sqlite::Database& db, std::string_view subject,
                                         const DeviceId& device, std::size_t* size = nullptr);

/// Of all that was recorded or came in, sealed or not; none yet: 0.
Result<Stamp> greatest_stamp(sqlite::Database& db);

}  // namespace bordereau::storage
