// app/cli/form_file.h - a form file on the command line: the files beside it, its findings as text
// and JSON.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>

#include "app/cli/console.h"
#include "app/desk/form_shelf.h"
#include "app/form/definition/diagnostic.h"

namespace bordereau::app::cli {

/// Files beside the form, then those in the folder that servers and ODK Collect call FORM-media.
form::Resources files_of(const std::filesystem::path& form);

nlohmann::json json_of(const form::Diagnostic& found);
/// A line each: "error: survey row 4, column relevant: ..."
void print_findings(const Console& console, const form::Diagnostics& findings);

}  // namespace bordereau::app::cli
