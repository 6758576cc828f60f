// The relevant part of the body as a flat list.
#include "app/form/session/state.h"

namespace bordereau::form {

const std::vector<Element>& Session::State::list_elements() {
    if (elements_revision == layout_revision) return elements;
    elements.clear();
    for (const auto control : def.body) list_control(control, 0, 0);
    elements_revision = layout_revision;
    return elements;
}

void Session::State::list_children(const Control& control, FrameIndex frame, int depth) {
    for (const auto child : control.children) list_control(child, frame, depth);
}

void Session::State::list_control(std::uint32_t index, FrameIndex frame, int depth) {
    const auto& control = def.controls[index];
    if (control.kind == ControlKind::repeat) return list_repeat(index, frame, depth);
    if (control.kind != ControlKind::group && control.node == kNone) return;
    Element element;
    element.control = index;
    element.depth = depth;
    element.place = id_of(frames[frame].nodes.front());
    if (control.node != kNone) {
        const auto node = node_in(frame, control.node);
        if (node == kNoNode || !tree.relevant(node)) return;
        element.node = element.place = id_of(node);
    }
    element.widget = control.widget;
    element.kind = control.kind == ControlKind::group ? ElementKind::group : ElementKind::question;
    if (control.remark_on != kNone)
        if (const auto on = node_in(frame, control.remark_on); on != kNoNode && tree.relevant(on))
            element.remark_on = id_of(on);
    elements.push_back(element);
    if (control.kind != ControlKind::group) return;
    const auto before = elements.size();
    list_children(control, frame, depth + 1);
    // A heading over nothing is not shown.
    if (elements.size() == before) elements.pop_back();
}

void Session::State::list_repeat(std::uint32_t index, FrameIndex frame, int depth) {
    const auto& control = def.controls[index];
    if (control.repeat == kNone) return;
    const auto& repeat = def.repeats[control.repeat];
    if (repeat.depth > depth_of(frame) + 1) return;
    const auto outer = outer_at(frame, repeat.depth - 1);
    if (frames[outer].repeat != repeat.outer) return;
    const auto of = frames[outer].inner[repeat.slot];
    if (!series_relevant(of)) return;
    const bool free = !repeat.fixed && repeat.count == kNone;
    Element element;
    element.kind = ElementKind::repeat;
    element.widget = Widget::other;
    element.node = id_of_series(of);
    element.place = id_of(frames[outer].nodes.front());
    element.control = index;
    element.depth = depth;
    element.can_add = free;
    elements.push_back(element);
    for (const auto instance : series[of].instances) {
        const auto top = frames[instance].nodes.front();
        if (!tree.relevant(top)) continue;
        element.kind = ElementKind::repeat_instance;
        element.node = element.place = id_of(top);
        element.depth = depth + 1;
        element.position = static_cast<int>(frames[instance].position) + 1;
        element.can_add = false;
        element.can_remove = free;
        elements.push_back(element);
        list_children(control, instance, depth + 2);
    }
}

}  // namespace bordereau::form
