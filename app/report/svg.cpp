#include "app/report/svg.h"

#include <cmath>

#include "app/report/ink.h"
#include "storage/base/text.h"

namespace bordereau::report {
namespace {

/// One decimal is a tenth of a sixteenth of the text size: finer than any print.
std::string number(double value) {
    return to_text(std::round(value * 10.0) / 10.0);
}

std::string attribute(std::string_view name, double value) {
    return " " + std::string{name} + "=\"" + number(value) + "\"";
}

std::string attribute(std::string_view name, std::string_view value) {
    return " " + std::string{name} + "=\"" + escape_markup(value) + "\"";
}

class Writer {
public:
    Writer(std::string_view id, Direction words)
        : hatch_("url(#" + std::string{id} + "-hatch)"), words_(words) {}

    void operator()(const Box& box) {
        const bool hidden = box.ink == Ink::hidden;
        const bool outlined = hidden || box.ink == Ink::level0 || box.ink == Ink::paper;
        out += "<rect" + attribute("x", box.x) + attribute("y", box.y) +
               attribute("width", box.width) + attribute("height", box.height) +
               attribute("fill", hidden ? hatch_ : std::string{paper_colour(box.ink)});
        if (outlined)
            out += attribute("stroke", paper_colour(Ink::faint)) + attribute("stroke-width", 0.7);
        out += "/>\n";
    }
    void operator()(const Line& line) {
        out += "<line" + attribute("x1", line.x1) + attribute("y1", line.y1) +
               attribute("x2", line.x2) + attribute("y2", line.y2) +
               attribute("stroke", paper_colour(line.ink)) + attribute("stroke-width", line.width);
        if (line.dashed) out += attribute("stroke-dasharray", "4 3");
        out += "/>\n";
    }
    void operator()(const Dot& dot) {
        out += "<circle" + attribute("cx", dot.x) + attribute("cy", dot.y) +
               attribute("r", dot.radius) +
               attribute("fill", dot.hollow ? paper_colour(Ink::paper) : paper_colour(dot.ink)) +
               attribute("stroke", paper_colour(dot.ink)) + attribute("stroke-width", 1.8) + "/>\n";
    }
    void operator()(const Label& label) {
        constexpr std::string_view kAnchors[]{"start", "middle", "end"};
        out += "<text" + attribute("x", label.x) + attribute("y", label.y) +
               attribute("font-size", label.size) +
               attribute("text-anchor", kAnchors[static_cast<std::size_t>(label.anchor)]) +
               attribute("fill", paper_colour(label.ink));
        if (label.bold) out += attribute("font-weight", "600");
        // An isolate lets the words run their own way between anchors that stay where they are.
        const std::string words =
            words_ == Direction::right_to_left ? "\u2067" + label.text + "\u2069" : label.text;
        out += ">" + escape_markup(words) + "</text>\n";
    }

    std::string out;

private:
    std::string hatch_;
    Direction words_;
};

std::string hatching(std::string_view id) {
    return "<defs><pattern id=\"" + std::string{id} +
           "-hatch\" width=\"6\" height=\"6\" patternTransform=\"rotate(45)\" "
           "patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" fill=\"#ffffff\"/>"
           "<line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\" stroke=\"" +
           std::string{paper_colour(Ink::hidden)} + "\" stroke-width=\"3\"/></pattern></defs>\n";
}

}  // namespace

std::string to_svg(const Scene& scene, std::string_view id, std::string_view alternative,
                   Direction words) {
    Writer writer{id, words};
    for (const Shape& shape : scene.shapes) std::visit(writer, shape);
    // Anchors are sides of the picture, not of the script: the direction of the page must not
    // turn them round.
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + number(scene.width) + " " +
           number(scene.height) + "\" width=\"" + number(scene.width) + "\" height=\"" +
           number(scene.height) + "\" role=\"img\" direction=\"ltr\"" +
           attribute("aria-label", alternative) +
           " font-family=\"'Noto Sans', 'Noto Sans Arabic', 'Noto Sans SC', 'DejaVu Sans', "
           "sans-serif\">\n" +
           hatching(id) + writer.out + "</svg>\n";
}

}  // namespace bordereau::report
