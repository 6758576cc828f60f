// Chapter 1: the respondent, and how gender responsiveness is understood in each country.
#include <algorithm>
#include <map>

#include "app/audit/agency.h"
#include "app/report/chapters.h"
#include "app/report/numbers.h"
#include "app/report/plots.h"

namespace bordereau::report {
namespace {

using Counts = std::vector<std::pair<std::string, std::size_t>>;  // choice, audits

std::string field_of(const audit::RespondentProfile& profile, std::string_view name) {
    const auto found = std::ranges::find(profile.fields, name, &audit::ProfileField::name);
    return found == profile.fields.end() ? std::string{} : found->value;
}

std::string introduction(const audit::RespondentProfile& profile, const Texts& words) {
    const std::string name = profile.short_name.empty()
                                 ? profile.organisation
                                 : profile.organisation + " (" + profile.short_name + ")";
    const std::string founded = field_of(profile, "founded"), role = field_of(profile, "role");
    if (founded.empty() || role.empty()) return name + ".";
    return words("profile.introduction", {{"name", name}, {"role", role}, {"year", founded}});
}

/// "172 states", "18 000 000 US dollars"; a year stays as it is.
std::string value_of(const audit::ProfileField& field, const Texts& words) {
    const bool digits =
        field.value.size() > 4 && field.value.size() < 16 &&
        std::ranges::all_of(field.value, [](char c) { return c >= '0' && c <= '9'; });
    const std::string value = digits ? words.grouped(std::stoll(field.value)) : field.value;
    return field.unit.empty() || field.unit == "year" ? value : value + " " + field.unit;
}

std::string as_of(const audit::ProfileField& field, const Texts& words) {
    const auto day = parse_date(field.as_of);
    return day ? words.date(*day) : field.as_of;
}

void respondent(Draft& draft, const Material& material) {
    const audit::RespondentProfile& profile = material.registers.respondent;
    const Texts& words = material.words;
    draft.heading(2, words("profile.title"));
    if (profile.organisation.empty()) {
        draft.say(words("profile.empty"));
        return;
    }
    draft.say(introduction(profile, words));
    if (!profile.mission.empty()) draft.say(words("profile.mission", {{"text", profile.mission}}));
    Table table;
    table.columns = {{words("column.figure"), Align::start},
                     {"", Align::start},
                     {words("column.as_of"), Align::start},
                     {words("column.source"), Align::start}};
    std::vector<std::string> outdated;
    for (const audit::ProfileField& field : profile.fields) {
        const std::string label = words.choice("profile", field.name);
        if (audit::outdated(field, material.request.release.today)) outdated.push_back(label);
        table.rows.push_back({Cell{label, Cell::Kind::header}, Cell{value_of(field, words)},
                              Cell{as_of(field, words)}, Cell{field.source}});
    }
    if (!table.rows.empty()) draft.add(table);
    if (!outdated.empty())
        draft.warn(words("profile.outdated", {{"names", words.joined(outdated)}}));
    if (!profile.quotation.empty()) draft.quote(profile.quotation, {profile.quotation_source});
    if (!profile.narrative.empty()) draft.say(profile.narrative);
}

std::size_t count_where(const Audits& audits, std::initializer_list<std::string_view> places) {
    return static_cast<std::size_t>(std::ranges::count_if(audits, [&](const audit::Record* audit) {
        return std::ranges::find(places, audit->answers.value("b_where")) != places.end();
    }));
}

void places(Draft& draft, const CountryAudits& country, const Texts& words) {
    const Audits& audits = country.audits;
    Date from = *audits.front()->header.last_day, to = from;
    for (const audit::Record* audit : audits) {
        from = std::min(from, audit->header.first_day.value_or(*audit->header.last_day));
        to = std::max(to, *audit->header.last_day);
    }
    const auto number = [&](std::initializer_list<std::string_view> choices) {
        return std::to_string(count_where(audits, choices));
    };
    draft.say(words("meaning.places",
                    {{"n", words.count("meaning.units", audits.size())},
                     {"country", country.country.name},
                     {"from", words.date(from)},
                     {"to", words.date(to)},
                     {"written", words.count("meaning.written",
                                             count_where(audits, {"law", "policy", "proc"}))},
                     {"law", number({"law"})},
                     {"policy", number({"policy"})},
                     {"proc", number({"proc"})},
                     {"oral", words.count("meaning.oral", count_where(audits, {"oral"}))},
                     {"none", words.count("meaning.none", count_where(audits, {"none"}))}}),
              {"b_where"});
}

/// How many audits tick each choice, most often first; `all` lists choices also ticked by nobody.
Counts ticked(const Audits& audits, std::string_view question,
              std::initializer_list<std::string_view> all) {
    Counts counts;
    for (const std::string_view choice : all) {
        const auto number = std::ranges::count_if(audits, [&](const audit::Record* audit) {
            return audit->answers.selected(question, choice);
        });
        counts.emplace_back(choice, static_cast<std::size_t>(number));
    }
    std::ranges::stable_sort(counts, std::greater{}, &Counts::value_type::second);
    return counts;
}

void elements(Draft& draft, const CountryAudits& country, const Texts& words) {
    const Counts counts =
        ticked(country.audits, "b_elements",
               {"share", "risk", "gap", "aware", "access", "target", "staff", "sogi", "data"});
    const auto some = [&](auto first, auto last) {
        std::vector<std::string> parts;
        for (auto at = first; at != last; ++at)
            parts.push_back(
                words("meaning.element", {{"element", words.choice("def_elements", at->first)},
                                          {"n", std::to_string(at->second)},
                                          {"all", std::to_string(country.audits.size())}}));
        return words.joined(parts);
    };
    draft.say(words("meaning.elements", {{"most", some(counts.begin(), counts.begin() + 3)},
                                         {"least", some(counts.rbegin(), counts.rbegin() + 2)}}),
              {"b_elements"});
}

void outside_help(Draft& draft, const CountryAudits& country, const Texts& words) {
    const Counts counts = ticked(country.audits, "b_support",
                                 {"awareness", "training", "hr", "protection", "labour", "law"});
    std::vector<std::string> kinds;
    for (const auto& [kind, number] : counts)
        if (number > 0) kinds.push_back(words.choice("support_kind", kind));
    const bool awareness_only = kinds.size() == 1 && counts.front().first == "awareness";
    if (kinds.empty())
        draft.say(words("meaning.no_support"), {"b_support"});
    else if (awareness_only)
        draft.say(words("meaning.awareness_only"), {"b_support"});
    else
        draft.say(words("meaning.support", {{"list", words.joined(kinds)}}), {"b_support"});
}

void definitions(Draft& draft, const CountryAudits& country, const Texts& words) {
    std::map<std::string, const audit::Record*> by_text;  // units of an agency often share one
    for (const audit::Record* audit : country.audits)
        if (audit->answers.given("b_text")) by_text.emplace(audit->answers.value("b_text"), audit);
    if (by_text.empty()) return;
    Table table{words("meaning.definitions"),
                {{words("column.source"), Align::start},
                 {words("column.definition"), Align::start},
                 {words("column.language"), Align::start},
                 {words("column.english"), Align::start}},
                {},
                {}};
    for (const auto& [text, audit] : by_text) {
        const audit::Header& header = audit->header;
        table.rows.push_back(
            {Cell{audit::name_or_code(header.agency_name, header.agency), Cell::Kind::header},
             Cell{text}, Cell{words.choice("language", audit->answers.value("b_lang"))},
             Cell{std::string{audit->answers.value("b_en")}}});
    }
    draft.add(table);
}

void daily_practice(Draft& draft, const CountryAudits& country, const Texts& words) {
    std::vector<std::string> gaps;
    for (const audit::Record* audit : country.audits)
        if (audit->answers.given("b_gap")) gaps.emplace_back(audit->answers.value("b_gap"));
    if (gaps.empty()) return;
    draft.say(words("meaning.practice"), {"b_gap"});
    draft.list(gaps);
}

void drivers(Draft& draft, const CountryAudits& country, const Texts& words) {
    DotRange data = dot_range(country.audits, words);
    data.rows.resize(data.drivers);
    const std::string name = country.country.name;
    draft.add(Figure{words("meaning.drivers", {{"country", name}}),
                     words("meaning.drivers_alt", {{"country", name}}), draw(data, words),
                     twin_of(data, words)});
}

}  // namespace

void chapter_meaning(Draft& draft, const Material& material) {
    const Texts& words = material.words;
    respondent(draft, material);
    for (const CountryAudits& country : material.countries) {
        draft.heading(2, country.country.name);
        if (country.audits.empty()) {
            draft.say(words("submission.no_audit"));
            continue;
        }
        places(draft, country, words);
        elements(draft, country, words);
        draft.say(words("meaning.anchor", {{"mean", mean_of(country.audits, "b4", words)}}),
                  {"b_instr", "b4"});
        outside_help(draft, country, words);
        definitions(draft, country, words);
        daily_practice(draft, country, words);
        drivers(draft, country, words);
    }
}

}  // namespace bordereau::report
