// storage/postgres/ledger.h - a ledger in a PostgreSQL database: assets/ledger/ is its schema.
#pragma once

#include <memory>
#include <string>

#include "storage/base/result.h"
#include "storage/ledger.h"

namespace bordereau::storage::postgres {

/// Connects, and makes the schema where it is not there yet. refused: that of a newer program, or
/// the server does not let us in; other errors as of Connection.
Result<std::unique_ptr<Ledger>> open_ledger(const std::string& url);

}  // namespace bordereau::storage::postgres
