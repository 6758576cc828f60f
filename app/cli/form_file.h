// app/cli/form_file.h - a form file's findings on the command line, as text and JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "app/cli/console.h"
#include "app/form/definition/diagnostic.h"

namespace bordereau::app::cli {

nlohmann::json json_of(const form::Diagnostic& found);
/// A line each: "error: survey row 4, column relevant: ..."
void print_findings(const Console& console, const form::Diagnostics& findings);

}  // namespace bordereau::app::cli
