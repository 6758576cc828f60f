#include "app/form/definition/diagnostic.h"

#include <algorithm>

namespace bordereau::form {
namespace {

std::string place_of(const Diagnostic& finding) {
    std::string place = finding.sheet;
    const auto add = [&place](const std::string& piece, const char* separator) {
        if (!place.empty()) place += separator;
        place += piece;
    };
    if (finding.row > 0) add("row " + std::to_string(finding.row), " ");
    if (!finding.column.empty()) add("column " + finding.column, ", ");
    if (!finding.path.empty()) add(finding.path, ", ");
    return place;
}

}  // namespace

bool has_errors(const Diagnostics& diagnostics) {
    return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& finding) {
        return finding.severity == Severity::error;
    });
}

std::string to_text(const Diagnostic& diagnostic) {
    auto text = place_of(diagnostic);
    if (!text.empty()) text += ": ";
    text += diagnostic.message;
    if (!diagnostic.remedy.empty()) text += ' ' + diagnostic.remedy;
    return text;
}

}  // namespace bordereau::form
