// app/widgets/told.h - a note at the lower edge of the page that tells what was just done.
#pragma once

#include <string_view>

#include "app/widgets/values.h"

namespace bordereau::widgets {

/// The height in pixels that a page in the present window leaves free for the note, so that it
/// covers nothing.
float told_height(std::string_view words);

/// Drawn after the page, at the lower edge of its window; as many lines as the words take. True
/// when its cross was pressed.
bool told_note(const char* id, Tone tone, std::string_view words);

}  // namespace bordereau::widgets
