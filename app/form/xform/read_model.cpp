// The primary instance: one model node per distinct path, repeats as frames of slots.
#include <algorithm>

#include "app/form/definition/canonical.h"
#include "app/form/values/geo.h"
#include "app/form/xform/reader.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

bool is_template_mark(const Tree& tree, NodeIndex attribute) {
    return tree.local_name(attribute) == "template";
}

/// The same structure without values and without the repeats inside: a first instance says
/// nothing about what later ones hold.
Blueprint blank(const Definition& definition, const Blueprint& from) {
    Blueprint result{from.node, {}, {}};
    if (definition.model[from.node].is_attribute) result.text = from.text;
    for (const auto& child : from.children)
        if (!definition.model[child.node].is_repeat)
            result.children.push_back(blank(definition, child));
    return result;
}

const Blueprint* find_first(const Blueprint& top, ModelIndex node) {
    if (top.node == node) return &top;
    for (const auto& child : top.children)
        if (const auto* found = find_first(child, node)) return found;
    return nullptr;
}

/// Puts an instance where the form has the repeat.
void insert_first(const Definition& definition, Blueprint& into, const Repeat& repeat) {
    const auto parent = definition.model[repeat.node].parent;
    if (into.node != parent) {
        for (auto& child : into.children)
            if (definition.is_within(parent, child.node)) insert_first(definition, child, repeat);
        return;
    }
    const auto& order = definition.model[parent].children;
    const auto rank = [&order](ModelIndex node) {
        return std::find(order.begin(), order.end(), node) - order.begin();
    };
    auto at = into.children.begin();
    while (at != into.children.end() && rank(at->node) < rank(repeat.node)) ++at;
    into.children.insert(at, repeat.blueprint);
}

/// Same-named siblings that no repeat of the body explains.
void find_doubles(const Blueprint& top, std::vector<ModelIndex>& doubles) {
    for (std::size_t at = 1; at < top.children.size(); ++at)
        if (top.children[at].node == top.children[at - 1].node)
            doubles.push_back(top.children[at].node);
    for (const auto& child : top.children) find_doubles(child, doubles);
}

}  // namespace

ModelIndex FormReader::add_model_node(ModelIndex parent, Name name, Space space, bool attribute) {
    const auto index = static_cast<ModelIndex>(definition.model.size());
    ModelNode node;
    node.name = name;
    node.space = space;
    node.parent = parent;
    node.is_attribute = attribute;
    const auto step = (attribute ? "/@" : "/") + names_->text(name);
    node.path = parent == kNone ? step : definition.model[parent].path + step;
    definition.model.push_back(std::move(node));
    definition.model_by_name.emplace(model_key(parent, name, attribute), index);
    if (parent != kNone) {
        definition.model[parent].children.push_back(index);
        if (!attribute) definition.model[parent].is_leaf = false;
    }
    return index;
}

ModelIndex FormReader::model_node(ModelIndex parent, NodeIndex element, bool attribute) {
    const auto& tree = document_.tree();
    const auto name = tree.name(element);
    if (const auto known = definition.child(parent, name, attribute); known != kNone) return known;
    return add_model_node(parent, name, tree.space(element), attribute);
}

void FormReader::add_attributes(NodeIndex element, Blueprint& into) {
    const auto& tree = document_.tree();
    for (auto at = tree.first_attribute(element); at != kNoNode; at = tree.next(at)) {
        if (tree.is_declaration(at) || is_template_mark(tree, at)) continue;
        into.children.push_back({model_node(into.node, at, true), tree.text(at), {}});
    }
}

Blueprint FormReader::read_blueprint(NodeIndex element, ModelIndex parent) {
    Blueprint result{model_node(parent, element, false), {}, {}};
    add_attributes(element, result);
    auto child = document_.first_element(element);
    if (child == kNoNode) {
        std::string scratch;
        const auto text = document_.tree().string_value(element, scratch);
        // White space around a default is indentation, as in JavaRosa.
        result.text = trimmed(text);
    }
    for (; child != kNoNode; child = document_.next_element(child)) {
        auto part = read_blueprint(child, result.node);
        if (document_.has(child, "template"))
            templates_.try_emplace(part.node, std::move(part));
        else
            result.children.push_back(std::move(part));
    }
    return result;
}

void FormReader::read_primary_instance(NodeIndex instance) {
    const auto root = document_.first_element(instance);
    const auto nodes = document_.count_below(root) + 3;
    definition.model.reserve(nodes);
    definition.model_by_name.reserve(nodes);
    compiled_.reserve(nodes);
    definition.initial = read_blueprint(root, kNone);
    definition.id = document_.attribute(root, "id");
    definition.version = document_.attribute(root, "version");
    if (definition.id.empty()) {
        // Servers demand the attribute; older forms only have a namespace.
        definition.id = names_->uri(document_.tree().space(root));
        if (definition.id.empty() || definition.id == kXformsNamespace)
            definition.id = document_.name(root);
        warning(definition.model[0].path, "The form has no id attribute.",
                "Add one: servers identify forms by it.");
    }
}

void FormReader::find_repeats(NodeIndex body) {
    for (auto at = document_.first_element(body); at != kNoNode; at = document_.next_element(at)) {
        if (document_.name(at) == "repeat") {
            const auto path = document_.either(at, "nodeset", "ref");
            // A relative nodeset is resolved when the body is read; absolute ones are the rule.
            auto context = ModelIndex{0};
            const auto group = document_.tree().parent(at);
            if (const auto ref = document_.either(group, "ref", "nodeset"); !ref.empty())
                if (const auto located = locate(ref, 0); located.node != kNone)
                    context = located.node;
            const auto located = locate(path, context);
            if (located.node != kNone && located.node != 0) {
                const auto repeat = add_repeat(located.node);
                const auto fixed = document_.attribute(at, "noAddRemove");
                definition.repeats[repeat].fixed = fixed == "true()" || fixed == "true";
            }
        }
        find_repeats(at);
    }
}

RepeatIndex FormReader::add_repeat(ModelIndex node) {
    for (RepeatIndex at = 0; at < definition.repeats.size(); ++at)
        if (definition.repeats[at].node == node) return at;
    definition.model[node].is_repeat = true;
    definition.repeats.push_back({});
    definition.repeats.back().node = node;
    return static_cast<RepeatIndex>(definition.repeats.size() - 1);
}

void FormReader::settle_frame(ModelIndex node, RepeatIndex frame) {
    auto& entry = definition.model[node];
    if (entry.is_repeat) {
        const auto inner = add_repeat(node);
        auto& repeat = definition.repeats[inner];
        auto& siblings = frame == kNone ? definition.root_repeats : definition.repeats[frame].inner;
        repeat.outer = frame;
        repeat.depth = frame == kNone ? 1 : definition.repeats[frame].depth + 1;
        repeat.slot = static_cast<std::uint32_t>(siblings.size());
        siblings.push_back(inner);
        frame = inner;
    }
    auto& nodes = frame == kNone ? definition.root_nodes : definition.repeats[frame].nodes;
    entry.frame = frame;
    entry.slot = static_cast<std::uint32_t>(nodes.size());
    nodes.push_back(node);
    for (const auto child : definition.model[node].children) settle_frame(child, frame);
}

void FormReader::settle_blueprint(RepeatIndex index) {
    auto& repeat = definition.repeats[index];
    if (const auto found = templates_.find(repeat.node); found != templates_.end()) {
        repeat.blueprint = found->second;
        return;
    }
    const auto* first = find_first(definition.initial, repeat.node);
    for (auto at = templates_.begin(); first == nullptr && at != templates_.end(); ++at)
        first = find_first(at->second, repeat.node);
    repeat.blueprint =
        first != nullptr ? blank(definition, *first) : Blueprint{repeat.node, {}, {}};
}

void FormReader::settle_repeats() {
    std::vector<ModelIndex> doubles;
    find_doubles(definition.initial, doubles);
    for (const auto node : doubles) {
        if (definition.model[node].is_repeat) continue;
        definition.repeats[add_repeat(node)].fixed = true;
    }
    for (const auto& [node, blueprint] : templates_)
        if (!definition.model[node].is_repeat) definition.repeats[add_repeat(node)].fixed = true;
    ensure_instance_id();
    settle_frame(0, kNone);
    for (RepeatIndex at = 0; at < definition.repeats.size(); ++at) {
        settle_blueprint(at);
        const auto& repeat = definition.repeats[at];
        // Nobody can add to a fixed repeat: one that only has a template gets its one instance.
        if (repeat.fixed && repeat.outer == kNone &&
            find_first(definition.initial, repeat.node) == nullptr)
            insert_first(definition, definition.initial, repeat);
    }
}

void FormReader::keep_offered(Blueprint& blueprint) {
    for (const auto index : definition.model[blueprint.node].controls) {
        const auto& control = definition.controls[index];
        if (control.choices.empty() || control.itemset != kNone) continue;
        std::string kept;
        auto words = words_of(blueprint.text);
        if (control.kind == ControlKind::select_one) words = {blueprint.text};
        for (const auto word : words)
            for (const auto& choice : control.choices)
                if (choice.value == word) kept += (kept.empty() ? "" : " ") + choice.value;
        if (kept.empty() || kept.size() < blueprint.text.size())
            warning(definition.model[blueprint.node].path,
                    "The default \"" + blueprint.text + "\" is not among the choices.",
                    "Correct the default or add the choice.");
        blueprint.text = std::move(kept);
    }
}

void FormReader::cast_defaults(Blueprint& blueprint) {
    for (auto& child : blueprint.children) cast_defaults(child);
    const auto& node = definition.model[blueprint.node];
    if (blueprint.text.empty() || !node.is_leaf) return;
    keep_offered(blueprint);
    switch (node.bind.type) {
        case ValueType::integer:
        case ValueType::decimal:
        case ValueType::string:
        case ValueType::geopoint:
        case ValueType::geotrace:
        case ValueType::geoshape: break;
        default: return;
    }
    auto cast = canonical(node.bind.type, false, blueprint.text, fixed_clock(0));
    if (cast.fits) {
        blueprint.text = std::move(cast.text);
        return;
    }
    // A shape with too few points is still there to be completed.
    if (parse_points(blueprint.text)) return;
    // As in web-forms; JavaRosa refuses forms with letters in a number.
    warning(node.path,
            "The default \"" + blueprint.text +
                "\" is not of the type of its question and is left out.",
            "Correct the default or the type.");
    blueprint.text.clear();
}

void FormReader::ensure_instance_id() {
    const auto meta = names_->find("meta");
    const auto id = names_->intern("instanceID");
    auto block = meta ? definition.child(0, *meta) : kNone;
    definition.instance_id = block == kNone ? kNone : definition.child(block, id);
    if (definition.instance_id == kNone) {
        block = add_instance_id(block, id);
        definition.model[definition.instance_id].bind.preload = "uid";
    }
    const auto old = names_->intern("deprecatedID");
    const auto space = definition.model[definition.instance_id].space;
    definition.deprecated_id = definition.child(block, old);
    if (definition.deprecated_id == kNone)
        definition.deprecated_id = add_model_node(block, old, space, false);
}

// Servers refuse records without one, so every record gets it (OpenRosa metadata).
ModelIndex FormReader::add_instance_id(ModelIndex block, Name id) {
    auto& parts = definition.initial.children;
    if (block == kNone) {
        const auto space = names_->intern_space("orx", "http://openrosa.org/xforms");
        block = add_model_node(0, names_->intern("meta"), space, false);
        parts.push_back({block, {}, {}});
    }
    const auto space = definition.model[block].space;
    definition.instance_id = add_model_node(block, id, space, false);
    for (auto& part : parts)
        if (part.node == block) part.children.push_back({definition.instance_id, {}, {}});
    return block;
}

}  // namespace bordereau::form
