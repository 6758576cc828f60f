// app/audit/change.h - two audits of the same unit, item by item. Never from dimension means: items
// that came or went would pass for change.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/audit/actions.h"
#include "app/audit/instrument.h"
#include "app/audit/record.h"

namespace bordereau::audit {

enum class Verdict { improved, declined, no_clear_change, not_comparable };

struct DimensionChange {
    int matched = 0;              ///< answers with a value in both audits
    int applicable = 0;           ///< items that apply in at least one of them
    std::optional<double> delta;  ///< mean of verified differences, computed items included
    Verdict verdict = Verdict::not_comparable;  ///< matched under 0.75 of applicable; else by 0.5
};

/// Items by verified value then (row) and now (column). An item whose proof came or went moves,
/// too, and is listed apart in Change::proof_changed.
struct Movement {
    std::array<std::array<int, 5>, 5> counts{};
    int up = 0, same = 0, down = 0;
    int newly_answered = 0, no_longer_applicable = 0;
};

/// A share of people then and now; only where both denominators are 10 or more.
struct ShareChange {
    std::string_view name;     ///< "staff_women", "understanding", "searches", "shifts"
    double then = 0, now = 0;  ///< per cent, one decimal
    double points = 0;         ///< now - then
};

struct Change {
    bool comparable = false;  ///< same unit and same major version of the instrument
    std::array<DimensionChange, kDimensions> dimensions;
    Movement movement;
    std::vector<ShareChange> shares;
    std::vector<Finding> agreed;  ///< of the earlier audit, by urgency, good practice left out
    Closure closure;
    std::vector<std::string_view> proof_changed;  ///< same answer, another verification
};

Change compare(const Record& then, const Record& now, Date today);

}  // namespace bordereau::audit
