// app/form/definition/diagnostic.h - what is wrong with a form, said so that its author can mend
// it.
#pragma once

#include <string>
#include <vector>

namespace bordereau::form {

enum class Severity { error, warning };

/// One finding. `sheet`, `row` and `column` are empty or 0 where the form did not come from a
/// spreadsheet; rows count from 1 and the header is row 1, as a spreadsheet shows them.
struct Diagnostic {
    Severity severity = Severity::error;
    std::string sheet;
    int row = 0;
    std::string column;
    std::string path;     ///< the question concerned, as an XPath, where known
    std::string message;  ///< what is wrong, one sentence
    std::string remedy;   ///< what to do about it, one sentence; may be empty
};

using Diagnostics = std::vector<Diagnostic>;

/// True when at least one finding is an error: the form cannot be used.
bool has_errors(const Diagnostics& diagnostics);

/// "survey row 12, column relevant: ... Remedy." in one line.
std::string to_text(const Diagnostic& diagnostic);

}  // namespace bordereau::form
