// app/audit/themes.h - obstacles, incentives and support over several audits (sections H, I, J).
// Counts and medians of judgements; no composite, and no claim about causes.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/audit/record.h"
#include "storage/base/time.h"

namespace bordereau::audit {

/// The five obstacles that the source questionnaire names; always reported, also when nobody did.
inline constexpr std::array<std::string_view, 5> kNamedObstacles{"repr", "aware", "stereo",
                                                                 "culture", "skill"};

struct ObstacleFigures {
    std::string code;
    int audits = 0;                                ///< naming it
    std::optional<double> severity;                ///< median, 0 to 4
    std::array<int, 5> by_severity{};              ///< audits by severity 0 to 4
    std::array<std::array<int, 5>, 3> by_level{};  ///< the same by level: national, institution,
                                                   ///< unit; an audit may name several
    int better = 0, same = 0, worse = 0, unknown = 0;

    int trend() const { return better - worse; }
    /// Audits placing it at the national level, in the institution or in the unit (0, 1, 2).
    int at_level(std::size_t level) const;
};

/// Choices of list obst_level, in the order of by_level.
inline constexpr std::array<std::string_view, 3> kObstacleLevels{"national", "institution", "unit"};

/// The five named ones first and always; then others, by median severity, then by count.
std::vector<ObstacleFigures> obstacles(std::span<const Record* const> audits);

enum class Origin { outside, inside, other };
/// Where an incentive comes from; 'other' incentives belong to neither group.
Origin origin_of(std::string_view incentive);

struct IncentiveFigures {
    std::string code;
    Origin origin = Origin::other;
    int audits = 0;
    std::optional<double> strength;      ///< median, 0 to 4
    std::optional<Date> next_date;       ///< the earliest that is not past
    std::vector<std::string> processes;  ///< commitments, funds, platforms named; each once
};

/// By median strength, then by count. Dates before `today` are past.
std::vector<IncentiveFigures> incentives(std::span<const Record* const> audits, Date today);

struct SupportFigures {
    struct Partner {
        std::string name, type;
        std::vector<std::string> contributions;
        std::string status;
    };
    std::vector<Partner> partners;     ///< by name; one row for each name
    std::vector<std::string> missing;  ///< kinds needed that no ongoing partner contributes,
                                       ///< most often named first
};

SupportFigures support(std::span<const Record* const> audits);

/// The middle of numbers, or the mean of the two in the middle; nothing of none.
std::optional<double> median(std::vector<double> numbers);

}  // namespace bordereau::audit
