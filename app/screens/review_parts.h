// app/screens/review_parts.h - the pages of a review beside the answers: evidence and decision.
#pragma once

#include "app/commands.h"
#include "app/screens/review_screen.h"

namespace bordereau::app {

void draw_evidence(const ReviewView& view, const text::Words& words, Commands& out);

/// Review list, comments on the whole, and the verdict with its reason.
void draw_decision(const ReviewView& view, ReviewUi& ui, const text::Words& words, Commands& out);

}  // namespace bordereau::app
