#include "app/report/scene.h"

#include <utility>

namespace bordereau::report {
namespace {

void mirror(Box& box, double width) {
    box.x = width - box.x - box.width;
}
void mirror(Line& line, double width) {
    line.x1 = width - line.x1;
    line.x2 = width - line.x2;
}
void mirror(Dot& dot, double width) {
    dot.x = width - dot.x;
}
void mirror(Label& label, double width) {
    label.x = width - label.x;
    if (label.anchor == Label::Anchor::middle) return;
    label.anchor = label.anchor == Label::Anchor::start ? Label::Anchor::end : Label::Anchor::start;
}

}  // namespace

Scene mirrored(Scene scene) {
    for (Shape& shape : scene.shapes)
        std::visit([&](auto& one) { mirror(one, scene.width); }, shape);
    return scene;
}

}  // namespace bordereau::report
