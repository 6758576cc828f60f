// Chapter 2: laws, policies and practices, what is forthcoming, and how complete the texts are.
#include <algorithm>

#include "app/audit/actions.h"
#include "app/report/chapters.h"
#include "app/report/numbers.h"

namespace bordereau::report {
namespace {

using LegalTexts = std::vector<const audit::LegalText*>;

std::string title_of(const audit::LegalText& text) {
    return text.title_en.empty() ? text.title : text.title_en;
}

std::string choice_or(const Texts& words, std::string_view list, const std::string& choice,
                      std::string_view otherwise) {
    return choice.empty() ? words(otherwise) : words.choice(list, choice);
}

std::string date_of(const audit::LegalText& text, const Texts& words) {
    if (text.date.empty()) return words("practice.undated");
    const auto day = parse_date(text.date);
    return day ? words.date(*day) : text.date;  // a year, or as it was written
}

void entry(Draft& draft, const audit::LegalText& text, const Texts& words) {
    const std::string& summary = text.summary.empty() ? text.remark : text.summary;
    std::vector<std::string> sources{"f_item"};
    if (!text.source.empty()) sources.push_back(text.source);
    draft.say(
        words("practice.entry",
              {{"title", title_of(text)},
               {"kind", choice_or(words, "law_kind", text.kind, "practice.unknown_kind")},
               {"status", choice_or(words, "law_status", text.status, "practice.unknown_status")},
               {"date", date_of(text, words)},
               {"summary", summary}}),
        sources);
}

std::string completeness(const audit::LegalText& text, const Texts& words) {
    switch (audit::missing_from(text)) {
        case audit::Missing::nothing: return words("practice.complete");
        case audit::Missing::original: return words("missing.original");
        case audit::Missing::translation: return words("missing.translation");
    }
    return {};
}

/// The label of the translation; a machine's is named as such.
std::string translation(const audit::LegalText& text, const Texts& words) {
    if (audit::official_un_language(text.language)) return "\u2013";
    return choice_or(words, "trans_kind", text.translation_kind, "trans_kind.none");
}

void register_table(Draft& draft, const LegalTexts& texts, const Texts& words) {
    Table table{words("practice.register"),
                {{words("column.title"), Align::start},
                 {words("column.english"), Align::start},
                 {words("column.kind"), Align::start},
                 {words("column.language"), Align::start},
                 {words("column.translation"), Align::start},
                 {words("column.state"), Align::start}},
                {},
                {}};
    int complete = 0, originals = 0, translated = 0;
    for (const audit::LegalText* text : texts) {
        const bool whole = audit::complete(*text);
        complete += whole;
        originals += !text->original.empty();
        translated += !text->translation.empty();
        table.rows.push_back(
            {Cell{text->title, Cell::Kind::header},
             Cell{text->title_en.empty() ? "\u2013" : text->title_en},
             Cell{choice_or(words, "law_kind", text->kind, "practice.unknown_kind")},
             Cell{words.choice("language", text->language)}, Cell{translation(*text, words)},
             Cell{completeness(*text, words),
                  whole ? Cell::Kind::plain : Cell::Kind::insufficient}});
    }
    table.note = words("practice.table_note", {{"complete", std::to_string(complete)},
                                               {"all", std::to_string(texts.size())},
                                               {"originals", std::to_string(originals)},
                                               {"translations", std::to_string(translated)}});
    draft.add(table);
}

void texts_of(Draft& draft, const LegalTexts& texts, const Texts& words) {
    LegalTexts present, coming;
    for (const audit::LegalText* text : texts)
        (audit::forthcoming(*text) ? coming : present).push_back(text);
    for (const audit::LegalText* text : present) entry(draft, *text, words);
    if (!coming.empty()) draft.heading(3, words("practice.forthcoming"));
    for (const audit::LegalText* text : coming) entry(draft, *text, words);
    register_table(draft, texts, words);
}

void good_practices(Draft& draft, const Audits& audits, const Texts& words) {
    std::vector<std::string> good;
    for (const audit::Record* audit : audits)
        for (const audit::Finding& finding : audit::findings(*audit))
            if (finding.kind == "good") good.push_back(finding.text);
    if (good.empty()) return;
    draft.say(words("practice.good") + ":", {"l_item"});
    draft.list(good);
}

LegalTexts of_country(const Material& material, const std::string& country) {
    LegalTexts texts;
    for (const audit::LegalText& text : material.texts)
        if (text.country == country) texts.push_back(&text);
    return texts;
}

}  // namespace

void chapter_practices(Draft& draft, const Material& material) {
    const Texts& words = material.words;
    for (const CountryAudits& country : material.countries) {
        draft.heading(2, country.country.name);
        const LegalTexts texts = of_country(material, country.country.code);
        if (texts.empty())
            draft.say(words("practice.none"));
        else
            texts_of(draft, texts, words);
        good_practices(draft, country.audits, words);
    }
    LegalTexts others;
    for (const audit::LegalText& text : material.texts)
        if (std::ranges::none_of(material.countries, [&](const CountryAudits& country) {
                return country.country.code == text.country;
            }))
            others.push_back(&text);
    if (others.empty()) return;
    draft.heading(2, words("practice.others"));
    texts_of(draft, others, words);
}

}  // namespace bordereau::report
