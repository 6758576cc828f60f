// app/audit/actions.h - what was agreed after an audit, and how far it got (section L).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/audit/record.h"
#include "storage/base/time.h"

namespace bordereau::audit {

struct Finding {
    std::string kind;     ///< gap, good or risk
    std::string section;  ///< letter
    std::string text;
    std::string priority;  ///< immediate, high, medium, low; empty for good practice
    std::string recommendation;
    std::string owner;  ///< a function, never a person
    std::optional<Date> due;
    std::string status;  ///< open, progress, done, verified, dropped
};

std::vector<Finding> findings(const Record& audit);

/// Due before today and still open or in progress.
bool overdue(const Finding& finding, Date today);

/// Gaps and risks first by priority, then by due date; good practice last.
void sort_by_urgency(std::vector<Finding>& findings);

struct Closure {
    int verified = 0, open = 0, overdue = 0, done = 0, dropped = 0;  ///< overdue ones are open, too
    int actions = 0;                                                 ///< good practice is none

    /// verified / (all - dropped) as whole per cent; nothing when nothing was agreed.
    std::optional<int> rate() const;
};

Closure closure(std::span<const Finding> findings, Date today);

}  // namespace bordereau::audit
