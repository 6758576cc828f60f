#include "app/form/xpath/indexed_repeat.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace bordereau::form::xpath {
namespace {

// Names from the top of the instance down to a node.
struct Trail {
    std::vector<Name> names;
};

std::optional<Trail> trail_of(Call& call, NodeRef node) {
    const Context& context = call.evaluator().context();
    Trail trail;
    NodeIndex at = node.index;
    for (; at != kNoNode && at != context.top; at = node.tree->parent(at))
        trail.names.push_back(node.tree->name(at));
    if (at == kNoNode) return std::nullopt;
    std::ranges::reverse(trail.names);
    return trail;
}

bool append(const Step& step, Trail& trail) {
    if (step.axis == Axis::self) return true;
    if (step.axis == Axis::parent) {
        if (trail.names.empty()) return false;
        trail.names.pop_back();
        return true;
    }
    if (step.axis != Axis::child || step.test.kind != TestKind::name) return false;
    trail.names.push_back(step.test.name);
    return true;
}

// The path that an argument writes, as names from the top: its nodes do not matter, only where
// in the form they lie.
std::optional<Trail> written_path(Call& call, std::size_t at) {
    const Program& program = call.evaluator().program();
    const Term& term = program.terms[call.argument(at)];
    if (term.kind != TermKind::path) return std::nullopt;
    const Path& path = program.paths[term.detail];
    std::optional<Trail> trail = Trail{};
    if (path.start == PathStart::context) trail = trail_of(call, call.context_node());
    if (path.start == PathStart::term) trail = trail_of(call, call.evaluator().current());
    for (const Step& step : path.steps)
        if (!trail || !append(step, *trail)) return std::nullopt;
    return trail;
}

bool is_ancestor(const Trail& repeat, const Trail& target) {
    return repeat.names.size() <= target.names.size() && !repeat.names.empty() &&
           std::ranges::equal(repeat.names, std::span{target.names}.first(repeat.names.size()));
}

// Below 1 is the first (JavaRosa); beyond all, or no number at all, is none.
int instance_number(double index) {
    constexpr int kNone = -1;
    if (std::isnan(index) || index > std::numeric_limits<int>::max()) return kNone;
    return index < 1 ? 1 : static_cast<int>(index);
}

// The instance number asked for at each depth of the target; 0 where none is.
std::optional<std::vector<int>> wanted_instances(Call& call, const Trail& target) {
    std::vector<int> wanted(target.names.size(), 0);
    for (std::size_t i = 1; i + 1 < call.count(); i += 2) {
        const auto repeat = written_path(call, i);
        if (!repeat || !is_ancestor(*repeat, target)) {
            call.fail("argument " + std::to_string(i + 1) +
                      " is not a repeat around the first one");
            return std::nullopt;
        }
        const double index = std::floor(call.number(i + 1) + 0.5);
        wanted[repeat->names.size() - 1] = instance_number(index);
    }
    return wanted;
}

class Descent {
public:
    Descent(Call& call, const Trail& target, const std::vector<int>& wanted)
        : call_{call}, target_{target}, wanted_{wanted} {}

    NodeSet run() {
        const Context& context = call_.evaluator().context();
        const Tree& tree = *context.primary;
        std::vector<NodeIndex> own = ancestors(call_.evaluator().current());
        NodeSet at{{&tree, context.top}};
        for (std::size_t depth = 0; depth < target_.names.size(); ++depth) {
            NodeSet next;
            for (const NodeRef& node : at) descend(node, depth, own, next);
            at = std::move(next);
        }
        return at;
    }

private:
    std::vector<NodeIndex> ancestors(NodeRef node) const {
        const Context& context = call_.evaluator().context();
        std::vector<NodeIndex> chain;
        if (node.tree != context.primary) return chain;
        for (NodeIndex at = node.index; at != kNoNode && at != context.top;
             at = node.tree->parent(at))
            chain.push_back(at);
        std::ranges::reverse(chain);
        return chain;
    }

    // The wanted instance; the context's own where none was asked for; otherwise all.
    void descend(NodeRef from, std::size_t depth, const std::vector<NodeIndex>& own, NodeSet& out) {
        const Tree& tree = *from.tree;
        int number = 1;
        for (NodeIndex child = tree.child(from.index, target_.names[depth]); child != kNoNode;
             child = tree.next_named(child), ++number) {
            if (!call_.evaluator().spend()) return;
            if (wanted_[depth] != 0 && number != wanted_[depth]) continue;
            const bool is_own = depth < own.size() && own[depth] == child;
            const bool has_own = depth < own.size() && tree.parent(own[depth]) == from.index &&
                                 tree.name(own[depth]) == target_.names[depth];
            if (wanted_[depth] == 0 && has_own && !is_own) continue;
            if (tree.relevant(child)) out.add({&tree, child});
        }
    }

    Call& call_;
    const Trail& target_;
    const std::vector<int>& wanted_;
};

}  // namespace

Value indexed_repeat(Call& call) {
    if (call.count() % 2 == 0) return call.fail("each repeat needs an index");
    const auto target = written_path(call, 0);
    if (!target) return call.fail("the first argument must be a plain path");
    const auto wanted = wanted_instances(call, *target);
    if (!wanted) return NodeSet{};
    return Descent{call, *target, *wanted}.run();
}

}  // namespace bordereau::form::xpath
