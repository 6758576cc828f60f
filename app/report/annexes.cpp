// Annexes of a submission: commitments, texts with their files, audits used.
#include <algorithm>

#include "app/audit/scores.h"
#include "app/report/chapters.h"
#include "app/report/numbers.h"

namespace bordereau::report {
namespace {

constexpr std::size_t kMayBeNamed = 3;  // audited units of a country

bool expired(const audit::Commitment& commitment, Date today) {
    const auto last = audit::last_day_of(commitment.valid_to);
    return last && *last < today;
}

std::string title_of_code(const Material& material, const std::string& code) {
    const auto& all = material.registers.commitments;
    const auto found = std::ranges::find(all, code, &audit::Commitment::code);
    return found == all.end() ? code : found->title;
}

std::string validity(const audit::Commitment& commitment, const Material& material) {
    const Texts& words = material.words;
    std::vector<std::string> parts;
    if (expired(commitment, material.request.release.today))
        parts.push_back(words("annex.expired", {{"year", commitment.valid_to}}));
    if (!commitment.replaced_by.empty())
        parts.push_back(
            words("annex.replaced", {{"title", title_of_code(material, commitment.replaced_by)}}));
    return parts.empty() ? words("annex.current") : words.joined_phrases(parts);
}

std::string relying_countries(const audit::Commitment& commitment, const Material& material) {
    std::vector<std::string> names;
    for (const CountryAudits& country : material.countries)
        if (std::ranges::any_of(country.audits, [&](const audit::Record* audit) {
                return audit->answers.selected("b_instr", commitment.code);
            }))
            names.push_back(country.country.name);
    return names.empty() ? std::string{kDash} : material.words.joined(names);
}

void commitments(Draft& draft, const Material& material) {
    const Texts& words = material.words;
    draft.heading(1, words("annex.commitments"));
    Table table;
    table.columns = {{words("column.title"), Align::start},
                     {words("column.date"), Align::start},
                     {words("column.validity"), Align::start},
                     {words("column.relied_on"), Align::start}};
    for (const audit::Commitment& commitment : material.registers.commitments)
        table.rows.push_back({Cell{commitment.title, Cell::Kind::header},
                              Cell{commitment.date.empty() ? "\u2013" : commitment.date},
                              Cell{validity(commitment, material)},
                              Cell{relying_countries(commitment, material)}});
    draft.add(table);
    for (const audit::Commitment& commitment : material.registers.commitments)
        if (expired(commitment, material.request.release.today))
            draft.warn(words("annex.expired_warning", {{"title", commitment.title}}));
}

void add_files(Table& table, const audit::LegalText& text, const Texts& words) {
    if (!text.original.empty())
        table.rows.push_back(
            {Cell{"originals/" + audit::annex_name(text, text.language, text.original),
                  Cell::Kind::header},
             Cell{text.title}, Cell{words.choice("language", text.language)},
             Cell{words("annex.original")}});
    if (!text.translation.empty())
        table.rows.push_back(
            {Cell{"translations/" + audit::annex_name(text, "en", text.translation),
                  Cell::Kind::header},
             Cell{text.title}, Cell{words.choice("language", "en")},
             Cell{words.choice("trans_kind", text.translation_kind)}});
}

void texts(Draft& draft, const Material& material) {
    const Texts& words = material.words;
    draft.heading(1, words("annex.texts"));
    Table table;
    table.columns = {{words("column.file"), Align::start},
                     {words("column.title"), Align::start},
                     {words("column.language"), Align::start},
                     {words("column.kind"), Align::start}};
    std::vector<std::string> missing;
    for (const audit::LegalText& text : material.texts) {
        add_files(table, text, words);
        const audit::Missing what = audit::missing_from(text);
        if (what == audit::Missing::nothing) continue;
        const bool original = what == audit::Missing::original;
        missing.push_back(
            words("gate.incomplete",
                  {{"title", text.title},
                   {"country", text.country},
                   {"missing", words(original ? "missing.original" : "missing.translation")}}));
    }
    if (table.rows.empty())
        draft.say(words("annex.no_files"));
    else
        draft.add(table);
    draft.heading(2, words("annex.missing_files"));
    if (missing.empty()) draft.say(words("annex.nothing_missing"));
    draft.list(missing);
}

void audits(Draft& draft, const Material& material) {
    const Texts& words = material.words;
    draft.heading(1, words("annex.audits"));
    Table table;
    table.columns = {{words("column.code"), Align::start},
                     {words("column.country"), Align::start},
                     {words("column.unit"), Align::start},
                     {words("column.visit"), Align::start}};
    for (const CountryAudits& country : material.countries) {
        const bool named = country.audits.size() >= kMayBeNamed ||
                           material.request.may_name_units.contains(country.country.code);
        for (const audit::Record* audit : country.audits) {
            const audit::Header& header = audit->header;
            table.rows.push_back({Cell{header.code, Cell::Kind::header}, Cell{country.country.name},
                                  Cell{named ? audit::name_or_code(header.unit_name, header.unit)
                                             : words("annex.unit_withheld")},
                                  Cell{words.or_dash(header.last_day)}});
        }
    }
    if (!table.rows.empty()) draft.add(table);
    draft.note(words("annex.units_note"));
    draft.add(imprint(material.all, material.request.release, words));
}

}  // namespace

void annexes(Draft& draft, const Material& material) {
    draft.add(PageBreak{});
    commitments(draft, material);
    texts(draft, material);
    audits(draft, material);
}

}  // namespace bordereau::report
