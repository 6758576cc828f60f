// app/report/plots.h - figures as scenes. Left to right; mirrored() turns them for Arabic.
#pragma once

#include "app/report/plot_data.h"
#include "app/report/scene.h"
#include "app/report/texts.h"

namespace bordereau::report {

inline constexpr double kPlotWidth = 760;

/// A dot for the verified score, a ring for the declared one, a bar for what lies between bounds.
Scene draw(const DotRange& data, const Texts& texts);
Scene draw(const MirroredBars& data, const Texts& texts);
Scene draw(const TargetBars& data, const Texts& texts);
Scene draw(const StackedBars& data, const Texts& texts);
Scene draw(const DotGroups& data, const Texts& texts);
Scene draw(const ShareBars& data, const Texts& texts);

}  // namespace bordereau::report
