// Chapter 5: what organisations other than governments contribute, and what is missing.
#include <algorithm>
#include <array>

#include "app/audit/themes.h"
#include "app/report/chapters.h"
#include "app/report/numbers.h"

namespace bordereau::report {
namespace {

constexpr std::array<std::string_view, 8> kContributions{"advocacy", "coherence", "awareness",
                                                         "ta_law",   "ta_train",  "ta_exchange",
                                                         "monitor",  "service"};

std::vector<std::string> labels(const std::vector<std::string>& choices, std::string_view list,
                                const Texts& words) {
    std::vector<std::string> out;
    for (const std::string& choice : choices) out.push_back(words.choice(list, choice));
    return out;
}

void partners(Draft& draft, const audit::SupportFigures& figures, const Texts& words) {
    Table table{words("support.partners"),
                {{words("column.organisation"), Align::start},
                 {words("column.type"), Align::start},
                 {words("column.contribution"), Align::start},
                 {words("column.state"), Align::start}},
                {},
                {}};
    for (const auto& partner : figures.partners)
        table.rows.push_back(
            {Cell{partner.name, Cell::Kind::header}, Cell{words.choice("stk_type", partner.type)},
             Cell{words.joined(labels(partner.contributions, "stk_contrib", words))},
             Cell{words.choice("stk_status", partner.status)}});
    draft.add(table);
}

/// Kinds of contribution against types of organisation: how many give it now.
void matrix(Draft& draft, const audit::SupportFigures& figures, const Texts& words) {
    std::vector<std::string> types;
    for (const auto& partner : figures.partners)
        if (std::ranges::find(types, partner.type) == types.end()) types.push_back(partner.type);
    Table table{words("support.matrix"), {{words("column.contribution"), Align::start}}, {}, {}};
    for (const std::string& type : types)
        table.columns.push_back({words.choice("stk_type", type), Align::end});
    table.columns.push_back({words("column.state"), Align::start});
    for (const std::string_view kind : kContributions) {
        std::vector<Cell> cells{{words.choice("stk_contrib", kind), Cell::Kind::header}};
        for (const std::string& type : types) {
            const auto number = std::ranges::count_if(figures.partners, [&](const auto& partner) {
                return partner.type == type && partner.status == "ongoing" &&
                       std::ranges::find(partner.contributions, kind) !=
                           partner.contributions.end();
            });
            cells.push_back(number > 0 ? std::to_string(number) : std::string{"\u2013"});
        }
        const bool gap = std::ranges::find(figures.missing, kind) != figures.missing.end();
        cells.push_back(gap ? Cell{words("support.gap"), Cell::Kind::insufficient} : Cell{});
        table.rows.push_back(std::move(cells));
    }
    draft.add(table);
}

}  // namespace

void chapter_support(Draft& draft, const Material& material) {
    const Texts& words = material.words;
    for (const CountryAudits& country : material.countries) {
        draft.heading(2, country.country.name);
        if (country.audits.empty()) {
            draft.say(words("submission.no_audit"));
            continue;
        }
        const audit::SupportFigures figures = audit::support(country.audits);
        const auto giving = std::ranges::count_if(
            figures.partners, [](const auto& partner) { return partner.status == "ongoing"; });
        draft.say(
            words("support.sentence",
                  {{"n", words.count("support.organisations", static_cast<std::size_t>(giving))},
                   {"country", country.country.name},
                   {"mean", mean_of(country.audits, "j1", words)}}),
            {"j_item", "j1"});
        if (figures.missing.empty())
            draft.say(words("support.covered"), {"j_need"});
        else
            draft.say(
                words("support.missing",
                      {{"list", words.joined(labels(figures.missing, "stk_contrib", words))}}),
                {"j_need"});
        if (figures.partners.empty()) continue;
        partners(draft, figures, words);
        matrix(draft, figures, words);
    }
}

}  // namespace bordereau::report
