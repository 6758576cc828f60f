// app/audit/computed.h - items on the scale 0 to 4 that are calculated from counts, not judged.
#pragma once

#include <optional>
#include <string_view>

#include "app/audit/record.h"

namespace bordereau::audit {

/// Two decimals, half up. Nothing where a figure's need is not met; then it is left out of sums
/// and of coverage.
struct ComputedItems {
    std::optional<double> understanding;   ///< q_und: staff who can explain; 5 asked or more
    std::optional<double> representation;  ///< q_rep: balance of women and men, 4 at parity, whole
                                           ///< staff (10 or more) and command (5 or more) averaged
    std::optional<double> counting;        ///< q_sadd: records with sex and age
    std::optional<double> searches;        ///< q_srch: searches by the same sex; 5 or more logged
    std::optional<double> shifts;          ///< q_shift: shifts with a woman officer; 10 or more

    /// By the name the form gives it; nothing for an unknown name.
    std::optional<double> by_name(std::string_view name) const;
};

ComputedItems computed_items(const Record& record);

}  // namespace bordereau::audit
