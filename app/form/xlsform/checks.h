// app/form/xlsform/checks.h - what can be said only once the whole workbook is known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/form/xlsform/entities.h"
#include "app/form/xlsform/findings.h"
#include "app/form/xlsform/form_source.h"
#include "app/form/xlsform/table.h"
#include "app/form/xlsform/workbook.h"

namespace bordereau::form::xlsform {

/// The tables of a workbook that may refer to questions.
struct Tables {
    Table survey, choices, settings, entities;
};

/// Every ${name} of every cell that is used must name one question.
void check_references(const Tables& tables, const References& references, Findings& findings);

/// Questions that set others must be visible, since an event needs a person.
void check_triggers_are_shown(const FormSource& form, Findings& findings);

/// Geometry shown for reference must come from a list, a file or a repeat.
void check_reference_geometry(const FormSource& form, const std::vector<std::string>& instances,
                              Findings& findings);

/// Updated entities are looked up in their list, which must come with the form.
void check_updated_lists(const FormSource& form, const Table& entities,
                         const std::vector<std::string>& files, Findings& findings);

/// A list and a file with one name could not be told apart.
void check_list_names(const FormSource& form, const std::vector<ExternalInstance>& files,
                      Findings& findings);

/// search() and itemsets do not share a list, nor does search() go with files.
void check_search(FormSource& form, Findings& findings);

/// Columns that some languages have and others lack.
void check_languages(const Tables& tables, Findings& findings);

/// Languages without a code such as "(fr)", by which clients find the right one.
void check_language_codes(const std::vector<std::string>& languages, Findings& findings);

/// Formulas without a result, whose cells would be read as empty, and rows that are not read.
void report_unusable_cells(const Sheet& sheet, SheetKind kind, Findings& findings);

/// Sheets whose name is nearly `name`: " Did you mean 'chioces'?"; empty if there are none.
std::string similar_sheets(const Workbook& workbook, std::string_view name);

}  // namespace bordereau::form::xlsform
