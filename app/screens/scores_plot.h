// app/screens/scores_plot.h - scores of an audit as dot ranges, with every number printed beside.
#pragma once

#include "app/screens/scores_view.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// One line a dimension on an axis from 0 to 4: filled dot verified, ring declared, bar what is
/// possible. Grey where the answers are too few.
void draw_scores(const ScoresView& view, const text::Words& words);

}  // namespace bordereau::app
