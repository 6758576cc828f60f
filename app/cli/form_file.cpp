#include "app/cli/form_file.h"

#include <nlohmann/json.hpp>

namespace bordereau::app::cli {

nlohmann::json json_of(const form::Diagnostic& found) {
    return {{"severity", found.severity == form::Severity::error ? "error" : "warning"},
            {"sheet", found.sheet},
            {"row", found.row},
            {"column", found.column},
            {"path", found.path},
            {"message", found.message},
            {"remedy", found.remedy}};
}

void print_findings(const Console& console, const form::Diagnostics& findings) {
    for (const form::Diagnostic& found : findings)
        console.print((found.severity == form::Severity::error ? "error: " : "warning: ") +
                      form::to_text(found));
}

}  // namespace bordereau::app::cli
