// app/report/scene.h - a drawing as a list of shapes, for an SVG writer and for the window alike.
// Colours are roles, not values: a theme decides them (ink.h has those of paper).
#pragma once

#include <string>
#include <variant>
#include <vector>

namespace bordereau::report {

enum class Direction { left_to_right, right_to_left };

/// What a shape stands for. Women and men keep their two colours everywhere.
enum class Ink {
    text,
    faint,  ///< secondary text, axes, grid
    women,
    men,
    verified,  ///< filled mark of a verified score
    declared,  ///< ring of a declared score
    range,     ///< what open answers leave possible
    earlier,   ///< the audit before
    target,    ///< a line to reach
    level0,
    level1,
    level2,
    level3,
    level4,        ///< one sequential scale; the number is printed as well
    insufficient,  ///< grey: too little evidence
    hidden,        ///< hatched: a small number
    critical,      ///< marker of a critical gap
    mark_a,
    mark_b,
    mark_c,
    mark_d,  ///< categories without order
    paper    ///< the ground, and text on dark shapes
};

/// Positions and sizes are in units of 1/16 of the text size, from the top left corner.
struct Box {
    double x = 0, y = 0, width = 0, height = 0;
    Ink ink = Ink::text;
};
struct Line {
    double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
    Ink ink = Ink::faint;
    double width = 1;
    bool dashed = false;
};
struct Dot {
    double x = 0, y = 0, radius = 5;
    Ink ink = Ink::verified;
    bool hollow = false;
};
struct Label {
    enum class Anchor { start, middle, end };
    double x = 0, y = 0;  ///< of the base line
    std::string text;
    Anchor anchor = Anchor::start;
    Ink ink = Ink::text;
    double size = 13;
    bool bold = false;
};

using Shape = std::variant<Box, Line, Dot, Label>;

struct Scene {
    double width = 0, height = 0;
    std::vector<Shape> shapes;  ///< in drawing order
};

/// The scene as read from right to left: every shape mirrored, anchors swapped, text kept.
Scene mirrored(Scene scene);

}  // namespace bordereau::report
