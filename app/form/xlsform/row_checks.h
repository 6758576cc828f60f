// app/form/xlsform/row_checks.h - what a row of the survey sheet must satisfy by its type.
#pragma once

#include <string>
#include <string_view>

#include "app/form/xlsform/choices.h"
#include "app/form/xlsform/findings.h"
#include "app/form/xlsform/question_types.h"
#include "app/form/xlsform/survey_tree.h"
#include "app/form/xlsform/table.h"

namespace bordereau::form::xlsform {

/// Findings about one row, placed at the columns as its author spelled them.
struct RowReport {
    const Table& table;
    const Row& row;
    Findings& findings;

    Place place(std::string_view key) const { return table.place(row.number, row.header(key)); }
    void error(std::string_view key, std::string message, std::string remedy) const;
    void warning(std::string_view key, std::string message, std::string remedy) const;
};

/// The lists that selects may name, and sheets whose name looks like theirs, for remedies.
struct ListSources {
    const ChoiceLists& choices;
    const ChoiceLists& external;
    std::string choices_hint;
    std::string external_hint;
};

/// True when the select has a list, a file or a repeat to choose from.
bool check_list(const RowReport& report, const SelectType& select, const ListSources& sources);

/// A calculation where one is needed, and none where it cannot be.
void check_calculation(const RowReport& report, const Element& question);

/// What a person is to answer must say what it asks.
void check_shown(const RowReport& report, const Element& question);

/// An answer can be required, a group or repeat cannot.
void check_section(const RowReport& report, const Element& section);

/// A select of which nothing says what to choose from. True when there is a list.
bool check_list_named(const RowReport& report);

/// "Select_One colours" works here, but other programs know the types in lower case only.
void warn_of_capitals(const RowReport& report);

/// Types that devices of today have no answer to.
void warn_of_withdrawn_type(const RowReport& report, std::string_view type);

}  // namespace bordereau::form::xlsform
