// app/report/scorecard.h - one agency on two pages: scores and gaps, then people and actions.
#pragma once

#include <span>
#include <string>

#include "app/audit/record.h"
#include "app/report/document.h"
#include "app/report/release.h"

namespace bordereau::report {

/// Records of all three forms may be passed; approved ones of this agency are used. Counts of
/// people pass suppression for the audience of the release.
Document scorecard(const std::string& agency, std::span<const audit::Record> records,
                   const Release& release, const Texts& texts);

}  // namespace bordereau::report
