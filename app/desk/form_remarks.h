// app/desk/form_remarks.h - what the author of a form that was just read should know of it, as
// `bordereau form check` says it.
#pragma once

#include <filesystem>

#include "app/desk/form_shelf.h"
#include "app/form/inspect/report.h"

namespace bordereau::app {

/// Files beside the form, then those in the folder that servers and ODK Collect call FORM-media.
form::Resources files_of(const std::filesystem::path& form);

/// What there is to say of a form that can be used, placed in its workbook; empty of another one.
/// A list that is not there is a remark then, and no fault of `read` any more, so that it is said
/// once.
form::FormReport report_on(ReadForm& read, const form::Resources& beside);

/// Faults that the form can be used with, then what is missing beside it or in a language, what
/// nobody will ever be asked, and what other clients lack. Of an unusable form its findings.
/// `file` is where the form was read from: its lists and media are looked for beside it.
form::Diagnostics findings_of(ReadForm read, const std::filesystem::path& file);

/// Whether a file may hold a form, by the ending of its name.
bool names_form(std::string_view file_name);

}  // namespace bordereau::app
