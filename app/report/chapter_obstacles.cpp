// Chapters 3 and 4: what holds progress back, what moves it, and what to do differently.
#include <algorithm>
#include <map>

#include "app/audit/actions.h"
#include "app/audit/agency.h"
#include "app/audit/themes.h"
#include "app/report/chapters.h"
#include "app/report/numbers.h"
#include "app/report/plots.h"

namespace bordereau::report {
namespace {

/// The level named most often; the higher one where two are.
std::string main_level(const audit::ObstacleFigures& obstacle, const Texts& words) {
    std::size_t most = 0;
    for (std::size_t level = 1; level < audit::kObstacleLevels.size(); ++level)
        if (obstacle.at_level(level) > obstacle.at_level(most)) most = level;
    if (obstacle.at_level(most) == 0) return words("obstacle.level.none");
    return words("obstacle.level." + std::string{audit::kObstacleLevels[most]});
}

void obstacle_sentence(Draft& draft, const audit::ObstacleFigures& obstacle, std::size_t audits,
                       const Texts& words) {
    const std::string name = words.choice("obstacle", obstacle.code);
    if (obstacle.audits == 0) {
        draft.say(words("obstacle.silent", {{"obstacle", name}}), {"h_present"});
        return;
    }
    draft.say(
        words("obstacle.named", {{"obstacle", name},
                                 {"n", std::to_string(obstacle.audits)},
                                 {"all", std::to_string(audits)},
                                 {"severity", obstacle.severity ? words.compact(*obstacle.severity)
                                                                : std::string{kDash}},
                                 {"level", main_level(obstacle, words)},
                                 {"better", std::to_string(obstacle.better)},
                                 {"worse", std::to_string(obstacle.worse)}}),
        {"h_item"});
}

void obstacle_notes(Draft& draft, const Material& material) {
    std::vector<std::string> notes;
    for (const audit::Record* audit : material.all)
        for (const audit::Answers& row : audit->rows("h_item"))
            if (row.given("h_note"))
                notes.push_back(material.words.choice("obstacle", row.value("h_code")) + ": " +
                                std::string{row.value("h_note")});
    if (notes.empty()) return;
    draft.say(material.words("obstacle.notes"), {"h_note"});
    draft.list(notes);
}

void readiness(Draft& draft, const Material& material) {
    for (const CountryAudits& country : material.countries) {
        const audit::AgencyScore score = audit::agency_score(country.audits);
        if (!score.readiness) continue;
        draft.say(material.words("lesson.readiness",
                                 {{"country", country.country.name},
                                  {"mean", material.words.fixed(*score.readiness, 1)},
                                  {"low", material.words.compact(score.readiness_low)},
                                  {"high", material.words.compact(score.readiness_high)}}),
                  {"i1"});
    }
}

void incentives(Draft& draft, const Material& material) {
    const Texts& words = material.words;
    const auto all = audit::incentives(material.all, material.request.release.today);
    draft.heading(2, words("lesson.incentives"));
    if (all.empty()) {
        draft.say(words("lesson.no_incentives"), {"i_present"});
        return;
    }
    const DotGroups data = incentive_dots(all, words);
    draft.add(Figure{words("lesson.figure"), words("lesson.figure_alt"), draw(data, words),
                     twin_of(data, words)});
    Table table;
    table.columns = {{words("column.incentive"), Align::start},
                     {words("column.process"), Align::start},
                     {words("column.next_date"), Align::start}};
    for (const audit::IncentiveFigures& incentive : all)
        table.rows.push_back({Cell{words.choice("incentive", incentive.code), Cell::Kind::header},
                              Cell{words.joined_phrases(incentive.processes)},
                              Cell{words.or_dash(incentive.next_date)}});
    draft.add(table);
}

void levers(Draft& draft, const Material& material) {
    std::map<std::string, int> counts;
    for (const audit::Record* audit : material.all)
        for (const std::string_view lever : audit->answers.choices("i_levers"))
            ++counts[std::string{lever}];
    std::vector<std::pair<int, std::string>> order;
    for (const auto& [lever, number] : counts) order.emplace_back(-number, lever);
    std::ranges::sort(order);
    std::vector<std::string> parts;
    for (const auto& [number, lever] : order)
        parts.push_back(material.words(
            "counted",
            {{"label", material.words.choice("levers", lever)}, {"n", std::to_string(-number)}}));
    if (!parts.empty())
        draft.say(material.words("lesson.levers", {{"list", material.words.joined(parts)}}),
                  {"i_levers"});
}

void changes(Draft& draft, const Material& material) {
    std::vector<std::string> proposals;
    for (const audit::Record* audit : material.all)
        if (audit->answers.given("i_diff"))
            proposals.push_back(
                audit::name_or_code(audit->header.agency_name, audit->header.agency) + ": " +
                std::string{audit->answers.value("i_diff")});
    if (proposals.empty()) return;
    draft.heading(2, material.words("lesson.changes"));
    draft.list(proposals);
}

void closure(Draft& draft, const Material& material) {
    std::vector<audit::Finding> agreed;
    for (const audit::Record* audit : material.all)
        for (audit::Finding& finding : audit::findings(*audit))
            agreed.push_back(std::move(finding));
    const audit::Closure state = audit::closure(agreed, material.request.release.today);
    if (state.actions == 0) return;
    const Texts& words = material.words;
    const auto rate = state.rate();
    draft.say(words("lesson.closure",
                    {{"actions", std::to_string(state.actions)},
                     {"verified", std::to_string(state.verified)},
                     {"open", std::to_string(state.open)},
                     {"overdue", std::to_string(state.overdue)},
                     {"rate", rate ? words("lesson.rate", {{"rate", std::to_string(*rate)}})
                                   : words("lesson.no_rate")}}),
              {"l_item"});
}

}  // namespace

void chapter_obstacles(Draft& draft, const Material& material) {
    const Texts& words = material.words;
    const auto all = audit::obstacles(material.all);
    for (const audit::ObstacleFigures& obstacle : all)
        obstacle_sentence(draft, obstacle, material.all.size(), words);
    const StackedBars data = obstacle_bars(all, words);
    draft.add(Figure{words("obstacle.figure"), words("obstacle.figure_alt"), draw(data, words),
                     twin_of(data, words)});
    obstacle_notes(draft, material);
}

void chapter_lessons(Draft& draft, const Material& material) {
    readiness(draft, material);
    closure(draft, material);
    incentives(draft, material);
    levers(draft, material);
    changes(draft, material);
}

}  // namespace bordereau::report
