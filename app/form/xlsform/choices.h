// app/form/xlsform/choices.h - the choices sheet: lists of choices, each with its own columns.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/form/xlsform/findings.h"
#include "app/form/xlsform/survey_tree.h"
#include "app/form/xlsform/table.h"

namespace bordereau::form::xlsform {

struct Choice {
    std::string name;
    Translated label;
    std::vector<Media> media;
    std::vector<std::pair<std::string, std::string>> more;  ///< further columns, for filters
    int row = 0;
};

struct ChoiceList {
    std::string name;
    std::vector<Choice> choices;
    bool used_by_search = false;  ///< its choices stand in the body, not in an instance

    /// True when labels must be looked up: several languages, media or ${...} in a label.
    bool needs_itext() const;
    /// Adds the choice "other", labelled in every language of the list, unless it is there.
    void add_other();
};

/// Lists in the order of their first row.
class ChoiceLists {
public:
    ChoiceList* find(std::string_view name);
    const ChoiceList* find(std::string_view name) const;
    ChoiceList& find_or_add(std::string_view name);
    bool empty() const { return lists_.empty(); }
    auto begin() const { return lists_.begin(); }
    auto end() const { return lists_.end(); }

private:
    std::vector<ChoiceList> lists_;
};

struct ChoiceOptions {
    std::string default_language;
    bool allow_duplicates = false;
};

/// Reads the table of a choices sheet; says which choices lack a name or have a used one.
ChoiceLists read_choices(const Table& table, const ChoiceOptions& options, Findings& findings);

/// The media columns of a row of the survey or choices sheet.
std::vector<Media> read_media(const Row& row, std::string_view default_language);

}  // namespace bordereau::form::xlsform
