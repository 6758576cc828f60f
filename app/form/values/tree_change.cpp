// The changing half of Tree: linking, copying, removing, relevance.
#include "app/form/values/tree.h"
#include "storage/base/check.h"

namespace bordereau::form {
namespace {

// Parents with more children than this are found by hash instead of by walking.
constexpr int kFewChildren = 8;

}  // namespace

void Tree::reserve(std::size_t nodes) {
    nodes_.reserve(nodes);
    texts_.reserve(nodes);
}

NodeIndex Tree::allocate(NodeKind kind, Name name, Space space) {
    NodeIndex node = static_cast<NodeIndex>(nodes_.size());
    if (unused_.empty()) {
        check(nodes_.size() < kTextOf - 1, "a tree has too many nodes");
        nodes_.emplace_back();
        texts_.emplace_back();
    } else {
        node = unused_.back();
        unused_.pop_back();
    }
    nodes_[node].kind = kind;
    nodes_[node].name = name;
    nodes_[node].space = space;
    ++alive_;
    return node;
}

void Tree::release(NodeIndex node) {
    const std::uint32_t generation = nodes_[node].generation + 1;
    nodes_[node] = Node{};
    nodes_[node].generation = generation;
    texts_[node] = std::string{};
    unused_.push_back(node);
    --alive_;
}

NodeIndex Tree::append(NodeIndex parent, NodeKind kind, Name name, Space space, std::string text) {
    if (nodes_[parent].kind == NodeKind::element && !texts_[parent].empty()) {
        std::string own = std::move(texts_[parent]);
        texts_[parent].clear();
        append(parent, NodeKind::text, kNoName, 0, std::move(own));
    }
    const NodeIndex node = allocate(kind, name, space);
    texts_[node] = std::move(text);
    link(node, parent, kNoNode);
    give_order(node);
    return node;
}

NodeIndex Tree::append_element(NodeIndex parent, Name name, Space space) {
    return append(parent, NodeKind::element, name, space, {});
}

NodeIndex Tree::insert_element(NodeIndex parent, Name name, Space space, NodeIndex before) {
    if (before == kNoNode) return append_element(parent, name, space);
    const NodeIndex node = allocate(NodeKind::element, name, space);
    link(node, parent, before);
    give_order(node);
    return node;
}

NodeIndex Tree::append_text(NodeIndex parent, std::string text) {
    return append(parent, NodeKind::text, kNoName, 0, std::move(text));
}

NodeIndex Tree::append_comment(NodeIndex parent, std::string text) {
    return append(parent, NodeKind::comment, kNoName, 0, std::move(text));
}

NodeIndex Tree::append_instruction(NodeIndex parent, Name target, std::string text) {
    return append(parent, NodeKind::instruction, target, 0, std::move(text));
}

NodeIndex Tree::append_attribute(NodeIndex element, Name name, std::string value, Space space) {
    const NodeIndex node = allocate(NodeKind::attribute, name, space);
    texts_[node] = std::move(value);
    nodes_[node].parent = element;
    nodes_[node].relevant = nodes_[element].relevant;
    NodeIndex last = nodes_[element].first_attribute;
    while (last != kNoNode && nodes_[last].next != kNoNode) last = nodes_[last].next;
    nodes_[node].previous = last;
    if (last == kNoNode)
        nodes_[element].first_attribute = node;
    else
        nodes_[last].next = node;
    if (is_leaf(element) && texts_[element].empty())
        give_order(node);
    else
        ordered_ = false;
    return node;
}

void Tree::set_text(NodeIndex node, std::string_view text) {
    check(is_leaf(node), "text was set on an element with children");
    texts_[node & ~kTextOf] = text;
}

bool Tree::is_at_end(NodeIndex node) const {
    if (nodes_[node].kind == NodeKind::attribute) node = nodes_[node].parent;
    while (node != document() && nodes_[node].next == kNoNode) node = nodes_[node].parent;
    return node == document();
}

// Building a document from its beginning to its end never needs renumber().
void Tree::give_order(NodeIndex node) {
    if (ordered_ && is_at_end(node))
        nodes_[node].order = ++last_order_;
    else
        ordered_ = false;
}

void Tree::link(NodeIndex node, NodeIndex parent, NodeIndex before) {
    Node& own = nodes_[node];
    own.parent = parent;
    own.next = before;
    own.previous = before == kNoNode ? nodes_[parent].last_child : nodes_[before].previous;
    own.relevant = own.self_relevant && nodes_[parent].relevant;
    if (own.previous != kNoNode)
        nodes_[own.previous].next = node;
    else
        nodes_[parent].first_child = node;
    if (before != kNoNode)
        nodes_[before].previous = node;
    else
        nodes_[parent].last_child = node;
    if (own.kind == NodeKind::element) link_same_name(node);
}

void Tree::unlink(NodeIndex node) {
    if (nodes_[node].kind == NodeKind::element) unlink_same_name(node);
    Node& own = nodes_[node];
    if (own.previous != kNoNode)
        nodes_[own.previous].next = own.next;
    else
        nodes_[own.parent].first_child = own.next;
    if (own.next != kNoNode)
        nodes_[own.next].previous = own.previous;
    else
        nodes_[own.parent].last_child = own.previous;
}

void Tree::unlink_attribute(NodeIndex node) {
    const Node& own = nodes_[node];
    if (own.previous != kNoNode)
        nodes_[own.previous].next = own.next;
    else
        nodes_[own.parent].first_attribute = own.next;
    if (own.next != kNoNode) nodes_[own.next].previous = own.previous;
}

NodeIndex Tree::previous_named(NodeIndex node) const {
    const Name name = nodes_[node].name;
    NodeIndex other = nodes_[node].previous;
    while (other != kNoNode &&
           (nodes_[other].name != name || nodes_[other].kind != NodeKind::element))
        other = nodes_[other].previous;
    return other;
}

void Tree::link_same_name(NodeIndex node) {
    const NodeIndex parent = nodes_[node].parent;
    if (nodes_[parent].index != kNoIndex) return link_indexed(node);
    int count = 0;
    for (NodeIndex each = nodes_[parent].first_child; each != kNoNode; each = nodes_[each].next)
        if (++count > kFewChildren) return index_children(parent);
    if (const NodeIndex before = previous_named(node); before != kNoNode) {
        nodes_[node].next_named = nodes_[before].next_named;
        nodes_[before].next_named = node;
        return count_from(node, nodes_[before].position + 1);
    }
    NodeIndex after = nodes_[node].next;
    while (after != kNoNode &&
           (nodes_[after].name != nodes_[node].name || nodes_[after].kind != NodeKind::element))
        after = nodes_[after].next;
    nodes_[node].next_named = after;
    count_from(node, 1);
}

// Renumbers a node and those of its name behind it.
void Tree::count_from(NodeIndex node, std::uint32_t position) {
    for (; node != kNoNode; node = nodes_[node].next_named) nodes_[node].position = position++;
}

void Tree::link_indexed(NodeIndex node) {
    SameNameRun& run = indexes_[nodes_[nodes_[node].parent].index].at(nodes_[node].name);
    if (run.first == kNoNode) {
        run = {node, node};
        count_from(node, 1);
    } else if (nodes_[node].next == kNoNode) {
        nodes_[run.last].next_named = node;
        count_from(node, nodes_[run.last].position + 1);
        run.last = node;
    } else if (const NodeIndex before = previous_named(node); before != kNoNode) {
        nodes_[node].next_named = nodes_[before].next_named;
        nodes_[before].next_named = node;
        count_from(node, nodes_[before].position + 1);
        if (run.last == before) run.last = node;
    } else {
        nodes_[node].next_named = run.first;
        run.first = node;
        count_from(node, 1);
    }
}

void Tree::unlink_same_name(NodeIndex node) {
    const NodeIndex parent = nodes_[node].parent, after = nodes_[node].next_named;
    const NodeIndex before = previous_named(node);
    if (before != kNoNode) nodes_[before].next_named = after;
    count_from(after, nodes_[node].position);
    if (nodes_[parent].index == kNoIndex) return;
    ChildIndex& index = indexes_[nodes_[parent].index];
    if (before == kNoNode && after == kNoNode) return index.erase(nodes_[node].name);
    SameNameRun& run = index.at(nodes_[node].name);
    if (before == kNoNode) run.first = after;
    if (after == kNoNode) run.last = before;
}

void Tree::index_children(NodeIndex parent) {
    if (unused_indexes_.empty()) {
        nodes_[parent].index = static_cast<std::uint32_t>(indexes_.size());
        indexes_.emplace_back();
    } else {
        nodes_[parent].index = unused_indexes_.back();
        unused_indexes_.pop_back();
    }
    ChildIndex& index = indexes_[nodes_[parent].index];
    for (NodeIndex node = nodes_[parent].first_child; node != kNoNode; node = nodes_[node].next) {
        if (nodes_[node].kind != NodeKind::element) continue;
        nodes_[node].next_named = kNoNode;
        SameNameRun& run = index.at(nodes_[node].name);
        nodes_[node].position = run.first == kNoNode ? 1 : nodes_[run.last].position + 1;
        if (run.first == kNoNode)
            run.first = node;
        else
            nodes_[run.last].next_named = node;
        run.last = node;
    }
}

void Tree::forget_index(NodeIndex parent) {
    indexes_[nodes_[parent].index] = {};
    unused_indexes_.push_back(nodes_[parent].index);
}

NodeIndex Tree::copy_node(const Tree& from, NodeIndex source) {
    const NodeIndex node =
        allocate(from.nodes_[source].kind, from.nodes_[source].name, from.nodes_[source].space);
    texts_[node] = from.texts_[source];
    nodes_[node].self_relevant = from.nodes_[source].self_relevant;
    for (NodeIndex own = from.nodes_[source].first_attribute; own != kNoNode;
         own = from.nodes_[own].next)
        append_attribute(node, from.nodes_[own].name, from.texts_[own], from.nodes_[own].space);
    return node;
}

NodeIndex Tree::insert_copy(const Tree& from, NodeIndex source, NodeIndex parent,
                            NodeIndex before) {
    check(texts_[parent].empty(), "a subtree was inserted into an element with text");
    ordered_ = false;
    const NodeIndex top = copy_node(from, source);
    NodeIndex original = source, copy = top;
    while (true) {
        if (from.nodes_[original].first_child != kNoNode) {
            original = from.nodes_[original].first_child;
        } else {
            while (original != source && from.nodes_[original].next == kNoNode) {
                original = from.nodes_[original].parent;
                copy = nodes_[copy].parent;
            }
            if (original == source) break;
            original = from.nodes_[original].next;
            copy = nodes_[copy].parent;
        }
        const NodeIndex node = copy_node(from, original);
        link(node, copy, kNoNode);
        copy = node;
    }
    // Linked last: a copy of an ancestor into its own descendant must not meet itself.
    link(top, parent, before);
    pass_relevance_down(top, nullptr);
    return top;
}

void Tree::remove(NodeIndex node) {
    check(node != document(), "the document node was removed");
    if (nodes_[node].kind == NodeKind::attribute) {
        unlink_attribute(node);
        return release(node);
    }
    unlink(node);
    std::vector<NodeIndex> gone;
    for (NodeIndex below = node; below != kNoNode; below = next_in_document(below, node)) {
        gone.push_back(below);
        if (nodes_[below].index != kNoIndex) forget_index(below);
        for (NodeIndex own = nodes_[below].first_attribute; own != kNoNode; own = nodes_[own].next)
            gone.push_back(own);
    }
    for (const NodeIndex each : gone) release(each);
}

bool Tree::set_relevant(NodeIndex node, bool relevant, std::vector<NodeIndex>* changed) {
    nodes_[node].self_relevant = relevant;
    const NodeIndex above = nodes_[node].parent;
    const bool effective = relevant && (above == kNoNode || nodes_[above].relevant);
    if (effective == nodes_[node].relevant) return false;
    nodes_[node].relevant = effective;
    if (changed != nullptr) changed->push_back(node);
    pass_relevance_down(node, changed);
    return true;
}

// Below a node whose own state is right: a child is relevant if it and its parent are.
void Tree::pass_relevance_down(NodeIndex top, std::vector<NodeIndex>* changed) {
    bool descend = true;
    for (NodeIndex node = top; node != kNoNode; node = next_in_document(node, top, descend)) {
        Node& own = nodes_[node];
        if (node != top) {
            const bool effective = own.self_relevant && nodes_[own.parent].relevant;
            descend = effective != own.relevant;
            own.relevant = effective;
            if (descend && changed != nullptr) changed->push_back(node);
        }
        for (NodeIndex each = own.first_attribute; descend && each != kNoNode;
             each = nodes_[each].next) {
            nodes_[each].relevant = nodes_[each].self_relevant && own.relevant;
            if (changed != nullptr) changed->push_back(each);
        }
    }
}

}  // namespace bordereau::form
