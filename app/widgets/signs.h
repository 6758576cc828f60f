// app/widgets/signs.h - what tells how things stand: progress, chips, message strips.
#pragma once

#include <string_view>

#include "app/widgets/icons.h"
#include "app/widgets/values.h"

namespace bordereau::widgets {

/// A bar over `width` pixels (0: the rest of the region). `share` from 0 to 1; below 0: not known,
/// drawn as a still pattern, since nothing moves by itself.
void progress_bar(float share, float width = 0);
/// "12 of 40" with a bar: words come from the caller.
void labelled_progress(std::string_view words, float share, float width = 0);

Icon tone_icon(Tone tone);

/// A state as sign, words and tint. It is as wide as badge_width().
void badge(std::string_view words, Tone tone, Icon icon = Icon::none);
float badge_width(std::string_view words);
float badge_height();  ///< where its words have one line

/// A strip with sign, words and an optional cross. True when the cross was pressed.
bool message_strip(const char* id, Tone tone, std::string_view words, bool can_dismiss = false);

/// What to say where there is nothing yet: a sign, a title and what to do next.
void empty_state(Icon icon, std::string_view title, std::string_view advice);

}  // namespace bordereau::widgets
