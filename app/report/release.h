// app/report/release.h - what every report is told about itself: for whom, when, from what.
#pragma once

#include <string>

#include "app/audit/registers.h"
#include "app/report/texts.h"
#include "storage/base/time.h"

namespace bordereau::report {

using audit::Audience;

/// The snapshot a report is made from, printed on it so that a figure can be found again.
struct Release {
    std::string number;   ///< of the snapshot; empty prints as "draft"
    std::string filters;  ///< in words; empty prints as "none"
    Date today;
    Audience audience = Audience::team;
};

}  // namespace bordereau::report
