// app/present/pads.h - pictures that are drawn by hand, as a screen shows them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/desk/drawings.h"
#include "app/present/files.h"
#include "app/screens/fill_view.h"

namespace bordereau::app {

/// Adds their pads to the rows of an audit that is being filled.
Status present_pads(const FileSources& from, std::vector<QuestionView>& rows);

/// The pad of one question, over its picture where that is drawn on. Nothing: it has none.
Result<std::optional<PadView>> present_pad(const FileSources& from, const std::string& question);

}  // namespace bordereau::app
