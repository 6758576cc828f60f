// app/tour/tour.h - a scripted journey through the real program: three audits entered answer by
// answer, reviewed, returned, corrected, approved, sent to an endpoint on loopback, and reported.
// Leaves pictures of every screen, and the reports. Not a separate path: it asks for what a person
// would ask for, and looks at what a person would see.
#pragma once

#include <filesystem>

#include "app/text/type.h"
#include "storage/base/result.h"

namespace bordereau::app {

/// Makes `folder` with pictures/, reports/, notebook/ and endpoint/ inside. Starts the
/// bordereau-endpoint that lies beside `program`, and stops it again.
///   conflict  the folder is there already
///   invalid   something was not as the journey expects; the detail says what
Status take_tour(text::Type type, const std::filesystem::path& program,
                 const std::filesystem::path& folder);

}  // namespace bordereau::app
