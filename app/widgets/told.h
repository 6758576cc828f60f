// app/widgets/told.h - one line over the lower edge of the page that tells what was just done.
#pragma once

#include <string_view>

#include "app/widgets/values.h"

namespace bordereau::widgets {

/// Drawn after the page, in its window: nothing of it moves. Words that are too long are cut with
/// an ellipsis and show whole when the pointer rests on them. True when its cross was pressed.
bool told_line(const char* id, Tone tone, std::string_view words);

}  // namespace bordereau::widgets
