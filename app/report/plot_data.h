// app/report/plot_data.h - what the figures show, worked out once from audits, already suppressed
// for its audience. plots.h turns it into drawings; the window may draw it its own way.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/audit/agency.h"
#include "app/audit/marker.h"
#include "app/audit/suppression.h"
#include "app/audit/themes.h"
#include "app/report/document.h"
#include "app/report/texts.h"

namespace bordereau::report {

/// Scores on the scale 0 to 4, a row for each dimension, the five drivers first.
struct DotRangeRow {
    std::string code, label;
    std::optional<double> verified, declared, earlier;
    std::optional<double> low, high;  ///< bounds of one audit, or the spread of three units or more
    std::optional<int> level;         ///< of one audit
    bool insufficient = false;        ///< the mean is shown in grey
    bool not_applicable = false;      ///< nothing is drawn
    bool critical_gap = false;
};
struct DotRange {
    std::vector<DotRangeRow> rows;
    std::size_t drivers = 5;  ///< rows of the first block
    bool spread = false;      ///< low and high are those of units
};
/// Of one audit; `earlier` is the audit before, or null.
DotRange dot_range(const audit::AuditScore& score, const audit::AuditScore* earlier,
                   const Texts& texts);
/// Of one unit as above, or of several units together with the spread between them.
DotRange dot_range(std::span<const audit::Record* const> units, const Texts& texts);

/// Women to one side, men to the other. A cell without a value is hidden.
struct MirroredBars {
    struct Row {
        std::string label;
        std::optional<std::int64_t> women, men;
        std::int64_t total = 0;
    };
    std::vector<Row> rows;
    bool parity = false;  ///< mark half of each row's total
};
/// `list` is the choice list that words the row keys: "grade" or "age_band".
MirroredBars mirrored_bars(const audit::PublishedTable& table, std::string_view list,
                           const Texts& texts);

/// Shares that should reach 100 %.
struct TargetBars {
    struct Row {
        std::string label;
        std::optional<double> percent;  ///< nothing: too few to say, or hidden
        std::string basis;              ///< "74 of 83", or why there is none
    };
    std::vector<Row> rows;
};

/// Severity of obstacles, one panel for each level they sit at.
struct StackedBars {
    struct Row {
        std::string label;
        std::array<std::array<int, 5>, 3> counts{};  ///< by panel, then by severity
        bool named = true;
    };
    std::array<std::string, 3> panels;
    std::vector<Row> rows;
};
StackedBars obstacle_bars(std::span<const audit::ObstacleFigures> obstacles, const Texts& texts);

/// Strength of incentives in groups; the size of a dot tells how many audits name it.
struct DotGroups {
    struct Row {
        std::string label;
        std::optional<double> strength;
        int audits = 0;
    };
    struct Group {
        std::string title;
        std::vector<Row> rows;
    };
    std::vector<Group> groups;
};
DotGroups incentive_dots(std::span<const audit::IncentiveFigures> incentives, const Texts& texts);

/// Bars of shares that add up to 100 %: projects by marker-style code, money by code.
struct ShareBars {
    struct Part {
        std::string label;
        double value = 0;
        Ink ink = Ink::mark_a;
    };
    struct Row {
        std::string label;
        std::vector<Part> parts;
    };
    std::vector<Row> rows;
};
ShareBars portfolio_bars(const audit::Portfolio& portfolio, const Texts& texts);

/// The table twin of each.
Table twin_of(const DotRange& data, const Texts& texts);
Table twin_of(const MirroredBars& data, const audit::PublishedTable& table, const Texts& texts);
Table twin_of(const TargetBars& data, const Texts& texts);
Table twin_of(const StackedBars& data, const Texts& texts);
Table twin_of(const DotGroups& data, const Texts& texts);
Table twin_of(const ShareBars& data, const Texts& texts);

}  // namespace bordereau::report
