#include "app/form/xpath/axes.h"

#include <algorithm>

namespace bordereau::form::xpath {
namespace {

bool has_own_text(const Tree& tree, NodeIndex node) {
    return (node & kTextOf) == 0 && tree.kind(node) == NodeKind::element && tree.is_leaf(node) &&
           !tree.text(node).empty();
}

// Children as XPath sees them: a leaf's text is a node of its own.
NodeIndex first_child(const Tree& tree, NodeIndex node) {
    if ((node & kTextOf) != 0) return kNoNode;
    const NodeIndex child = tree.first_child(node);
    if (child != kNoNode) return child;
    return has_own_text(tree, node) ? node | kTextOf : kNoNode;
}

NodeIndex last_child(const Tree& tree, NodeIndex node) {
    if ((node & kTextOf) != 0) return kNoNode;
    const NodeIndex child = tree.last_child(node);
    return child != kNoNode ? child : first_child(tree, node);
}

bool has_siblings(const Tree& tree, NodeIndex node) {
    return (node & kTextOf) == 0 && tree.kind(node) != NodeKind::attribute;
}

NodeIndex next_sibling(const Tree& tree, NodeIndex node) {
    return has_siblings(tree, node) ? tree.next(node) : kNoNode;
}

NodeIndex previous_sibling(const Tree& tree, NodeIndex node) {
    return has_siblings(tree, node) ? tree.previous(node) : kNoNode;
}

bool name_passes(const Tree& tree, NodeIndex node, const NodeTest& test) {
    if (test.kind == TestKind::name && tree.name(node) != test.name) return false;
    const Space space = tree.space(node);
    if (test.uri) return tree.names().uri_of(space) == *test.uri;
    return test.kind == TestKind::any_name || space == 0 || tree.names().is_plain(space);
}

class Walker {
public:
    Walker(const Tree& tree, Axis axis, const NodeTest& test, std::vector<NodeRef>& out)
        : tree_{tree}, axis_{axis}, test_{test}, out_{out} {}

    void run(NodeIndex node) {
        switch (axis_) {
            case Axis::child: return children(node);
            case Axis::attribute: return attributes(node);
            case Axis::self: return keep(node);
            case Axis::parent:
                if (tree_.parent(node) != kNoNode) keep(tree_.parent(node));
                return;
            case Axis::descendant: return descendants(node);
            case Axis::descendant_or_self: keep(node); return descendants(node);
            case Axis::ancestor: return ancestors(tree_.parent(node));
            case Axis::ancestor_or_self: return ancestors(node);
            case Axis::following: return following(node);
            case Axis::following_sibling:
                while ((node = next_sibling(tree_, node)) != kNoNode) choose(node);
                return;
            case Axis::preceding: return preceding(node);
            case Axis::preceding_sibling:
                while ((node = previous_sibling(tree_, node)) != kNoNode) choose(node);
                return;
            case Axis::namespaces: return namespaces(node);
        }
    }

private:
    void keep(NodeIndex node) {
        if (passes(tree_, node, axis_, test_)) out_.push_back({&tree_, node});
    }
    void choose(NodeIndex node) {
        if (tree_.relevant(node)) keep(node);
    }

    void children(NodeIndex node) {
        if ((node & kTextOf) != 0) return;
        if (test_.kind == TestKind::name) {
            for (NodeIndex child = tree_.child(node, test_.name); child != kNoNode;
                 child = tree_.next_named(child))
                choose(child);
            return;
        }
        for (NodeIndex child = first_child(tree_, node); child != kNoNode;
             child = next_sibling(tree_, child))
            choose(child);
    }

    void attributes(NodeIndex node) {
        if ((node & kTextOf) != 0) return;
        for (NodeIndex own = tree_.first_attribute(node); own != kNoNode; own = tree_.next(own))
            if (!tree_.is_declaration(own)) choose(own);
    }

    // Everything below `top`, in document order.
    void descendants(NodeIndex top) {
        NodeIndex node = first_child(tree_, top);
        while (node != kNoNode) {
            choose(node);
            const NodeIndex child = first_child(tree_, node);
            node = child != kNoNode ? child : after(node, top);
        }
    }

    // The node behind all of `node`, below `top` (kNoNode: anywhere).
    NodeIndex after(NodeIndex node, NodeIndex top) const {
        while (node != top && node != kNoNode) {
            const NodeIndex next = next_sibling(tree_, node);
            if (next != kNoNode) return next;
            node = tree_.parent(node);
        }
        return kNoNode;
    }

    void ancestors(NodeIndex node) {
        for (; node != kNoNode; node = tree_.parent(node)) keep(node);
    }

    void following(NodeIndex node) {
        if (tree_.kind(node) == NodeKind::attribute) {
            node = tree_.parent(node);
            descendants(node);
        }
        for (node = after(node, kNoNode); node != kNoNode; node = after(node, kNoNode)) {
            choose(node);
            descendants(node);
        }
    }

    // Everything that ends before `node` begins, nearest first: ancestors do not end before it.
    void preceding(NodeIndex node) {
        if (tree_.kind(node) == NodeKind::attribute) node = tree_.parent(node);
        for (; node != kNoNode; node = tree_.parent(node))
            for (NodeIndex before = previous_sibling(tree_, node); before != kNoNode;
                 before = previous_sibling(tree_, before))
                backwards(before);
    }

    // `top` and everything below it, last first.
    void backwards(NodeIndex top) {
        NodeIndex node = deepest_last(top);
        while (true) {
            choose(node);
            if (node == top) return;
            const NodeIndex before = previous_sibling(tree_, node);
            node = before != kNoNode ? deepest_last(before) : tree_.parent(node);
        }
    }

    NodeIndex deepest_last(NodeIndex node) const {
        for (NodeIndex child = node; child != kNoNode; child = last_child(tree_, child))
            node = child;
        return node;
    }

    // Declarations in scope, the nearest of each prefix; they are kept as attributes.
    void namespaces(NodeIndex node) {
        if (tree_.kind(node) != NodeKind::element) return;
        std::vector<Name> seen;
        for (; node != kNoNode; node = tree_.parent(node))
            for (NodeIndex own = tree_.first_attribute(node); own != kNoNode;
                 own = tree_.next(own)) {
                if (!tree_.is_declaration(own)) continue;
                if (std::ranges::find(seen, tree_.name(own)) != seen.end()) continue;
                seen.push_back(tree_.name(own));
                keep(own);
            }
    }

    const Tree& tree_;
    Axis axis_;
    const NodeTest& test_;
    std::vector<NodeRef>& out_;
};

}  // namespace

bool is_reverse(Axis axis) {
    return axis == Axis::ancestor || axis == Axis::ancestor_or_self || axis == Axis::preceding ||
           axis == Axis::preceding_sibling || axis == Axis::parent;
}

bool passes(const Tree& tree, NodeIndex node, Axis axis, const NodeTest& test) {
    const NodeKind kind = tree.kind(node);
    switch (test.kind) {
        case TestKind::node: return true;
        case TestKind::text: return kind == NodeKind::text;
        case TestKind::comment: return kind == NodeKind::comment;
        case TestKind::instruction:
            return kind == NodeKind::instruction &&
                   (test.name == kNoName || tree.name(node) == test.name);
        default: break;
    }
    if (axis == Axis::namespaces)
        return test.kind == TestKind::any_name || tree.name(node) == test.name;
    const NodeKind principal = axis == Axis::attribute ? NodeKind::attribute : NodeKind::element;
    return kind == principal && name_passes(tree, node, test);
}

void walk(const Tree& tree, NodeIndex node, Axis axis, const NodeTest& test,
          std::vector<NodeRef>& out) {
    Walker{tree, axis, test, out}.run(node);
}

}  // namespace bordereau::form::xpath
