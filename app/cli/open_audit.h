// app/cli/open_audit.h - notebook and audit opened for a subcommand.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/cli/console.h"
#include "app/desk/filling.h"

namespace bordereau::app::cli {

struct OpenAudit {
    std::unique_ptr<Desk> desk;
    std::optional<Filling> filling;
};

/// On failure says so and gives the exit code in `code`.
std::optional<OpenAudit> open_audit(const Console& console, const std::string& audit, Exit& code);

}  // namespace bordereau::app::cli
