// app/desk/registers.h - register rows between storage (JSON under kind and key) and the subject.
#pragma once

#include "app/audit/registers.h"
#include "storage/base/result.h"

namespace bordereau::storage {
class Notebook;
}

namespace bordereau::app {

/// Puts the rows that a new notebook starts with: commitments, two incomplete strategies, the
/// respondent profile. Rows that are there already stay as they are.
Status seed_registers(storage::Notebook& notebook);

/// All rows as the subject sees them. A row that cannot be read is left out.
Result<audit::Registers> read_registers(storage::Notebook& notebook);

}  // namespace bordereau::app
