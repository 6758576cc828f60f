// app/report/ink.h - the colours of paper: told apart by colour-blind readers and in grey print.
#pragma once

#include <string_view>

#include "app/report/scene.h"

namespace bordereau::report {

/// "#rrggbb". Women and men are purple and orange, never pink and blue; levels run from pale to
/// dark in one hue.
std::string_view paper_colour(Ink ink);

/// The ink of a number printed on this one.
Ink text_on(Ink ink);

/// The ink of a level 0 to 4.
Ink level_ink(int level);

}  // namespace bordereau::report
