#include "app/form/values/tree.h"

namespace bordereau::form {
namespace {

bool stands_for_text(NodeIndex node) {
    return (node & kTextOf) != 0;
}

}  // namespace

Tree::Tree(std::shared_ptr<const Names> names) : names_{std::move(names)} {
    allocate(NodeKind::document, kNoName, 0);
}

NodeIndex Tree::root() const {
    NodeIndex node = nodes_[document()].first_child;
    while (node != kNoNode && nodes_[node].kind != NodeKind::element) node = nodes_[node].next;
    return node;
}

std::string_view Tree::local_name(NodeIndex node) const {
    const Name found = name(node);
    return found == kNoName ? std::string_view{} : std::string_view{names_->text(found)};
}

std::string Tree::qualified_name(NodeIndex node) const {
    const std::string& prefix = names_->prefix(space(node));
    const std::string_view local = local_name(node);
    return prefix.empty() ? std::string{local} : prefix + ":" + std::string{local};
}

NodeIndex Tree::child(NodeIndex parent, Name name) const {
    const Node& own = raw(parent);
    if (own.index != kNoIndex) {
        const SameNameRun* run = indexes_[own.index].find(name);
        return run == nullptr ? kNoNode : run->first;
    }
    NodeIndex node = own.first_child;
    while (node != kNoNode && (nodes_[node].name != name || nodes_[node].kind != NodeKind::element))
        node = nodes_[node].next;
    return node;
}

NodeIndex Tree::attribute(NodeIndex element, Name name) const {
    NodeIndex node = raw(element).first_attribute;
    while (node != kNoNode && (nodes_[node].name != name || is_declaration(node)))
        node = nodes_[node].next;
    return node;
}

bool Tree::is_declaration(NodeIndex node) const {
    const Node& own = raw(node);
    return own.kind == NodeKind::attribute && own.space != 0 &&
           names_->uri_of(own.space) == kDeclarations;
}

int Tree::position(NodeIndex node) const {
    return (node & kTextOf) != 0 ? 0 : static_cast<int>(nodes_[node].position);
}

int Tree::count_named(NodeIndex parent, Name name) const {
    int count = 0;
    for (NodeIndex node = child(parent, name); node != kNoNode; node = next_named(node)) ++count;
    return count;
}

const std::string& Tree::text(NodeIndex node) const {
    return texts_[node & ~kTextOf];
}

std::string_view Tree::string_value(NodeIndex node, std::string& scratch) const {
    if (stands_for_text(node) || is_leaf(node)) return text(node);
    scratch.clear();
    for (NodeIndex below = nodes_[node].first_child; below != kNoNode;
         below = next_in_document(below, node)) {
        const NodeKind kind = nodes_[below].kind;
        if (kind == NodeKind::element || kind == NodeKind::text) scratch += texts_[below];
    }
    return scratch;
}

bool Tree::self_relevant(NodeIndex node) const {
    return raw(node).self_relevant;
}

bool Tree::alive(NodeIndex node, std::uint32_t generation) const {
    const NodeIndex index = node & ~kTextOf;
    return node != kNoNode && index < nodes_.size() && nodes_[index].kind != NodeKind::unused &&
           nodes_[index].generation == generation;
}

bool Tree::precedes(NodeIndex a, NodeIndex b) const {
    if (!ordered_) renumber();
    const std::uint32_t left = raw(a).order, right = raw(b).order;
    return left != right ? left < right : !stands_for_text(a) && stands_for_text(b);
}

std::size_t Tree::bytes() const {
    std::size_t total = nodes_.capacity() * sizeof(Node) + texts_.capacity() * sizeof(std::string);
    for (const ChildIndex& index : indexes_) total += index.bytes();
    for (const std::string& text : texts_)
        if (text.capacity() > std::string{}.capacity()) total += text.capacity();
    return total;
}

// The next node in document order below `within`, attributes (and, unless told to descend, what
// lies below `node`) left out.
NodeIndex Tree::next_in_document(NodeIndex node, NodeIndex within, bool descend) const {
    if (descend && nodes_[node].first_child != kNoNode) return nodes_[node].first_child;
    while (node != within && nodes_[node].next == kNoNode) node = nodes_[node].parent;
    return node == within ? kNoNode : nodes_[node].next;
}

void Tree::renumber() const {
    std::uint32_t order = 0;
    for (NodeIndex node = document(); node != kNoNode; node = next_in_document(node, document())) {
        nodes_[node].order = order++;
        for (NodeIndex own = nodes_[node].first_attribute; own != kNoNode; own = nodes_[own].next)
            nodes_[own].order = order++;
    }
    last_order_ = order - 1;
    ordered_ = true;
}

}  // namespace bordereau::form
