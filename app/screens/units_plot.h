// app/screens/units_plot.h - the index of each unit as a bar, with every number printed beside.
#pragma once

#include "app/screens/reports_view.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// From 0 to 100: filled as far as verified, an outline as far as declared. Nothing without units.
void draw_units(const ReportsView& view, const text::Words& words);

}  // namespace bordereau::app
