// app/audit/suppression.h - small numbers of people: what of a table may leave the team.
// Coarser tables first, then hidden cells; never ranges, never rounded figures beside exact totals.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/audit/people.h"
#include "app/audit/registers.h"

namespace bordereau::audit {

/// Counts below these are small. They are settings of the instrument, not of a person.
inline constexpr std::int64_t kSmall = 5;            ///< staff, people served
inline constexpr std::int64_t kSmallSensitive = 10;  ///< pregnancy, disability, unaccompanied
                                                     ///< children, lone parents
inline constexpr std::int64_t kSmallTrafficking = 11;
inline constexpr std::int64_t kLeastForShare = 10;  ///< staff or trained behind a percentage

enum Sex : std::size_t { kWomen, kMen };

/// Counts by category and sex. People of unrecorded sex are in the grand total only.
struct CountTable {
    std::vector<std::string> rows;                   ///< keys of the categories
    std::vector<std::array<std::int64_t, 2>> cells;  ///< one per row, by Sex
    std::int64_t unrecorded = 0;

    std::int64_t total() const;
};

/// Categories of one step of a ladder: each adds up some rows of the full table.
struct Category {
    std::string key;
    std::vector<std::size_t> rows;
};
using Step = std::vector<Category>;
using Ladder = std::vector<Step>;  ///< finest first, by sex only last

/// Six age bands, five (0-5), three (0-17, 18+), sex only; the last alone where ages were not
/// counted.
Ladder age_ladder(const Served& people);
/// Grade groups, command and senior against all others, sex only.
Ladder grade_ladder(const CountTable& staff);

CountTable table_of(const Served& people);
CountTable table_of(const Staffing& staff);

/// What may be printed.
struct PublishedTable {
    enum class Kind {
        exact,       ///< for the team: every figure, not for circulation
        categories,  ///< rows of some step; cells without a value are hidden
        total_only,
        fewer,  ///< than k: nothing else is said
        nobody
    };
    Kind kind = Kind::nobody;
    std::size_t step = 0;  ///< of the ladder, for exact and categories
    std::vector<std::string> rows;
    std::vector<std::array<std::optional<std::int64_t>, 2>> cells;
    std::vector<std::int64_t> row_totals;
    std::array<std::int64_t, 2> column_totals{};
    /// People of unrecorded sex included. Nothing for `fewer`, and in a table where printing it
    /// beside the column totals would give away a small number of unrecorded people.
    std::optional<std::int64_t> total;
    bool includes_unrecorded = false;        ///< some people's sex is not recorded
    std::optional<std::int64_t> unrecorded;  ///< only when it is not small
    std::int64_t k = kSmall;

    bool has_rows() const { return kind == Kind::exact || kind == Kind::categories; }
    bool sex_only() const { return has_rows() && rows.size() == 1; }
};

PublishedTable publish(const CountTable& table, const Ladder& ladder, std::int64_t k,
                       Audience audience);

/// Whether a table may be published although `earlier`, of a nested period, unit or category, was:
/// the difference of the two must be printable in full. Both have the same rows.
bool may_stand_beside(const CountTable& earlier, const CountTable& next, std::int64_t k);

/// A count on its own: the exact number, or nothing when it is small and not for the team.
std::optional<std::int64_t> publish_count(std::int64_t count, std::int64_t k, Audience audience);

/// 100 x part / whole to one decimal. Not for the team alone: the whole is at least
/// `least_whole`, all or none of fewer than 10 stay hidden, and for the public the part and the
/// rest are 0 or at least k each.
std::optional<double> publish_share(std::int64_t part, std::int64_t whole, std::int64_t least_whole,
                                    std::int64_t k, Audience audience);

}  // namespace bordereau::audit
