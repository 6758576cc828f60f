// app/form/xlsform/file_kind.h - what a file really is, whatever it is called, and what its owner
// can do where it is no workbook that this program reads.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bordereau::form::xlsform {

/// A refusal in two sentences for a form's author.
struct Refusal {
    std::string message;  ///< what the file is
    std::string remedy;
};

/// Looks at the first bytes. Nothing where the file may be read as its name says.
std::optional<Refusal> refuse_by_content(std::string_view bytes, std::string_view file_name);

/// True for a zip archive, which is how .xlsx begins.
bool is_zip(std::string_view bytes);

}  // namespace bordereau::form::xlsform
