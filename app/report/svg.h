// app/report/svg.h - a scene as SVG text, to stand inside HTML or alone in a file.
#pragma once

#include <string>
#include <string_view>

#include "app/report/scene.h"

namespace bordereau::report {

/// `id` is unique within the page; `alternative` is what a screen reader says. `words`: how labels
/// are read.
std::string to_svg(const Scene& scene, std::string_view id, std::string_view alternative,
                   Direction words = Direction::left_to_right);

}  // namespace bordereau::report
