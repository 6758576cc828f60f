// Body controls: questions, groups, repeats, with their labels and choices.
#include <array>
#include <cstdlib>

#include "app/form/xform/reader.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

struct KindName {
    std::string_view name;
    ControlKind kind;
};

constexpr std::array kKinds{
    KindName{"input", ControlKind::input},        KindName{"secret", ControlKind::input},
    KindName{"select1", ControlKind::select_one}, KindName{"select", ControlKind::select_multiple},
    KindName{"rank", ControlKind::rank},          KindName{"range", ControlKind::range},
    KindName{"upload", ControlKind::upload},      KindName{"trigger", ControlKind::trigger},
    KindName{"group", ControlKind::group},        KindName{"repeat", ControlKind::repeat}};

Widget input_widget(ValueType type) {
    switch (type) {
        case ValueType::integer: return Widget::integer;
        case ValueType::decimal: return Widget::decimal;
        case ValueType::date: return Widget::date;
        case ValueType::time: return Widget::time;
        case ValueType::date_time: return Widget::date_time;
        case ValueType::geopoint: return Widget::geopoint;
        case ValueType::geotrace: return Widget::geotrace;
        case ValueType::geoshape: return Widget::geoshape;
        case ValueType::barcode: return Widget::barcode;
        case ValueType::binary: return Widget::file;
        default: return Widget::text;
    }
}

Widget upload_widget(std::string_view media_type) {
    if (media_type.starts_with("image/")) return Widget::image;
    if (media_type.starts_with("audio/")) return Widget::audio;
    return media_type.starts_with("video/") ? Widget::video : Widget::file;
}

bool is_number(std::string_view text) {
    const std::string copy{trimmed(text)};
    if (copy.empty()) return false;
    char* end = nullptr;
    std::strtod(copy.c_str(), &end);
    return end == copy.c_str() + copy.size();
}

}  // namespace

std::optional<ControlKind> control_kind(std::string_view local_name) {
    for (const auto& known : kKinds)
        if (known.name == local_name) return known.kind;
    return std::nullopt;
}

Widget widget_of(ControlKind kind, ValueType type, std::string_view media_type) {
    switch (kind) {
        case ControlKind::input: return input_widget(type);
        case ControlKind::select_one: return Widget::select_one;
        case ControlKind::select_multiple: return Widget::select_multiple;
        case ControlKind::rank: return Widget::rank;
        case ControlKind::range: return Widget::range;
        case ControlKind::upload: return upload_widget(media_type);
        case ControlKind::trigger: return Widget::trigger;
        default: return Widget::other;
    }
}

std::uint32_t FormReader::keep(Control control) {
    const auto index = static_cast<std::uint32_t>(definition.controls.size());
    if (control.node != kNone) definition.model[control.node].controls.push_back(index);
    definition.controls.push_back(std::move(control));
    return index;
}

ModelIndex FormReader::control_node(NodeIndex element, const BodyPlace& place) {
    const auto path = document_.either(element, "ref", "nodeset");
    if (path.empty()) {
        const auto id = bind_ids_.find(document_.attribute(element, "bind"));
        return id == bind_ids_.end() ? kNone : id->second;
    }
    const auto located = locate(path, place.context);
    if (located.node == kNone)
        warning(std::string{path}, "The body shows a question that the form does not have.",
                "Correct the ref or add the question to the instance.");
    return located.node;
}

void FormReader::read_common(NodeIndex element, Control& control) {
    const auto path = control.node == kNone ? std::string{} : definition.model[control.node].path;
    control.appearance = document_.attribute(element, "appearance");
    if (const auto label = document_.child(element, "label"); label != kNoNode)
        control.label = read_wording(label, path);
    if (const auto hint = document_.child(element, "hint"); hint != kNoNode)
        control.hint = read_wording(hint, path);
    const auto& tree = document_.tree();
    for (auto at = tree.first_attribute(element); at != kNoNode; at = tree.next(at)) {
        const auto name = tree.local_name(at);
        if (name != "ref" && name != "nodeset" && name != "appearance" && name != "bind")
            control.parameters.emplace_back(name, tree.text(at));
    }
}

void FormReader::check_range(const Control& control, const std::string& path) {
    for (const std::string_view name : {"start", "end", "step"}) {
        std::string_view value;
        for (const auto& [key, text] : control.parameters)
            if (key == name) value = text;
        if (!is_number(value))
            error(path, "The range has no number as " + std::string{name} + ".",
                  "Write start, end and step as numbers.");
    }
}

void FormReader::check_media_type(std::string_view media_type, const std::string& path) {
    // "image/*" and its like; several between commas. A file extension is a common mistake.
    for (const auto one : split(media_type, ','))
        if (!trimmed(one).empty() && one.find('/') == std::string_view::npos)
            error(path, "\"" + std::string{trimmed(one)} + "\" is no media type.",
                  "Write image/*, audio/*, video/* or application/*.");
}

std::uint32_t FormReader::read_question(NodeIndex element, const BodyPlace& place,
                                        ControlKind kind) {
    Control control;
    control.kind = kind;
    control.node = control_node(element, place);
    control.frame = place.frame;
    read_common(element, control);
    if (control.node == kNone) {
        if (!document_.has(element, "ref") && !document_.has(element, "nodeset"))
            error({}, "A question of the body has no ref.", "Say which node it fills.");
        return keep(std::move(control));
    }
    const auto& node = definition.model[control.node];
    const auto path = node.path;
    control.widget = widget_of(kind, node.bind.type, document_.attribute(element, "mediatype"));
    const bool fixed = node.bind.readonly != kNone &&
                       trimmed(definition.expression(node.bind.readonly).text()) == "true()";
    if (kind == ControlKind::input && control.widget == Widget::text && fixed)
        control.widget = Widget::note;
    if (kind == ControlKind::range) check_range(control, path);
    if (kind == ControlKind::upload)
        check_media_type(document_.attribute(element, "mediatype"), path);
    if (kind == ControlKind::select_one || kind == ControlKind::select_multiple ||
        kind == ControlKind::rank)
        read_choices(element, control);
    const auto source = control.node;
    const auto index = keep(std::move(control));
    for (auto at = document_.first_element(element); at != kNoNode; at = document_.next_element(at))
        if (is_action(at)) read_action(at, source, place.frame, source);
    return index;
}

void FormReader::read_item(NodeIndex element, Control& control) {
    const auto path = definition.model[control.node].path;
    StaticChoice choice;
    if (const auto value = document_.child(element, "value"); value != kNoNode)
        choice.value = document_.text(value);
    if (const auto label = document_.child(element, "label"); label != kNoNode)
        choice.label = read_wording(label, path);
    control.choices.push_back(std::move(choice));
}

void FormReader::read_choices(NodeIndex element, Control& control) {
    for (auto at = document_.first_element(element); at != kNoNode;
         at = document_.next_element(at)) {
        if (document_.name(at) == "item") read_item(at, control);
        if (document_.name(at) == "itemset") read_itemset(at, control);
    }
    control.live_labels = definition.translations.has_outputs;
    for (const auto& choice : control.choices)
        for (const auto& part : choice.label.plain)
            control.live_labels = control.live_labels || part.output != kNone;
    if (control.choices.empty() && control.itemset == kNone)
        warning(definition.model[control.node].path, "The select has no choices.",
                "Add choices or a choice list.");
}

void FormReader::read_itemset(NodeIndex element, Control& control) {
    const auto path = definition.model[control.node].path;
    Itemset itemset;
    itemset.nodes = compile(document_.attribute(element, "nodeset"), path, "nodeset");
    const auto value = document_.child(element, "value");
    if (value != kNoNode) itemset.value = compile(document_.attribute(value, "ref"), path, "value");
    std::string_view label;
    if (const auto found = document_.child(element, "label"); found != kNoNode)
        label = trimmed(document_.attribute(found, "ref"));
    if (label.starts_with("jr:itext(") && label.ends_with(")")) {
        itemset.label_is_itext = true;
        label = label.substr(9, label.size() - 10);
    }
    itemset.label = compile(label, path, "label");
    if (itemset.nodes == kNone || itemset.value == kNone) {
        error(path, "The choice list has no nodeset or no value.", "Complete the itemset.");
        return;
    }
    const auto references = definition.expression(itemset.nodes).references();
    itemset.fixed = true;
    for (const auto& reference : references)
        itemset.fixed = itemset.fixed && reference.start == ReferenceStart::instance;
    check_itemset(itemset, element, path);
    control.itemset = static_cast<std::uint32_t>(definition.itemsets.size());
    definition.itemsets.push_back(itemset);
}

void FormReader::check_itemset(const Itemset& itemset, NodeIndex element, const std::string& path) {
    for (const auto& reference : definition.expression(itemset.nodes).references()) {
        if (reference.start != ReferenceStart::instance || reference.in_predicate) continue;
        const auto found = definition.instances.find(reference.instance);
        if (found == definition.instances.end()) continue;
        const auto& tree = found->second->tree;
        auto item = Tree::document();
        for (const auto& step : reference.steps)
            if (item != kNoNode && step.kind == ReferenceStepKind::child)
                item = tree.child(item, step.name);
        if (item == kNoNode || item == Tree::document()) continue;
        for (const auto* part : {"value", "label"}) {
            const auto child = document_.child(element, part);
            if (child == kNoNode) continue;
            const auto ref = trimmed(document_.attribute(child, "ref"));
            const auto name = names_->find(ref);
            const bool plain = ref.find_first_of("(/@.[") == std::string_view::npos;
            if (plain && (!name || tree.child(item, *name) == kNoNode))
                error(path,
                      "The choice list \"" + reference.instance + "\" has no column \"" +
                          std::string{ref} + "\".",
                      "Correct the name or add the column.");
        }
    }
}

std::uint32_t FormReader::read_group(NodeIndex element, const BodyPlace& place) {
    Control control;
    control.kind = ControlKind::group;
    control.frame = place.frame;
    control.node = control_node(element, place);
    auto inner = place;
    if (control.node != kNone) inner.context = control.node;
    // The group around a repeat refers to the repeat itself; only the repeat's own control does.
    if (control.node != kNone && definition.model[control.node].is_repeat) control.node = kNone;
    read_common(element, control);
    std::vector<std::uint32_t> children;
    read_children(element, inner, children);
    // A group that only wraps one repeat lends it its label and vanishes.
    if (children.size() == 1) {
        auto& only = definition.controls[children.front()];
        const bool wraps =
            only.kind == ControlKind::repeat && control.node == kNone && only.label.empty();
        if (wraps) {
            only.label = std::move(control.label);
            only.hint = std::move(control.hint);
            if (only.appearance.empty()) only.appearance = std::move(control.appearance);
            return children.front();
        }
    }
    control.children = std::move(children);
    return keep(std::move(control));
}

std::uint32_t FormReader::read_repeat(NodeIndex element, const BodyPlace& place) {
    Control control;
    control.kind = ControlKind::repeat;
    control.frame = place.frame;
    control.node = control_node(element, place);
    if (control.node == kNone || !definition.model[control.node].is_repeat) {
        error({}, "A repeat has no nodeset.", "Say which nodes it repeats.");
        return keep(std::move(control));
    }
    control.repeat = definition.model[control.node].frame;
    read_common(element, control);
    auto& repeat = definition.repeats[control.repeat];
    const auto& path = definition.model[control.node].path;
    if (const auto count = document_.attribute(element, "count"); !count.empty())
        repeat.count = compile(count, path, "count");
    repeat.count_context = place.context;
    const BodyPlace inner{control.node, control.repeat};
    read_children(element, inner, control.children);
    for (auto at = document_.first_element(element); at != kNoNode; at = document_.next_element(at))
        if (is_action(at)) read_action(at, kNone, control.repeat, control.node);
    return keep(std::move(control));
}

void FormReader::read_children(NodeIndex element, const BodyPlace& place,
                               std::vector<std::uint32_t>& into) {
    for (auto at = document_.first_element(element); at != kNoNode;
         at = document_.next_element(at)) {
        const auto kind = control_kind(document_.name(at));
        if (!kind) continue;
        if (*kind == ControlKind::group)
            into.push_back(read_group(at, place));
        else if (*kind == ControlKind::repeat)
            into.push_back(read_repeat(at, place));
        else
            into.push_back(read_question(at, place, *kind));
    }
}

void FormReader::read_body(NodeIndex body) {
    read_children(body, {}, definition.body);
    for (auto at = document_.first_element(body); at != kNoNode; at = document_.next_element(at))
        if (is_action(at)) read_action(at, kNone, kNone, 0);
}

}  // namespace bordereau::form
