// app/audit/checks.h - consistency checks X1 to X18 of the main form: answers that do not fit
// together. Warnings that ask for a line of explanation; they never stop anybody.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "app/audit/record.h"

namespace bordereau::audit {

/// Checks there are.
inline constexpr int kConsistencyChecks = 18;

/// One check that fires. What it says is the interface's text consistency.x1, ... x18.
struct Notice {
    int check = 0;                   ///< 1 for X1
    std::vector<std::string> items;  ///< questions concerned
};

/// What the checks compare an audit with.
struct Surroundings {
    std::span<const Record> walks;  ///< approved walk-throughs; those of the unit from the start of
                                    ///< the period to the end of the visit are used
    const Record* earlier = nullptr;  ///< the audit that a follow-up follows; its actions stand as
                                      ///< the follow-up lists them again, else as they stood then
};

/// In the order X1 to X18. A check whose figures are missing stays silent.
std::vector<Notice> consistency_notices(const Record& audit, const Surroundings& around = {});

}  // namespace bordereau::audit
