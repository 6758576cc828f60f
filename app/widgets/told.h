// app/widgets/told.h - one line at the lower edge of the page that tells what was just done.
#pragma once

#include <string_view>

#include "app/widgets/values.h"

namespace bordereau::widgets {

/// The height in pixels that a page leaves free for the line, so that it covers nothing.
float told_height();

/// Drawn after the page, at the lower edge of its window. Words that are too long are cut with
/// an ellipsis and show whole when the pointer rests on them. True when its cross was pressed.
bool told_line(const char* id, Tone tone, std::string_view words);

}  // namespace bordereau::widgets
