#include "app/report/scorecard.h"

#include <algorithm>
#include <map>

#include "app/audit/actions.h"
#include "app/audit/agency.h"
#include "app/audit/marker.h"
#include "app/audit/people.h"
#include "app/audit/suppression.h"
#include "app/audit/training.h"
#include "app/report/draft.h"
#include "app/report/numbers.h"
#include "app/report/people_figures.h"
#include "app/report/plots.h"

namespace bordereau::report {
namespace {

using audit::Record;
using Units = std::vector<const Record*>;

constexpr std::size_t kTopFindings = 3;

struct Card {
    const Units& units;
    audit::AgencyScore score;
    const Release& release;
    const Texts& texts;
};

std::string index_text(const std::optional<int>& index, const Texts& texts) {
    return index ? std::to_string(*index) : texts("score.not_published");
}

/// "1 of 10" over the rated dimensions of all units.
std::string met_text(const audit::ShareMet& met, const Texts& texts) {
    return texts("of", {{"n", std::to_string(met.met)}, {"all", std::to_string(met.rated)}});
}

Facts headline(const Card& card) {
    const Texts& texts = card.texts;
    const audit::AgencyScore& score = card.score;
    return {true,
            {{texts("card.index_verified"), index_text(score.verified_index, texts)},
             {texts("card.index_declared"), index_text(score.declared_index, texts)},
             {texts("card.met"), met_text(score.met, texts)},
             {texts("card.staff_side"), texts.or_dash(score.staff_side, 2)},
             {texts("card.service_side"), texts.or_dash(score.service_side, 2)},
             {texts("card.readiness"), texts.or_dash(score.readiness, 1)}}};
}

/// Critical items with a gap, or with an open question, and the number of units.
using ItemUnits = std::map<std::string_view, int>;

ItemUnits count_items(const Units& units, std::vector<std::string_view> audit::AuditScore::*items) {
    ItemUnits counts;
    for (const Record* unit : units) {
        const audit::AuditScore score = audit::score(*unit);
        for (const std::string_view item : score.*items) ++counts[item];
    }
    return counts;
}

std::vector<std::string> item_lines(const ItemUnits& items, std::size_t units, const Texts& texts) {
    std::vector<std::string> lines;
    for (const std::string_view item : audit::critical_items())
        if (const auto found = items.find(item); found != items.end())
            lines.push_back(texts("card.item_in_units", {{"item", item_name(item, texts)},
                                                         {"n", std::to_string(found->second)},
                                                         {"all", std::to_string(units)}}));
    return lines;
}

void draw_scores(Draft& draft, const Card& card) {
    const DotRange data = dot_range(card.units, card.texts);
    draft.add(Figure{card.texts("card.dimensions"), card.texts("card.dimensions_alt"),
                     draw(data, card.texts), twin_of(data, card.texts)});
}

void first_page(Draft& draft, const Card& card) {
    const Texts& texts = card.texts;
    draft.say(texts("card.basis", {{"n", std::to_string(card.units.size())}}));
    draft.add(headline(card));
    const ItemUnits gaps = count_items(card.units, &audit::AuditScore::critical_gaps);
    draw_scores(draft, card);
    draft.heading(2, texts("card.gaps"));
    const auto lines = item_lines(gaps, card.units.size(), texts);
    if (lines.empty()) draft.say(texts("card.no_gaps"));
    draft.list(lines);
    const auto open = item_lines(count_items(card.units, &audit::AuditScore::open_critical),
                                 card.units.size(), texts);
    if (!open.empty()) draft.say(texts("card.open_questions"));
    draft.list(open);
}

void training(Draft& draft, const Card& card, std::span<const Record> records) {
    const Texts& texts = card.texts;
    Units sessions;
    for (const Record& record : records) {
        const audit::Header& header = record.header;
        if (header.form.text == "grpa_train" && header.state == audit::ReviewState::approved &&
            header.agency == card.units.front()->header.agency && header.last_day &&
            *header.last_day >= audit::months_before(card.release.today, audit::kCurrentMonths))
            sessions.push_back(&record);
    }
    draft.heading(2, texts("card.training"));
    if (sessions.empty()) {
        draft.say(texts("card.no_training"));
        return;
    }
    const audit::TrainingFigures figures = audit::training_figures(sessions);
    const auto share =
        audit::publish_share(figures.women, figures.women + figures.men, audit::kLeastForShare,
                             audit::kSmall, card.release.audience);
    const auto people =
        audit::publish_count(figures.participants(), audit::kSmall, card.release.audience);
    draft.add(Facts{
        true,
        {{texts("training.sessions"), std::to_string(figures.sessions)},
         {texts("training.participants"), people ? texts.grouped(*people) : texts("cell.hidden")},
         {texts("training.women"), share ? texts.percent(*share) : texts("cell.hidden")},
         {texts("training.hours"),
          people ? texts.grouped(static_cast<std::int64_t>(figures.person_hours))
                 : texts("cell.hidden")}}});
}

void projects(Draft& draft, const Card& card) {
    const Texts& texts = card.texts;
    const audit::Portfolio portfolio = audit::portfolio(card.units);
    draft.heading(2, texts("card.codes"));
    if (portfolio.coded > 0) {
        const ShareBars data = portfolio_bars(portfolio, texts);
        draft.add(Figure{"", texts("card.codes_alt"), draw(data, texts), twin_of(data, texts)});
        draft.note(texts("card.codes_note", {{"without", std::to_string(portfolio.without_budget)},
                                             {"coded", std::to_string(portfolio.coded)},
                                             {"na", std::to_string(portfolio.not_applicable)}}));
    } else {
        draft.say(texts("card.no_projects"));
    }
    const bool titles = card.release.audience != Audience::public_use;
    if (titles && !portfolio.without_code.empty())
        draft.say(
            texts("card.without_code", {{"titles", texts.joined_phrases(portfolio.without_code)}}));
}

/// Free text stays with the team and the agency; others learn the section and the date.
Table finding_table(const std::vector<audit::Finding>& findings, const Card& card) {
    const Texts& texts = card.texts;
    Table table;
    table.columns = {
        {texts("column.priority"), Align::start}, {texts("column.finding"), Align::start},
        {texts("column.action"), Align::start},   {texts("column.owner"), Align::start},
        {texts("column.due"), Align::start},      {texts("column.state"), Align::start}};
    const bool words = card.release.audience != Audience::public_use;
    for (const audit::Finding& finding : findings) {
        const std::string section = texts.choice("section_code", finding.section);
        const bool late = audit::overdue(finding, card.release.today);
        table.rows.push_back(
            {Cell{texts.choice("priority", finding.priority), Cell::Kind::header},
             Cell{words ? section + ": " + finding.text : section},
             Cell{words ? finding.recommendation : texts("cell.withheld")},
             Cell{texts.choice("owner_role", finding.owner)}, Cell{texts.or_dash(finding.due)},
             Cell{late ? texts("action.overdue") : texts.choice("act_status", finding.status)}});
    }
    return table;
}

void actions(Draft& draft, const Card& card) {
    const Texts& texts = card.texts;
    std::vector<audit::Finding> open;
    std::vector<std::string> good;
    for (const Record* unit : card.units)
        for (audit::Finding& finding : audit::findings(*unit)) {
            if (finding.kind == "good")
                good.push_back(finding.text);
            else if (finding.status != "verified" && finding.status != "dropped")
                open.push_back(std::move(finding));
        }
    audit::sort_by_urgency(open);
    if (open.size() > kTopFindings) open.resize(kTopFindings);
    draft.heading(2, texts("card.findings"));
    if (open.empty())
        draft.say(texts("card.no_findings"));
    else
        draft.add(finding_table(open, card));
    draft.heading(2, texts("card.good"));
    const bool words = card.release.audience != Audience::public_use;
    if (good.empty() || !words)
        draft.say(texts("card.good_count", {{"n", std::to_string(good.size())}}));
    else
        draft.list(good);
}

void second_page(Draft& draft, const Card& card, std::span<const Record> records) {
    const Texts& texts = card.texts;
    draft.add(PageBreak{});
    draft.heading(1, texts("card.page2"));
    draft.heading(2, texts("staff.title"));
    staff_figure(draft, card.units, card.release.audience, texts);
    draft.heading(2, texts("served.title"));
    served_figure(draft, card.units, card.release.audience, texts);
    draft.heading(2, texts("procedures.title"));
    procedure_figure(draft, card.units, card.release.audience, texts);
    training(draft, card, records);
    projects(draft, card);
    actions(draft, card);
}

void small_print(Draft& draft, const Card& card) {
    const Texts& texts = card.texts;
    const bool words = card.release.audience != Audience::public_use;
    draft.heading(2, texts("card.small_print"));
    for (const Record* unit : card.units) {
        const std::string name =
            words ? audit::name_or_code(unit->header.unit_name, unit->header.unit)
                  : unit->header.code;
        if (words && unit->answers.given("m_limits"))
            draft.note(
                texts("card.limits",
                      {{"unit", name}, {"text", std::string{unit->answers.value("m_limits")}}}));
        if (unit->answers.is("a_conflict", "yes"))
            draft.note(texts("card.conflict", {{"unit", name}}));
    }
    draft.note(texts("card.reading"));
    draft.add(imprint(card.units, card.release, texts));
}

}  // namespace

Document scorecard(const std::string& agency, std::span<const Record> records,
                   const Release& release, const Texts& texts) {
    const Units units = audit::current_audits(records, {agency, "", release.today});
    if (units.empty()) {
        Document document =
            new_document(texts("card.title", {{"agency", agency}}), "", release, texts);
        Draft{document.blocks}.warn(texts("card.nothing"));
        return document;
    }
    const audit::Header& header = units.front()->header;
    const std::string name = audit::name_or_code(header.agency_name, header.agency);
    Document document =
        new_document(texts("card.title", {{"agency", name}}),
                     audit::name_or_code(header.country_name, header.country), release, texts);
    document.compact = true;
    Draft draft{document.blocks};
    const Card card{units, audit::agency_score(units), release, texts};
    first_page(draft, card);
    second_page(draft, card, records);
    small_print(draft, card);
    return document;
}

}  // namespace bordereau::report
