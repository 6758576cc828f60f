#include "app/form/xlsform/findings.h"

namespace bordereau::form::xlsform {
namespace {

// A damaged workbook can hold one mistake per row; nobody reads ten thousand of them.
constexpr int kMostFindings = 500;

}  // namespace

void Findings::add(Severity severity, const Place& place, std::string message, std::string remedy) {
    if (severity == Severity::error) ++errors_;
    // An error is never lost among warnings.
    if (found_.size() >= kMostFindings && severity == Severity::error && errors_ == 1)
        found_.pop_back();
    if (found_.size() >= kMostFindings) return;
    for (const auto& known : found_) {
        if (known.row == place.row && known.sheet == place.sheet && known.column == place.column &&
            known.message == message)
            return;
    }
    found_.push_back({.severity = severity,
                      .sheet = place.sheet,
                      .row = place.row,
                      .column = place.column,
                      .path = {},
                      .message = std::move(message),
                      .remedy = std::move(remedy)});
}

std::string quoted(std::string_view text) {
    return "'" + std::string{text} + "'";
}

}  // namespace bordereau::form::xlsform
