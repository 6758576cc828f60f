// app/audit/scores.h - scores of one audit: ten dimensions, their levels, the index.
// Declared: as answered. Verified: high answers count only with accepted proof.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "app/audit/computed.h"
#include "app/audit/instrument.h"
#include "app/audit/record.h"

namespace bordereau::audit {

enum class Basis { declared, verified };

enum class Rating {
    rated,
    insufficient,   ///< coverage under 0.75: mean and bounds are shown, no level
    not_applicable  ///< no item of the dimension applies to this unit
};

/// Means and bounds lie in 0..4 and, like coverage, are rounded to two decimals half up before
/// anything is derived from them, so that what is printed is what was compared.
struct DimensionScore {
    Rating rating = Rating::not_applicable;
    int applicable = 0;              ///< items neither 'na' nor hidden
    int answered = 0;                ///< of these, with a value
    int computed = 0;                ///< computed items that have a value
    std::optional<double> coverage;  ///< answered / applicable; nothing if none applies
    std::optional<double> mean;      ///< over answered and computed items; nothing if there is none
    std::optional<double> low, high;  ///< of the mean, if every open item were 0, or 4
    std::optional<int> level;         ///< 0..4, at most 2 with a critical gap; only when rated
};

using Dimensions = std::array<DimensionScore, kDimensions>;  ///< P1 to P10

struct AuditScore {
    Dimensions declared, verified;
    std::optional<int> declared_index, verified_index;  ///< 0..100, from 8 rated dimensions on
    int rated = 0;                                      ///< dimensions
    std::vector<std::string_view> critical_gaps;        ///< critical items of value 1 or less
    std::vector<std::string_view> open_critical;  ///< critical items that could not be established
    ComputedItems computed;

    const Dimensions& by(Basis basis) const {
        return basis == Basis::declared ? declared : verified;
    }
};

/// 0..4 of a scored answer: maturity as it is, yes 4, partly 2, no 0; nothing for 'na', 'dk',
/// empty.
std::optional<int> value_of(std::string_view answer);

/// Items that accepted evidence supports.
std::vector<std::string_view> supported_items(const Record& record);

/// Value of one item on either basis: without accepted evidence, 3 and 4 verify as 2.
std::optional<int> item_value(const Record& record, std::string_view item, Basis basis);

AuditScore score(const Record& record);

/// floor(mean + 0.5), at most 4, without any cap.
int level_of(double mean);

/// Rounded 25 x mean of the given means; nothing for fewer than 8 of them.
std::optional<int> index_of(const std::vector<double>& means);

/// Rated dimensions at level 3 or more, and all rated ones.
struct ShareMet {
    int met = 0, rated = 0;
};
ShareMet share_met(const Dimensions& dimensions);

/// Mean of the verified means of P8 and P9, the side of services; nothing if neither is rated.
std::optional<double> service_side(const Dimensions& dimensions);

}  // namespace bordereau::audit
