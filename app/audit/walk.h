// app/audit/walk.h - the result of one walk-through of a crossing point.
#pragma once

#include <optional>
#include <vector>

#include "app/audit/record.h"

namespace bordereau::audit {

struct WalkScore {
    int answered = 0;                ///< of w1 to w21: yes, partly or no
    std::optional<double> coverage;  ///< answered over applicable ones, two decimals; a place
                                     ///< without holding has one question fewer
    std::optional<int> percent;      ///< of the highest sum; only from a coverage of 0.7
    std::vector<std::string_view> critical_gaps;  ///< 'no' to w9, w10 or w13
};

WalkScore walk_score(const Record& walk);

}  // namespace bordereau::audit
