// app/audit/marker.h - the marker-style code of a project, worked out from what its document says.
// Not the IOM Gender Marker itself: the official code is recorded beside it.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/audit/record.h"

namespace bordereau::audit {

/// "2b", "2a", "1", "0", "N/A", or empty while answers are missing. Takes a row of g_item.
/// 'Partly' is not enough for a standard, so three times 'partly' gives 1.
std::string_view marker_code(const Answers& project);

/// Whether the organisation's own code differs; nothing when either is missing.
std::optional<bool> marker_differs(std::string_view code, std::string_view official);

/// Position on the UN four-point scale (0 none, 1 limited, 2 significant, 3 principal).
std::optional<int> un_scale(std::string_view code);
/// Position on the OECD policy marker (0, 1 significant, 2 principal); code 1 has none there.
std::optional<int> oecd_scale(std::string_view code);

/// 2a and 2b have the same rank; they are listed apart, not above one another.
inline constexpr std::array<std::string_view, 4> kMarkerCodes{"0", "1", "2a", "2b"};

struct MarkerShare {
    std::string_view code;
    int projects = 0;
    double money = 0;  ///< US dollars, over projects with a budget
};

struct Portfolio {
    std::array<MarkerShare, 4> codes;  ///< in the order of kMarkerCodes
    int not_applicable = 0;            ///< outside percentages
    int coded = 0;                     ///< projects with one of the four codes
    int without_budget = 0;            ///< of these
    double money = 0;
    std::vector<std::string> without_code;  ///< titles
    std::vector<std::string> differing;     ///< titles whose official code differs
};

/// Of all g_item rows of the given audits; a title counts once, the latest audit given wins.
Portfolio portfolio(std::span<const Record* const> audits);

}  // namespace bordereau::audit
