// app/desk/form_remarks.h - what the author of a form that was just read should know of it, as
// `bordereau form check` says it.
#pragma once

#include <filesystem>

#include "app/desk/form_shelf.h"

namespace bordereau::app {

/// Faults that the form can be used with, then what is missing beside it or in a language, what
/// nobody will ever be asked, and what other clients lack. Of an unusable form its findings.
/// `file` is where the form was read from: its lists and media are looked for beside it.
form::Diagnostics findings_of(const ReadForm& read, const std::filesystem::path& file);

/// Whether a file may hold a form, by the ending of its name.
bool names_form(std::string_view file_name);

}  // namespace bordereau::app
