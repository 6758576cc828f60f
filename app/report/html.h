// app/report/html.h - a document as one HTML file that needs nothing else: no script, no network.
#pragma once

#include <string>

#include "app/report/document.h"

namespace bordereau::report {

/// UTF-8. Drawings are inline SVG with their table below; styles include those for printing on A4.
std::string to_html(const Document& document);

}  // namespace bordereau::report
