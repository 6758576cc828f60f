#include "app/report/plot_data.h"

#include <algorithm>

#include "app/report/numbers.h"

namespace bordereau::report {
namespace {

using audit::Rating;

/// P2 to P6 first, then P1 and P7 to P10.
constexpr std::array<std::size_t, audit::kDimensions> kOrder{1, 2, 3, 4, 5, 0, 6, 7, 8, 9};

bool has_gap(std::size_t at, std::span<const std::string_view> gaps) {
    const auto& items = audit::dimensions()[at].items;
    return std::ranges::any_of(
        gaps, [&](std::string_view gap) { return std::ranges::find(items, gap) != items.end(); });
}

DotRangeRow named_row(std::size_t at, const Texts& texts) {
    const std::string code{audit::dimensions()[at].code};
    DotRangeRow row;
    row.code = code;
    row.label = texts("dimension." + code);
    return row;
}

Cell hidden_or(const std::optional<std::int64_t>& count, const Texts& texts) {
    return count ? Cell{texts.grouped(*count)} : Cell{texts("cell.hidden"), Cell::Kind::hidden};
}

std::string bounds(const DotRangeRow& row, const Texts& texts) {
    if (!row.low || !row.high) return "\u2013";
    return texts.fixed(*row.low, 2) + "\u2013" + texts.fixed(*row.high, 2);
}

std::string level_text(const DotRangeRow& row, const Texts& texts) {
    if (row.not_applicable) return texts("score.not_applicable");
    if (row.insufficient) return texts("score.insufficient");
    return or_dash(row.level);
}

}  // namespace

DotRange dot_range(const audit::AuditScore& score, const audit::AuditScore* earlier,
                   const Texts& texts) {
    DotRange data;
    for (const std::size_t at : kOrder) {
        const audit::DimensionScore& verified = score.verified[at];
        DotRangeRow row = named_row(at, texts);
        row.verified = verified.mean;
        row.declared = score.declared[at].mean;
        row.low = verified.low;
        row.high = verified.high;
        row.level = verified.level;
        row.insufficient = verified.rating == Rating::insufficient;
        row.not_applicable = verified.rating == Rating::not_applicable;
        row.critical_gap = has_gap(at, score.critical_gaps);
        if (earlier && earlier->verified[at].rating == Rating::rated)
            row.earlier = earlier->verified[at].mean;
        data.rows.push_back(std::move(row));
    }
    return data;
}

DotRange dot_range(std::span<const audit::Record* const> units, const Texts& texts) {
    if (units.size() == 1) return dot_range(audit::score(*units.front()), nullptr, texts);
    const audit::AgencyScore score = audit::agency_score(units);
    std::vector<std::string_view> gaps;
    for (const audit::Record* unit : units)
        for (const std::string_view gap : audit::score(*unit).critical_gaps) gaps.push_back(gap);
    DotRange data;
    data.spread = true;
    for (const std::size_t at : kOrder) {
        const audit::AgencyDimension& dimension = score.dimensions[at];
        DotRangeRow row = named_row(at, texts);
        row.verified = dimension.verified;
        row.declared = dimension.declared;
        row.low = dimension.least;
        row.high = dimension.most;
        row.insufficient = dimension.units == 0;
        row.critical_gap = has_gap(at, gaps);
        data.rows.push_back(std::move(row));
    }
    return data;
}

MirroredBars mirrored_bars(const audit::PublishedTable& table, std::string_view list,
                           const Texts& texts) {
    MirroredBars data;
    for (std::size_t row = 0; row < table.rows.size(); ++row)
        data.rows.push_back({texts.choice(list, table.rows[row]), table.cells[row][audit::kWomen],
                             table.cells[row][audit::kMen], table.row_totals[row]});
    return data;
}

StackedBars obstacle_bars(std::span<const audit::ObstacleFigures> obstacles, const Texts& texts) {
    StackedBars data;
    for (std::size_t level = 0; level < audit::kObstacleLevels.size(); ++level)
        data.panels[level] = texts.choice("obst_level", audit::kObstacleLevels[level]);
    for (const audit::ObstacleFigures& obstacle : obstacles)
        data.rows.push_back(
            {texts.choice("obstacle", obstacle.code), obstacle.by_level, obstacle.audits > 0});
    return data;
}

DotGroups incentive_dots(std::span<const audit::IncentiveFigures> incentives, const Texts& texts) {
    constexpr std::array<std::pair<audit::Origin, std::string_view>, 3> kGroups{
        {{audit::Origin::outside, "incentive.outside"},
         {audit::Origin::inside, "incentive.inside"},
         {audit::Origin::other, "incentive.other_origin"}}};
    DotGroups data;
    for (const auto& [origin, title] : kGroups) {
        DotGroups::Group group{texts(title), {}};
        for (const audit::IncentiveFigures& incentive : incentives)
            if (incentive.origin == origin)
                group.rows.push_back({texts.choice("incentive", incentive.code), incentive.strength,
                                      incentive.audits});
        if (!group.rows.empty()) data.groups.push_back(std::move(group));
    }
    return data;
}

ShareBars portfolio_bars(const audit::Portfolio& portfolio, const Texts& texts) {
    constexpr std::array<Ink, 4> kInks{Ink::mark_a, Ink::mark_b, Ink::mark_c, Ink::mark_d};
    ShareBars data;
    data.rows = {{texts("portfolio.projects"), {}}, {texts("portfolio.money"), {}}};
    for (std::size_t at = 0; at < portfolio.codes.size(); ++at) {
        const audit::MarkerShare& share = portfolio.codes[at];
        const std::string label{share.code};
        data.rows[0].parts.push_back({label, static_cast<double>(share.projects), kInks[at]});
        data.rows[1].parts.push_back({label, share.money, kInks[at]});
    }
    return data;
}

Table twin_of(const DotRange& data, const Texts& texts) {
    Table table;
    table.columns = {{texts("column.dimension"), Align::start},
                     {texts("column.verified"), Align::end},
                     {texts("column.declared"), Align::end},
                     {texts(data.spread ? "column.spread" : "column.bounds"), Align::end}};
    if (!data.spread) table.columns.push_back({texts("column.level"), Align::end});
    for (const DotRangeRow& row : data.rows) {
        const auto kind = row.insufficient ? Cell::Kind::insufficient : Cell::Kind::plain;
        std::vector<Cell> cells{{row.code + " " + row.label, Cell::Kind::header},
                                {texts.or_dash(row.verified, 2), kind},
                                {texts.or_dash(row.declared, 2), kind},
                                {bounds(row, texts), kind}};
        if (!data.spread) cells.emplace_back(level_text(row, texts), kind);
        table.rows.push_back(std::move(cells));
    }
    return table;
}

Table twin_of(const MirroredBars& data, const audit::PublishedTable& published,
              const Texts& texts) {
    Table table;
    table.columns = {{texts("column.group"), Align::start},
                     {texts("sex.women"), Align::end},
                     {texts("sex.men"), Align::end},
                     {texts("column.total"), Align::end}};
    for (const auto& row : data.rows)
        table.rows.push_back({Cell{row.label, Cell::Kind::header}, hidden_or(row.women, texts),
                              hidden_or(row.men, texts), Cell{texts.grouped(row.total)}});
    if (data.rows.size() > 1 || published.includes_unrecorded)
        table.rows.push_back({Cell{texts("column.total"), Cell::Kind::header},
                              Cell{texts.grouped(published.column_totals[audit::kWomen])},
                              Cell{texts.grouped(published.column_totals[audit::kMen])},
                              hidden_or(published.total, texts)});
    if (published.includes_unrecorded)
        table.note = published.unrecorded ? texts("table.unrecorded_count",
                                                  {{"n", texts.grouped(*published.unrecorded)}})
                                          : texts("table.unrecorded");
    return table;
}

Table twin_of(const TargetBars& data, const Texts& texts) {
    Table table;
    table.columns = {{texts("column.figure"), Align::start},
                     {texts("column.share"), Align::end},
                     {texts("column.basis"), Align::end}};
    for (const auto& row : data.rows)
        table.rows.push_back({Cell{row.label, Cell::Kind::header},
                              Cell{row.percent ? texts.percent(*row.percent) : texts("score.none")},
                              Cell{row.basis}});
    return table;
}

Table twin_of(const StackedBars& data, const Texts& texts) {
    Table table;
    table.columns = {{texts("column.obstacle"), Align::start}};
    for (const std::string& panel : data.panels) table.columns.push_back({panel, Align::start});
    for (const auto& row : data.rows) {
        std::vector<Cell> cells{{row.label, Cell::Kind::header}};
        for (const auto& panel : row.counts) {
            std::vector<std::string> parts;
            for (std::size_t severity = 0; severity < panel.size(); ++severity)
                if (panel[severity] > 0)
                    parts.push_back(
                        texts("table.severity_count", {{"n", std::to_string(panel[severity])},
                                                       {"severity", std::to_string(severity)}}));
            cells.push_back(parts.empty() ? std::string{kDash} : texts.joined(parts));
        }
        table.rows.push_back(std::move(cells));
    }
    return table;
}

Table twin_of(const DotGroups& data, const Texts& texts) {
    Table table;
    table.columns = {{texts("column.incentive"), Align::start},
                     {texts("column.origin"), Align::start},
                     {texts("column.strength"), Align::end},
                     {texts("column.audits"), Align::end}};
    for (const auto& group : data.groups)
        for (const auto& row : group.rows)
            table.rows.push_back(
                {Cell{row.label, Cell::Kind::header}, Cell{group.title},
                 Cell{row.strength ? texts.compact(*row.strength) : std::string{"\u2013"}},
                 Cell{std::to_string(row.audits)}});
    return table;
}

Table twin_of(const ShareBars& data, const Texts& texts) {
    Table table;
    table.columns = {{texts("column.code"), Align::start}};
    for (const auto& row : data.rows) table.columns.push_back({row.label, Align::end});
    for (std::size_t part = 0; !data.rows.empty() && part < data.rows[0].parts.size(); ++part) {
        std::vector<Cell> cells{{data.rows[0].parts[part].label, Cell::Kind::header}};
        for (const auto& row : data.rows)
            cells.push_back(texts.grouped(static_cast<std::int64_t>(row.parts[part].value)));
        table.rows.push_back(std::move(cells));
    }
    return table;
}

}  // namespace bordereau::report
