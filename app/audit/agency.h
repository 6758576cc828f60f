// app/audit/agency.h - figures of an agency from the current audits of its units. No league tables:
// units stand in alphabetical order, and countries get no index.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/audit/scores.h"

namespace bordereau::audit {

inline constexpr std::size_t kLeastUnitsForSpread = 3;

/// Which audits a report is made from. An empty agency or country means all.
struct Selection {
    std::string agency, country;
    Date today;
    bool for_scores = true;  ///< thematic audits then count only with eight rated dimensions
};

/// Approved main-form audits, the latest one of each unit, none older than 24 months, by name of
/// the unit.
std::vector<const Record*> current_audits(std::span<const Record> records,
                                          const Selection& selection);

enum class Weighting { by_unit, by_staff };

struct AgencyDimension {
    int units = 0;                   ///< in which the dimension is rated
    std::optional<double> verified;  ///< mean over these units, two decimals
    std::optional<double> declared;
    std::optional<double> least, most;  ///< of the verified means; only from three units
};

struct AgencyScore {
    std::array<AgencyDimension, kDimensions> dimensions;
    std::optional<int> verified_index, declared_index;
    ShareMet met;                                    ///< over all rated dimensions of all units
    std::optional<double> staff_side, service_side;  ///< P7; mean of P8 and P9; verified
    std::optional<double> readiness;                 ///< mean of i1
    double readiness_low = 0, readiness_high = 0;
};

AgencyScore agency_score(std::span<const Record* const> units,
                         Weighting weighting = Weighting::by_unit);

}  // namespace bordereau::audit
