#include "app/audit/registers.h"

#include <algorithm>
#include <charconv>

#include "app/audit/instrument.h"
#include "storage/base/text.h"

namespace bordereau::audit {
namespace {

constexpr std::size_t kShortTitle = 40;

bool one_of(std::string_view text, std::initializer_list<std::string_view> choices) {
    return std::ranges::find(choices, text) != choices.end();
}

Audience audience_of(const LegalText& text) {
    const bool published_kind = one_of(text.kind, {"law", "bylaw", "strategy", "plan"});
    const bool published = one_of(text.status, {"force", "adopted", "expired"});
    return published_kind && published ? Audience::public_use : Audience::agency;
}

LegalText text_of(const Answers& row, const Header& header) {
    LegalText text;
    text.country = header.country;
    text.kind = row.value("f_kind");
    text.status = row.value("f_status");
    text.title = row.value("f_title");
    text.title_en = row.value("f_title_en");
    text.language = row.value("f_lang");
    text.date = row.value("f_date");
    text.summary = row.value("f_sum");
    text.original = row.value("f_orig");
    text.translation = row.value("f_trans");
    text.translation_kind = row.value("f_tkind");
    text.source = header.code;
    text.audience = audience_of(text);
    return text;
}

bool same_text(const LegalText& one, const LegalText& other) {
    return one.country == other.country && one.title == other.title && one.date == other.date;
}

void keep_newer(std::vector<LegalText>& texts, LegalText text) {
    const auto known =
        std::ranges::find_if(texts, [&](const LegalText& kept) { return same_text(kept, text); });
    if (known == texts.end())
        texts.push_back(std::move(text));
    else if (!known->source.empty())
        *known = std::move(text);
}

/// Lower-case ASCII letters and digits; every other run becomes one hyphen.
std::string file_word(std::string_view title) {
    std::string word;
    for (const char c : lower_ascii(title)) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain)
            word += c;
        else if (!word.empty() && word.back() != '-')
            word += '-';
        if (word.size() >= kShortTitle) break;
    }
    while (!word.empty() && word.back() == '-') word.pop_back();
    return word;
}

std::optional<int> number_in(std::string_view text) {
    int number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed != std::errc{} || end != text.data() + text.size()) return {};
    return number;
}

int days_in(int year, int month) {
    int day = 31;
    while (!exists(Date{year, month, day})) --day;
    return day;
}

}  // namespace

bool official_un_language(std::string_view language) {
    return one_of(language, {"ar", "zh", "en", "fr", "ru", "es"});
}

Missing missing_from(const LegalText& text) {
    if (text.status == "planned") return Missing::nothing;
    if (text.original.empty())
        return text.kind == "practice" ? Missing::nothing : Missing::original;
    if (official_un_language(text.language) || !text.translation.empty()) return Missing::nothing;
    return Missing::translation;
}

bool forthcoming(const LegalText& text) {
    return one_of(text.status, {"draft", "planned"});
}

std::vector<LegalText> legal_texts_of(const Record& record) {
    std::vector<LegalText> texts;
    for (const Answers& row : record.rows("f_item")) texts.push_back(text_of(row, record.header));
    return texts;
}

std::vector<LegalText> merged(std::span<const LegalText> registered,
                              std::span<const Record> audits) {
    std::vector<const Record*> by_age;
    for (const Record& audit : audits) by_age.push_back(&audit);
    std::ranges::stable_sort(by_age, {},
                             [](const Record* audit) { return audit->header.approved_at; });
    std::vector<LegalText> texts{registered.begin(), registered.end()};
    for (const Record* audit : by_age)
        for (LegalText& text : legal_texts_of(*audit)) keep_newer(texts, std::move(text));
    return texts;
}

std::string annex_name(const LegalText& text, std::string_view language, std::string_view file) {
    const std::string year = text.date.size() >= 4 ? text.date.substr(0, 4) : "undated";
    const std::string& title = text.title_en.empty() ? text.title : text.title_en;
    const auto dot = file.rfind('.');
    const std::string_view extension = dot == file.npos ? std::string_view{} : file.substr(dot);
    return text.country + "_" + year + "_" + file_word(title) + "_" + std::string{language} +
           std::string{extension};
}

std::optional<Date> last_day_of(std::string_view text) {
    if (const auto day = parse_date(text)) return day;
    const auto parts = split(text, '-');
    const auto year = number_in(parts[0]);
    if (!year || parts[0].size() != 4 || parts.size() > 2) return {};
    if (parts.size() == 1) return Date{*year, 12, 31};
    const auto month = number_in(parts[1]);
    if (!month || *month < 1 || *month > 12) return {};
    return Date{*year, *month, days_in(*year, *month)};
}

Date months_before(Date day, int months) {
    const int count = day.year * 12 + day.month - 1 - months;
    const int year = count / 12, month = count % 12 + 1;
    return {year, month, std::min(day.day, days_in(year, month))};
}

bool outdated(const ProfileField& field, Date today) {
    if (field.name == "founded" || field.name == "role") return false;
    const auto day = last_day_of(field.as_of);
    return !day || *day < months_before(today, kCurrentMonths);
}

}  // namespace bordereau::audit
