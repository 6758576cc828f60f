// app/report/markdown.h - a document as Markdown with pipe tables, for editing and for pasting.
#pragma once

#include <string>

#include "app/report/document.h"

namespace bordereau::report {

/// UTF-8. A drawing becomes its sentence and its table; sources of a paragraph follow it in
/// brackets.
std::string to_markdown(const Document& document);

}  // namespace bordereau::report
