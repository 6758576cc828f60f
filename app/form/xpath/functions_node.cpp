// Functions over nodes and node-sets.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "app/form/values/number.h"
#include "app/form/xpath/axes.h"
#include "app/form/xpath/functions.h"
#include "app/form/xpath/indexed_repeat.h"
#include "app/form/xpath/shuffle.h"
#include "storage/base/text.h"

namespace bordereau::form::xpath {
namespace {

Value count(Call& call) {
    return static_cast<double>(call.nodes(0).size());
}

bool has_element(const Tree& tree, NodeIndex node) {
    if ((node & kTextOf) != 0) return false;
    for (NodeIndex child = tree.first_child(node); child != kNoNode; child = tree.next(child))
        if (tree.kind(child) == NodeKind::element) return true;
    return false;
}

// Nodes with text or, as in JavaRosa, with elements inside.
Value count_non_empty(Call& call) {
    const NodeSet nodes = call.nodes(0);
    std::string scratch;
    const auto has_content = [&scratch](const NodeRef& node) {
        return has_element(*node.tree, node.index) ||
               !node.tree->string_value(node.index, scratch).empty();
    };
    return static_cast<double>(std::ranges::count_if(nodes.items(), has_content));
}

// Of a node: its place among siblings of the same name, those that are not relevant included.
Value position(Call& call) {
    if (call.count() == 0) return static_cast<double>(call.focus().position);
    const NodeSet nodes = call.nodes(0);
    if (nodes.empty()) return std::numeric_limits<double>::quiet_NaN();
    return static_cast<double>(nodes[0].tree->position(nodes[0].index));
}

Value last(Call& call) {
    return static_cast<double>(call.focus().size);
}

std::optional<NodeRef> subject(Call& call) {
    if (call.count() == 0) return call.context_node();
    const NodeSet nodes = call.nodes(0);
    if (nodes.empty()) return std::nullopt;
    return nodes[0];
}

// A declaration is written xmlns:p="..." and named p; that of the default namespace has no name.
std::string declared_prefix(const NodeRef& node) {
    const bool is_default = node.tree->names().prefix(node.tree->space(node.index)).empty();
    return is_default ? std::string{} : std::string{node.tree->local_name(node.index)};
}

Value name(Call& call) {
    const auto node = subject(call);
    if (!node) return std::string{};
    if (node->tree->is_declaration(node->index)) return declared_prefix(*node);
    return node->tree->qualified_name(node->index);
}

Value local_name(Call& call) {
    const auto node = subject(call);
    if (!node) return std::string{};
    if (node->tree->is_declaration(node->index)) return declared_prefix(*node);
    return std::string{node->tree->local_name(node->index)};
}

Value namespace_uri(Call& call) {
    const auto node = subject(call);
    if (!node || node->tree->is_declaration(node->index)) return std::string{};
    return node->tree->names().uri(node->tree->space(node->index));
}

std::string_view attribute_text(const Tree& tree, NodeIndex element, std::string_view local,
                                std::string_view prefix) {
    for (NodeIndex own = tree.first_attribute(element); own != kNoNode; own = tree.next(own))
        if (tree.local_name(own) == local && tree.names().prefix(tree.space(own)) == prefix)
            return tree.text(own);
    return {};
}

// lang(): the nearest xml:lang, with or without a region behind it.
Value lang(Call& call) {
    const std::string wanted = lower_ascii(call.text(0));
    const Tree& tree = *call.context_node().tree;
    for (NodeIndex node = call.context_node().index; node != kNoNode; node = tree.parent(node)) {
        const std::string found = lower_ascii(attribute_text(tree, node, "lang", "xml"));
        if (!found.empty()) return found == wanted || found.starts_with(wanted + "-");
    }
    return false;
}

std::vector<std::string> wanted_ids(Call& call) {
    const Value value = call.value(0);
    std::string all;
    if (const auto* nodes = std::get_if<NodeSet>(&value)) {
        std::string scratch;
        for (const NodeRef& node : *nodes)
            all += std::string{node.tree->string_value(node.index, scratch)} + " ";
    } else {
        all = to_string(value);
    }
    std::vector<std::string> out;
    for (const std::string_view word : words_of(all)) out.emplace_back(word);
    return out;
}

// id(): without a DTD, attributes named id or xml:id.
Value id(Call& call) {
    const std::vector<std::string> ids = wanted_ids(call);
    const Tree& tree = *call.context_node().tree;
    std::vector<NodeRef> elements;
    walk(tree, Tree::document(), Axis::descendant, {TestKind::any_name, kNoName, {}}, elements);
    call.evaluator().spend(elements.size());
    NodeSet out;
    for (const NodeRef& element : elements) {
        std::string_view own = attribute_text(tree, element.index, "id", "");
        if (own.empty()) own = attribute_text(tree, element.index, "id", "xml");
        if (!own.empty() && std::ranges::find(ids, own) != ids.end()) out.add(element);
    }
    return out;
}

Value current(Call& call) {
    return NodeSet{call.evaluator().current()};
}

Value instance(Call& call) {
    const NodeRef found = call.evaluator().open_instance(call.text(0));
    return found.tree == nullptr ? NodeSet{} : NodeSet{found};
}

std::int64_t number_of(std::string_view bytes) {
    std::uint64_t bits = 0;
    for (const char byte : bytes.substr(0, 8))
        bits = (bits << 8) | static_cast<unsigned char>(byte);
    return static_cast<std::int64_t>(bits);
}

std::int64_t through_double(std::int64_t number) {
    constexpr double kBeyond = 9223372036854775808.0;
    const double rounded = static_cast<double>(number);
    return rounded >= kBeyond ? std::numeric_limits<std::int64_t>::max()
                              : static_cast<std::int64_t>(rounded);
}

// A number's whole part; other text by its SHA-256; nothing counts as 0.
std::int64_t seed_of(Call& call) {
    const Value value = call.value(1);
    const double number = to_number(value, call.clock());
    if (std::fabs(number) < 9e18) return static_cast<std::int64_t>(number);
    const std::string text = to_string(value);
    if (text.empty() || text == "NaN") return 0;
    const auto hash = call.services().digest ? call.services().digest("SHA-256", text)
                                             : std::optional<std::string>{};
    // JavaRosa passes the hash on as a double, which loses its last bits.
    if (hash) return through_double(number_of(*hash));
    call.fail("a seed that is no number needs SHA-256, which is not available");
    return 0;
}

Value randomize(Call& call) {
    std::vector<NodeRef> nodes = call.nodes(0).take();
    std::int64_t seed = 0;
    if (call.count() > 1) {
        seed = seed_of(call);
    } else if (call.services().entropy) {
        std::array<std::uint8_t, 8> bytes{};
        call.services().entropy(bytes);
        seed = number_of({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    } else {
        return call.fail("there is no source of randomness");
    }
    return NodeSet::of(shuffled(nodes, seed));
}

constexpr Function kFunctions[] = {
    {"count", 1, 1, TypeOf::number, kPure, count},
    {"count-non-empty", 1, 1, TypeOf::number, kPure, count_non_empty},
    {"position", 0, 1, TypeOf::number, kPosition, position},
    {"last", 0, 0, TypeOf::number, kPosition, last},
    {"name", 0, 1, TypeOf::text, kContextIfBare, name},
    {"local-name", 0, 1, TypeOf::text, kContextIfBare, local_name},
    {"namespace-uri", 0, 1, TypeOf::text, kContextIfBare, namespace_uri},
    {"lang", 1, 1, TypeOf::boolean, kContext, lang},
    {"id", 1, 1, TypeOf::nodes, kContext, id},
    {"current", 0, 0, TypeOf::nodes, kPure, current},
    {"instance", 1, 1, TypeOf::nodes, kPure, instance},
    {"randomize", 1, 2, TypeOf::nodes, kVolatile | kFresh, randomize},
    {"indexed-repeat", 3, 11, TypeOf::nodes, kContext, indexed_repeat}};

}  // namespace

std::span<const Function> node_functions() {
    return kFunctions;
}

}  // namespace bordereau::form::xpath
