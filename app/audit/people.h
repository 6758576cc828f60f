// app/audit/people.h - counts of staff and of people served, as the form's tables hold them.
// Exact figures: whatever leaves the team goes through suppression.h first.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/audit/record.h"

namespace bordereau::audit {

/// Head count of one grade group on the last day of the period.
struct GradeStaff {
    std::string grade;  ///< choice of list grade: command, senior, middle ...
    std::int64_t women = 0, men = 0;
    std::int64_t unrecorded = 0;  ///< sex not recorded, or another
};

struct Staffing {
    std::vector<GradeStaff> grades;
    std::int64_t women = 0, men = 0, unrecorded = 0;
    std::int64_t command_women = 0, command_men = 0;  ///< command and senior officers

    std::int64_t of_known_sex() const { return women + men; }
};

Staffing staffing(const Record& record);
/// Of several units together: a grade of each name, in order of first appearance.
Staffing staffing(std::span<const Record* const> units);

inline constexpr std::size_t kAgeBands = 6;  ///< <1, 1-5, 6-17, 18-59, 60+, age not recorded

/// People who needed more than routine clearance. An empty cell counts as none in totals.
struct Served {
    bool by_age = false;  ///< cells are filled; otherwise only the two totals
    std::array<std::int64_t, kAgeBands> women{}, men{};
    std::int64_t total_women = 0, total_men = 0;
    std::int64_t unrecorded = 0;  ///< sex not recorded, or another

    std::int64_t total() const { return total_women + total_men + unrecorded; }
    /// People whose sex and age are both on record.
    std::int64_t fully_classified() const;
};

/// Nothing when the unit does not count by sex.
std::optional<Served> served(const Record& record);
/// Of several units together; by age only when all of those that count do so.
std::optional<Served> served(std::span<const Record* const> units);

}  // namespace bordereau::audit
