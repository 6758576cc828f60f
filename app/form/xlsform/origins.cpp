#include "app/form/xlsform/origins.h"

#include <array>
#include <string_view>
#include <utility>

namespace bordereau::form {

void place_in_workbook(Diagnostic& finding, const Origins& origins) {
    constexpr std::array kColumns = std::to_array<std::pair<std::string_view, std::string_view>>({
        {"relevant ", "relevant"},
        {"constraint ", "constraint"},
        {"calculate ", "calculation"},
        {"required ", "required"},
        {"readonly ", "readonly"},
        {"The label ", "label"},
        {"The hint ", "hint"},
        {"The guidance hint ", "guidance_hint"},
        {"The constraint message ", "constraint_message"},
        {"The required message ", "required_message"},
    });
    const auto found = origins.find(finding.path);
    if (!finding.sheet.empty() || found == origins.end()) return;
    finding.sheet = found->second.sheet;
    finding.row = found->second.row;
    // The text id of a choice means nothing to its author.
    if (!finding.path.starts_with('/')) finding.path.clear();
    for (const auto& [start, column] : kColumns)
        if (finding.message.starts_with(start)) finding.column = column;
}

void place_in_workbook(Diagnostics& findings, const Origins& origins) {
    for (auto& finding : findings) place_in_workbook(finding, origins);
}

}  // namespace bordereau::form
