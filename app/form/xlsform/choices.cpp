#include "app/form/xlsform/choices.h"

#include <algorithm>
#include <array>
#include <set>

#include "app/form/xlsform/reference_syntax.h"

namespace bordereau::form::xlsform {
namespace {

constexpr std::string_view kLearn = "See https://xlsform.org/en/#setting-up-your-worksheets.";

bool needs_itext(const Choice& choice) {
    return choice.label.has_languages() || !choice.media.empty() ||
           has_reference(choice.label.plain());
}

/// Columns of the author's own become children of each item, so their headers must be XML names.
void check_headers(const Table& table, Findings& findings) {
    for (const auto& column : table.columns) {
        if (column.known || is_xml_name(column.key)) continue;
        findings.warning(table.place(1, column.header),
                         "The column " + quoted(column.header) + " is left out.",
                         "Headers of filter columns must be names without blanks.");
    }
}

Choice read_choice(const Row& row, std::string_view default_language) {
    Choice choice{.name = std::string{row.text("name")},
                  .label = row.translated("label", default_language),
                  .media = read_media(row, default_language),
                  .more = {},
                  .row = row.number};
    for (const auto& cell : row.cells) {
        const bool extra = !cell.column->known && is_xml_name(cell.column->key);
        if (extra) choice.more.emplace_back(cell.column->key, cell.text);
    }
    return choice;
}

void check_duplicates(const Table& table, const ChoiceLists& lists, Findings& findings) {
    for (const auto& list : lists) {
        std::set<std::string_view> seen;
        for (const auto& choice : list.choices) {
            if (choice.name.empty() || seen.insert(choice.name).second) continue;
            findings.error(table.place(choice.row, "name"),
                           "The list " + quoted(list.name) + " has the choice " +
                               quoted(choice.name) + " twice.",
                           "Rename one of them, or set allow_choice_duplicates to yes on the "
                           "settings sheet.");
        }
    }
}

}  // namespace

bool ChoiceList::needs_itext() const {
    return std::ranges::any_of(choices,
                               [](const auto& choice) { return xlsform::needs_itext(choice); });
}

void ChoiceList::add_other() {
    if (std::ranges::find(choices, "other", &Choice::name) != choices.end()) return;
    Choice other{.name = "other", .label = {}, .media = {}, .more = {}};
    std::set<std::string> languages;
    for (const auto& choice : choices)
        for (const auto& [language, text] : choice.label.texts)
            if (choice.label.has_languages() && languages.insert(language).second)
                other.label.texts.emplace_back(language, "Other");
    if (other.label.empty()) other.label = Translated::of("Other");
    choices.push_back(std::move(other));
}

ChoiceList* ChoiceLists::find(std::string_view name) {
    const auto found = std::ranges::find(lists_, name, &ChoiceList::name);
    return found == lists_.end() ? nullptr : &*found;
}

const ChoiceList* ChoiceLists::find(std::string_view name) const {
    const auto found = std::ranges::find(lists_, name, &ChoiceList::name);
    return found == lists_.end() ? nullptr : &*found;
}

ChoiceList& ChoiceLists::find_or_add(std::string_view name) {
    if (auto* known = find(name)) return *known;
    lists_.push_back({.name = std::string{name}, .choices = {}});
    return lists_.back();
}

std::vector<Media> read_media(const Row& row, std::string_view default_language) {
    constexpr std::array kForms =
        std::to_array<std::string_view>({"image", "big-image", "audio", "video"});
    std::vector<Media> media;
    if (!row.has_any("media")) return media;
    for (const auto& cell : row.cells) {
        const auto& path = cell.column->path;
        if (path.front() != "media" || path.size() < 2) continue;
        const bool supported = std::ranges::find(kForms, path[1]) != kForms.end();
        const bool known =
            std::ranges::any_of(media, [&](const auto& other) { return other.form == path[1]; });
        if (!supported || known) continue;
        media.push_back({path[1], row.translated("media::" + path[1], default_language)});
    }
    return media;
}

ChoiceLists read_choices(const Table& table, const ChoiceOptions& options, Findings& findings) {
    ChoiceLists lists;
    check_headers(table, findings);
    for (const auto& row : table.rows) {
        const auto list = row.text("list_name");
        if (list.empty()) continue;
        auto choice = read_choice(row, options.default_language);
        if (choice.name.empty() && table.has_column("name"))
            findings.error(table.place(row.number, "name"), "A choice has no name.",
                           "Give it the value that is to be stored.");
        if (choice.label.empty())
            findings.warning(table.place(row.number, "label"), "A choice has no label.",
                             "Give it a label. " + std::string{kLearn});
        lists.find_or_add(list).choices.push_back(std::move(choice));
    }
    if (!options.allow_duplicates) check_duplicates(table, lists, findings);
    return lists;
}

}  // namespace bordereau::form::xlsform
