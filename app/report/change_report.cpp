#include "app/report/change_report.h"

#include "app/audit/change.h"
#include "app/audit/scores.h"
#include "app/report/draft.h"
#include "app/report/numbers.h"
#include "app/report/plots.h"

namespace bordereau::report {
namespace {

using audit::Record;

struct Comparison {
    const Record& then;
    const Record& now;
    audit::Change change;
    const Release& release;
    const Texts& texts;
};

std::string verdict(audit::Verdict verdict, const Texts& texts) {
    switch (verdict) {
        case audit::Verdict::improved: return texts("change.verdict.improved");
        case audit::Verdict::declined: return texts("change.verdict.declined");
        case audit::Verdict::no_clear_change: return texts("change.verdict.no_clear_change");
        case audit::Verdict::not_comparable: return texts("change.verdict.not_comparable");
    }
    return {};
}

/// "+0.31", "-0.20", "0.00".
std::string signed_text(double number, int decimals, const Texts& texts) {
    return (number > 0 ? "+" : "") + texts.fixed(number, decimals);
}

/// Each dimension's score then and now as a figure, with the item-by-item change as its table.
Figure dimension_figure(const Comparison& pair) {
    const Texts& texts = pair.texts;
    const audit::AuditScore then = audit::score(pair.then), now = audit::score(pair.now);
    const DotRange data = dot_range(now, &then, texts);
    Table twin;
    twin.columns = {
        {texts("column.dimension"), Align::start}, {texts("change.then"), Align::end},
        {texts("change.now"), Align::end},         {texts("change.matched"), Align::end},
        {texts("change.delta"), Align::end},       {texts("change.verdict"), Align::start}};
    for (std::size_t at = 0; at < audit::kDimensions; ++at) {
        const audit::DimensionChange& change = pair.change.dimensions[at];
        const std::string code{audit::dimensions()[at].code};
        const bool comparable = change.verdict != audit::Verdict::not_comparable;
        const auto kind = comparable ? Cell::Kind::plain : Cell::Kind::insufficient;
        twin.rows.push_back(
            {Cell{code + " " + texts("dimension." + code), Cell::Kind::header},
             Cell{texts.or_dash(then.verified[at].mean, 2)},
             Cell{texts.or_dash(now.verified[at].mean, 2)},
             Cell{texts("of", {{"n", std::to_string(change.matched)},
                               {"all", std::to_string(change.applicable)}})},
             Cell{comparable ? signed_text(*change.delta, 2, texts) : std::string{"\u2013"}, kind},
             Cell{verdict(change.verdict, texts), kind}});
    }
    twin.note = texts("change.note");
    return {texts("change.dimensions"), texts("change.dimensions_alt"), draw(data, texts),
            std::move(twin)};
}

Table movement_table(const audit::Movement& movement, const Texts& texts) {
    Table table;
    table.columns.push_back({"", Align::start});
    for (int level = 0; level <= 4; ++level)
        table.columns.push_back(
            {texts("change.now_level", {{"level", std::to_string(level)}}), Align::end});
    for (std::size_t then = 0; then < movement.counts.size(); ++then) {
        std::vector<Cell> cells{
            {texts("change.then_level", {{"level", std::to_string(then)}}), Cell::Kind::header}};
        for (const int count : movement.counts[then])
            cells.push_back(count > 0 ? std::to_string(count) : std::string{"\u2013"});
        table.rows.push_back(std::move(cells));
    }
    table.note =
        texts("change.movement_note", {{"up", std::to_string(movement.up)},
                                       {"same", std::to_string(movement.same)},
                                       {"down", std::to_string(movement.down)},
                                       {"new", std::to_string(movement.newly_answered)},
                                       {"gone", std::to_string(movement.no_longer_applicable)}});
    return table;
}

void people(Draft& draft, const Comparison& pair) {
    const Texts& texts = pair.texts;
    draft.heading(1, texts("change.people"));
    // The public could subtract one release from the other; shares of a unit stay inside.
    if (pair.change.shares.empty() || pair.release.audience == Audience::public_use) {
        draft.say(texts("change.no_people"));
        return;
    }
    Table table;
    table.columns = {{texts("column.figure"), Align::start},
                     {texts("change.then"), Align::end},
                     {texts("change.now"), Align::end},
                     {texts("change.points"), Align::end}};
    for (const audit::ShareChange& share : pair.change.shares)
        table.rows.push_back(
            {Cell{texts("change.share." + std::string{share.name}), Cell::Kind::header},
             Cell{texts.percent(share.then)}, Cell{texts.percent(share.now)},
             Cell{signed_text(share.points, 1, texts)}});
    draft.add(table);
}

void actions(Draft& draft, const Comparison& pair) {
    const Texts& texts = pair.texts;
    draft.heading(1, texts("change.actions"));
    if (pair.change.agreed.empty()) {
        draft.say(texts("change.no_actions"));
        return;
    }
    const audit::Closure& state = pair.change.closure;
    draft.say(texts("change.actions_note", {{"verified", std::to_string(state.verified)},
                                            {"open", std::to_string(state.open)},
                                            {"overdue", std::to_string(state.overdue)},
                                            {"dropped", std::to_string(state.dropped)}}));
    const bool words = pair.release.audience != Audience::public_use;
    Table table;
    table.columns = {{texts("column.priority"), Align::start},
                     {texts("column.action"), Align::start},
                     {texts("column.due"), Align::start},
                     {texts("column.state"), Align::start}};
    for (const audit::Finding& action : pair.change.agreed)
        table.rows.push_back({Cell{texts.choice("priority", action.priority), Cell::Kind::header},
                              Cell{words ? action.recommendation : texts("cell.withheld")},
                              Cell{texts.or_dash(action.due)},
                              Cell{audit::overdue(action, pair.release.today)
                                       ? texts("action.overdue")
                                       : texts.choice("act_status", action.status)}});
    draft.add(table);
}

void evidence(Draft& draft, const Comparison& pair) {
    std::vector<std::string> items;
    for (const std::string_view item : pair.change.proof_changed)
        items.push_back(item_name(item, pair.texts));
    if (!items.empty())
        draft.say(pair.texts("change.evidence", {{"items", pair.texts.joined(items)}}));
}

}  // namespace

Document change_report(const Record& then, const Record& now, const Release& release,
                       const Texts& texts) {
    const bool named = release.audience != Audience::public_use;
    const std::string unit =
        named ? audit::name_or_code(now.header.unit_name, now.header.unit) : now.header.code;
    Document document =
        new_document(texts("change.title", {{"unit", unit}}),
                     texts("change.subtitle", {{"then", texts.or_dash(then.header.last_day)},
                                               {"now", texts.or_dash(now.header.last_day)}}),
                     release, texts);
    Draft draft{document.blocks};
    const Comparison pair{then, now, audit::compare(then, now, release.today), release, texts};
    if (pair.change.comparable) {
        draft.add(dimension_figure(pair));
        draft.heading(1, texts("change.movement"));
        draft.add(movement_table(pair.change.movement, texts));
        evidence(draft, pair);
        people(draft, pair);
    } else {
        draft.warn(texts("change.not_comparable"));
    }
    actions(draft, pair);
    const Record* const both[]{&then, &now};
    draft.add(imprint(both, release, texts));
    return document;
}

}  // namespace bordereau::report
