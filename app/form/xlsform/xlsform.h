// app/form/xlsform/xlsform.h - turns an XLSForm into the ODK XForm that servers would publish.
// Not an engine: load_xform() reads the result, so both ways give one model.
#pragma once

#include <string>
#include <string_view>

#include "app/form/definition/diagnostic.h"
#include "app/form/xlsform/origins.h"

namespace bordereau::form {

/// An XForm document, or the reasons why there is none. Rows and columns are the spreadsheet's.
struct ConvertedForm {
    std::string xform;  ///< UTF-8 XML; empty exactly when has_errors(diagnostics)
    Diagnostics diagnostics;
    /// The external_choices sheet as the client's itemsets.csv; empty if there is no such sheet.
    std::string itemsets_csv = {};
    Origins origins = {};  ///< of questions, groups and choices
    BorrowedTexts borrowed = {};
};

/// What stands where a language lacks a text that another has.
enum class MissingTexts {
    dash,      ///< "-", as pyxform writes it, so that no other language shows through
    fall_back  ///< the default language's, which borrows from the others what it lacks itself
};

/// Converts .xlsx/.xlsm, .csv (one file, sheets one below the other) or .md (tables), told apart by
/// the ending of `file_name`, which also gives the form id where settings have none.
/// All findings are reported, not only the first. Follows pyxform 4.5.
ConvertedForm convert_xlsform(std::string_view bytes, std::string_view file_name,
                              MissingTexts missing_texts = MissingTexts::dash);

}  // namespace bordereau::form
