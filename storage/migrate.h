// storage/migrate.h - brings a database file up to the schema this program knows.
#pragma once

#include "storage/base/result.h"
#include "storage/sqlite/database.h"

namespace bordereau::storage {

/// Runs, each in its own transaction, the migrations after PRAGMA user_version.
/// refused: the file was written by a newer program; nothing was changed.
Status migrate(sqlite::Database& db);

/// refused where the file's user_version is beyond what this program knows. Writes nothing.
Status check_not_newer(const sqlite::Database& db);

}  // namespace bordereau::storage
