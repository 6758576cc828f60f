// app/report/change_report.h - what changed between two audits of the same unit.
#pragma once

#include "app/audit/record.h"
#include "app/report/document.h"
#include "app/report/release.h"

namespace bordereau::report {

/// `then` is the earlier of two approved audits of one unit. Where they cannot be compared (another
/// major version of the instrument, another unit) the document says so and shows no deltas.
Document change_report(const audit::Record& then, const audit::Record& now, const Release& release,
                       const Texts& texts);

}  // namespace bordereau::report
