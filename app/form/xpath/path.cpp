// Location paths: steps, predicates, and the ways around walking them node by node.
#include <algorithm>
#include <array>
#include <cmath>

#include "app/form/xpath/axes.h"
#include "app/form/xpath/evaluator.h"
#include "app/form/xpath/functions.h"

namespace bordereau::form::xpath {
namespace {

// As deep as documents may be (XmlLimits::depth), the document node included.
constexpr std::size_t kDeepest = 257;

// Contexts of which none lies inside another keep the children of each apart and in order.
bool keeps_order(Axis axis) {
    return axis == Axis::child || axis == Axis::attribute || axis == Axis::self;
}

}  // namespace

NodeSet Evaluator::path(const Path& path, const Focus& focus) {
    if (path.slot != kNoSlot && !context_.record.empty()) {
        const NodeIndex node = context_.record[path.slot];
        const bool there = node != kNoNode && context_.primary->relevant(node);
        return there ? NodeSet{{context_.primary, node}} : NodeSet{};
    }
    NodeRef at;
    const std::size_t done = narrow(path, focus, at);
    NodeSet nodes = done == 0 ? path_start(path, focus) : at.tree ? NodeSet{at} : NodeSet{};
    bool flat = nodes.size() <= 1;
    for (std::size_t i = done; i < path.steps.size() && !nodes.empty() && !failed(); ++i)
        nodes = step(path.steps[i], nodes, flat);
    return nodes;
}

NodeSet Evaluator::path_start(const Path& path, const Focus& focus) {
    if (path.start == PathStart::context) return NodeSet{focus.node};
    if (path.start == PathStart::root) return NodeSet{{context_.primary, context_.top}};
    NodeSet nodes = this->nodes(path.from, focus);
    if (path.filters.empty()) return nodes;
    std::vector<NodeRef> kept = std::move(nodes).take();
    for (const Predicate& predicate : path.filters) filter(predicate, kept);
    return NodeSet::of(std::move(kept));
}

// Follows an absolute path along the context's own ancestors, as JavaRosa does: each leading step
// without a predicate that has the name of the context's step at that depth means the same node.
// In predicates over secondary instances the context is the node of the whole expression.
std::size_t Evaluator::narrow(const Path& path, const Focus& focus, NodeRef& at) {
    if (!context_.narrow || path.narrowable == 0) return 0;
    const NodeRef origin = focus.node.tree == context_.primary ? focus.node : context_.current;
    if (origin.tree != context_.primary) return 0;
    const Tree& tree = *origin.tree;
    std::array<NodeIndex, kDeepest> chain;
    std::size_t depth = 0;
    NodeIndex node = origin.index;
    for (; node != kNoNode && node != context_.top; node = tree.parent(node)) {
        if (depth == chain.size()) return 0;
        chain[depth++] = node;
    }
    if (node == kNoNode) return 0;
    std::size_t done = 0;
    while (done < path.narrowable && done < depth &&
           passes(tree, chain[depth - 1 - done], Axis::child, path.steps[done].test))
        ++done;
    // As a result, a node that is not relevant is left out like any other.
    const bool left_out =
        done > 0 && done == path.steps.size() && !tree.relevant(chain[depth - done]);
    if (done > 0 && !left_out) at = {&tree, chain[depth - done]};
    return done;
}

NodeSet Evaluator::step(const Step& step, const NodeSet& from, bool& flat) {
    const bool single = from.size() == 1;
    if (single && step.predicates.empty() && step.axis == Axis::child &&
        step.test.kind == TestKind::name && (from[0].index & kTextOf) == 0) {
        // The common step, to one child, without a list.
        const Tree& tree = *from[0].tree;
        const NodeIndex child = tree.child(from[0].index, step.test.name);
        if (child == kNoNode) return {};
        if (tree.next_named(child) == kNoNode) {
            if (!tree.relevant(child) || !passes(tree, child, Axis::child, step.test)) return {};
            return NodeSet{{&tree, child}};
        }
    }
    if (single && step.predicates.empty() && step.axis == Axis::parent &&
        step.test.kind == TestKind::node) {
        const NodeIndex parent = from[0].tree->parent(from[0].index);
        return parent == kNoNode ? NodeSet{} : NodeSet{{from[0].tree, parent}};
    }
    NodeSet out;
    std::size_t crowded = 1u << 20;
    for (const NodeRef& node : from) {
        step_from(step, node, out);
        if (failed()) return {};
        if (!flat && out.size() > crowded) {
            // Nodes met again and again: "//*//*" would otherwise hold each many times.
            out.sort();
            crowded = std::max(crowded, 2 * out.size());
        }
    }
    const bool scattered = step.axis == Axis::namespaces;
    if (scattered || (!single && !(flat && keeps_order(step.axis)))) out.sort();
    flat = keeps_order(step.axis) && (single || flat);
    return out;
}

void Evaluator::step_from(const Step& step, NodeRef from, NodeSet& out) {
    if (at_position(step, from, out)) return;
    std::vector<NodeRef> found;
    if (!looked_up(step, from, found)) walk(*from.tree, from.index, step.axis, step.test, found);
    if (!spend(found.size() + 1)) return;
    for (const Predicate& predicate : step.predicates) filter(predicate, found);
    if (is_reverse(step.axis)) std::ranges::reverse(found);
    if (out.empty()) {
        out = NodeSet::of(std::move(found));
        return;
    }
    for (const NodeRef& node : found) out.add(node);
}

// The rows of a list that can pass the first predicate, by index. All predicates are still tested.
bool Evaluator::looked_up(const Step& step, NodeRef from, std::vector<NodeRef>& out) {
    if (step.axis != Axis::child || step.test.kind != TestKind::name || step.predicates.empty() ||
        (step.predicates[0].equalities.empty() && step.predicates[0].memberships.empty()))
        return false;
    const Lookup* const lookup = lookup_of(from.tree);
    if (lookup == nullptr || from.tree == context_.primary) return false;
    std::optional<Lookup::Rows> fewest;
    for (const Equality& equality : step.predicates[0].equalities) {
        const auto rows = rows_with(*lookup, equality, from, step.test.name);
        if (rows && (!fewest || rows->size() < fewest->size())) fewest = rows;
    }
    if (!fewest) return looked_up_among(*lookup, step, from, out);
    keep_rows(*fewest, step, from, out);
    return true;
}

bool Evaluator::looked_up_among(const Lookup& lookup, const Step& step, NodeRef from,
                                std::vector<NodeRef>& out) {
    for (const Equality& membership : step.predicates[0].memberships) {
        std::string scratch;
        const std::string_view list = text(membership.value, {from}, scratch);
        if (failed()) return false;
        const auto rows = lookup.rows_among(from.index, step.test.name, membership.column, list);
        if (!rows) continue;
        keep_rows(*rows, step, from, out);
        return true;
    }
    return false;
}

void Evaluator::keep_rows(Lookup::Rows rows, const Step& step, NodeRef from,
                          std::vector<NodeRef>& out) {
    for (const NodeIndex row : rows)
        if (passes(*from.tree, row, step.axis, step.test)) out.push_back({from.tree, row});
}

// Nothing where the value has a type that an index cannot answer for.
std::optional<Lookup::Rows> Evaluator::rows_with(const Lookup& lookup, const Equality& equality,
                                                 NodeRef from, Name row) {
    const Value key = value(equality.value, {from});
    if (failed()) return std::nullopt;
    if (const auto* number = std::get_if<double>(&key)) {
        // Others may be equal within the tolerance of comparisons.
        if (*number != std::trunc(*number)) return std::nullopt;
        return lookup.rows(from.index, row, equality.column, *number);
    }
    std::string scratch;
    std::string_view text;
    if (const auto* found = std::get_if<std::string>(&key)) {
        text = *found;
    } else if (const auto* nodes = std::get_if<NodeSet>(&key); nodes != nullptr) {
        if (nodes->size() != 1) return std::nullopt;
        text = (*nodes)[0].tree->string_value((*nodes)[0].index, scratch);
    } else {
        return std::nullopt;
    }
    // A date may equal another spelling of itself.
    if (parse_moment(text, services_->clock)) return std::nullopt;
    return lookup.rows(from.index, row, equality.column, text);
}

// The position that a predicate asks for, where that is the same for every node; `focus` is any of
// them.
std::optional<double> Evaluator::wanted_position(const Predicate& predicate, const Focus& focus) {
    if (predicate.wanted_position == kNoTerm) return std::nullopt;
    const Term& wanted = program_.terms[predicate.wanted_position];
    if (!wanted.fixed && focus.node.tree == context_.primary) return std::nullopt;
    return number(predicate.wanted_position, focus);
}

// child[3], child[position() = x]: counts along the siblings, without a list of them all.
bool Evaluator::at_position(const Step& step, NodeRef from, NodeSet& out) {
    if (step.axis != Axis::child || step.test.kind != TestKind::name ||
        step.predicates.size() != 1 || (from.index & kTextOf) != 0)
        return false;
    const auto wanted = wanted_position(step.predicates[0], {from});
    if (!wanted) return false;
    const Tree& tree = *from.tree;
    double position = 0;
    for (NodeIndex child = tree.child(from.index, step.test.name); child != kNoNode && spend();
         child = tree.next_named(child)) {
        if (!tree.relevant(child) || !passes(tree, child, Axis::child, step.test)) continue;
        if (++position < *wanted) continue;
        if (position == *wanted) out.add({&tree, child});
        break;
    }
    return true;
}

bool Evaluator::keep_at_position(const Predicate& predicate, std::vector<NodeRef>& nodes) {
    if (nodes.empty()) return false;
    const auto wanted = wanted_position(predicate, {nodes[0], 1, nodes.size()});
    if (!wanted) return false;
    const double count = static_cast<double>(nodes.size());
    if (*wanted >= 1 && *wanted <= count && *wanted == std::trunc(*wanted)) {
        nodes[0] = nodes[static_cast<std::size_t>(*wanted) - 1];
        nodes.resize(1);
    } else {
        nodes.clear();
    }
    return true;
}

void Evaluator::filter(const Predicate& predicate, std::vector<NodeRef>& nodes) {
    if (keep_at_position(predicate, nodes)) return;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < nodes.size() && spend(); ++i)
        if (accepts(predicate, {nodes[i], i + 1, nodes.size()})) nodes[kept++] = nodes[i];
    nodes.resize(failed() ? 0 : kept);
}

bool Evaluator::accepts(const Predicate& predicate, const Focus& focus) {
    const TypeOf type = program_.terms[predicate.term].type;
    if (type == TypeOf::boolean || type == TypeOf::nodes || type == TypeOf::text)
        return boolean(predicate.term, focus);
    const Value result = value(predicate.term, focus);
    const auto* position = std::get_if<double>(&result);
    if (position == nullptr) return to_boolean(result);
    return *position == static_cast<double>(focus.position);
}

}  // namespace bordereau::form::xpath
