// storage/conflicts.h - which audits have answers that stand beside each other.
#pragma once

#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"

namespace bordereau::storage {

class Notebook;

/// As sealed, so that what was decided here and is not sealed yet is still among them; the latest
/// changed first, at most 100.
Result<std::vector<AuditId>> audits_in_conflict(Notebook& notebook);

}  // namespace bordereau::storage
