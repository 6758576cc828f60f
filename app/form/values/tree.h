// app/form/values/tree.h - the arena that holds a primary instance, a secondary instance or any XML
// document: nodes as 32-bit indexes, about 80 bytes each. Not a parser (xml.h) and not XPath.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/form/values/child_index.h"
#include "app/form/values/names.h"

namespace bordereau::form {

/// A node of one Tree. The text of a leaf element lies in the element itself; where XPath wants it
/// as a node of its own (text(), node()), the element's index with kTextOf set stands for it.
using NodeIndex = std::uint32_t;
inline constexpr NodeIndex kNoNode = 0xFFFFFFFF;
inline constexpr NodeIndex kTextOf = 0x80000000;

enum class NodeKind : std::uint8_t {
    unused,
    document,
    element,
    attribute,
    text,
    comment,
    instruction
};

/// Reading is const and safe from several threads as long as no thread changes the tree, with one
/// exception: precedes() after an insertion that was not at the end numbers the nodes anew.
class Tree {
public:
    explicit Tree(std::shared_ptr<const Names> names);

    const Names& names() const { return *names_; }
    const std::shared_ptr<const Names>& shared_names() const { return names_; }
    std::size_t node_count() const { return alive_; }  ///< living nodes, the document included

    // Read. Any NodeIndex that the tree gave and that has not been removed.

    static constexpr NodeIndex document() { return 0; }
    NodeIndex root() const;  ///< the document element; kNoNode while there is none
    NodeKind kind(NodeIndex node) const {
        return (node & kTextOf) != 0 ? NodeKind::text : nodes_[node].kind;
    }
    /// Local name; kNoName where the kind has none.
    Name name(NodeIndex node) const { return (node & kTextOf) != 0 ? kNoName : nodes_[node].name; }
    Space space(NodeIndex node) const { return (node & kTextOf) != 0 ? 0 : nodes_[node].space; }
    std::string_view local_name(NodeIndex node) const;  ///< empty where the kind has none
    std::string qualified_name(NodeIndex node) const;   ///< with its prefix, as written

    /// kNoNode of the document.
    NodeIndex parent(NodeIndex node) const {
        return (node & kTextOf) != 0 ? node & ~kTextOf : nodes_[node].parent;
    }
    NodeIndex first_child(NodeIndex node) const { return raw(node).first_child; }
    NodeIndex last_child(NodeIndex node) const { return raw(node).last_child; }
    NodeIndex next(NodeIndex node) const { return raw(node).next; }
    NodeIndex previous(NodeIndex node) const { return raw(node).previous; }
    NodeIndex first_attribute(NodeIndex node) const { return raw(node).first_attribute; }

    /// The first child element of that local name, in constant time; kNoNode if there is none.
    NodeIndex child(NodeIndex parent, Name name) const;
    /// The next sibling element of the same local name, in constant time.
    NodeIndex next_named(NodeIndex node) const { return raw(node).next_named; }
    /// Namespace declarations are kept as attributes, for writing; XPath does not see them.
    bool is_declaration(NodeIndex node) const;
    /// The attribute of that local name, no declaration; kNoNode if there is none.
    NodeIndex attribute(NodeIndex element, Name name) const;
    /// 1 for the first among siblings of the same name: the position of a repeat instance. In
    /// constant time; 0 of what is no element.
    int position(NodeIndex node) const;
    int count_named(NodeIndex parent, Name name) const;

    /// The node's own text: of a leaf element, attribute, text, comment or instruction.
    const std::string& text(NodeIndex node) const;
    /// XPath's string-value: own text, or the texts of all descendants. Looks into the tree where
    /// that is possible, otherwise into `scratch`.
    std::string_view string_value(NodeIndex node, std::string& scratch) const;
    /// True of an element that holds nothing but text (attributes do not count).
    bool is_leaf(NodeIndex node) const { return raw(node).first_child == kNoNode; }

    /// False when the node or an ancestor of it is not relevant.
    bool relevant(NodeIndex node) const { return raw(node).relevant; }
    /// The node's own relevance, whatever its ancestors'.
    bool self_relevant(NodeIndex node) const;

    /// Counts how often the place of a node has been given to another one.
    std::uint32_t generation(NodeIndex node) const { return raw(node).generation; }
    /// True while the node that had this generation is in the tree.
    bool alive(NodeIndex node, std::uint32_t generation) const;
    /// Document order; attributes come after their element and before its children.
    bool precedes(NodeIndex a, NodeIndex b) const;

    // Change. A name must come from the tree's own table.

    void reserve(std::size_t nodes);
    NodeIndex append_element(NodeIndex parent, Name name, Space space = 0);
    /// An element before a sibling, or at the end where `before` is kNoNode.
    NodeIndex insert_element(NodeIndex parent, Name name, Space space, NodeIndex before);
    NodeIndex append_attribute(NodeIndex element, Name name, std::string value, Space space = 0);
    /// A text beside other nodes; the only text of an element belongs to set_text().
    NodeIndex append_text(NodeIndex parent, std::string text);
    NodeIndex append_comment(NodeIndex parent, std::string text);
    NodeIndex append_instruction(NodeIndex parent, Name target, std::string text);

    void set_text(NodeIndex node, std::string_view text);
    /// Copies `source` of `from` (its attributes and descendants too) under `parent`, before the
    /// sibling `before` or, with kNoNode, at the end. Both trees share one table of names.
    NodeIndex insert_copy(const Tree& from, NodeIndex source, NodeIndex parent,
                          NodeIndex before = kNoNode);
    /// Removes a node with its attributes and descendants. Their generations move on.
    void remove(NodeIndex node);
    /// Sets a node's own relevance and passes it down. Nodes whose relevance really changed are
    /// appended to `changed` in document order, if given. False if nothing changed.
    bool set_relevant(NodeIndex node, bool relevant, std::vector<NodeIndex>* changed = nullptr);

    std::size_t bytes() const;  ///< memory held, texts included

private:
    static constexpr std::uint32_t kNoIndex = 0xFFFFFFFF;
    struct Node {
        NodeIndex parent = kNoNode;
        NodeIndex first_child = kNoNode;
        NodeIndex last_child = kNoNode;
        NodeIndex next = kNoNode;
        NodeIndex previous = kNoNode;
        NodeIndex next_named = kNoNode;
        NodeIndex first_attribute = kNoNode;
        Name name = kNoName;
        std::uint32_t order = 0;
        std::uint32_t generation = 0;
        std::uint32_t position = 0;      // among siblings of the same name, from 1
        std::uint32_t index = kNoIndex;  // of its children, into indexes_; few children have none
        Space space = 0;
        NodeKind kind = NodeKind::unused;
        bool self_relevant : 1 = true;
        bool relevant : 1 = true;
    };

    const Node& raw(NodeIndex node) const { return nodes_[node & ~kTextOf]; }
    Node& raw(NodeIndex node) { return nodes_[node & ~kTextOf]; }
    NodeIndex allocate(NodeKind kind, Name name, Space space);
    void release(NodeIndex node);
    NodeIndex append(NodeIndex parent, NodeKind kind, Name name, Space space, std::string text);
    void give_order(NodeIndex node);
    bool is_at_end(NodeIndex node) const;
    void link(NodeIndex node, NodeIndex parent, NodeIndex before);
    void unlink(NodeIndex node);
    void unlink_attribute(NodeIndex node);
    NodeIndex previous_named(NodeIndex node) const;
    void link_same_name(NodeIndex node);
    void count_from(NodeIndex node, std::uint32_t position);
    void link_indexed(NodeIndex node);
    void unlink_same_name(NodeIndex node);
    void index_children(NodeIndex parent);
    void forget_index(NodeIndex parent);
    NodeIndex copy_node(const Tree& from, NodeIndex source);
    NodeIndex next_in_document(NodeIndex node, NodeIndex within, bool descend = true) const;
    void pass_relevance_down(NodeIndex top, std::vector<NodeIndex>* changed);
    void renumber() const;

    std::shared_ptr<const Names> names_;
    mutable std::vector<Node> nodes_;  // mutable: only for `order`, see precedes()
    std::vector<std::string> texts_;   // beside nodes_, so that walking does not touch them
    std::vector<NodeIndex> unused_;
    std::vector<ChildIndex> indexes_;  // of parents with many children
    std::vector<std::uint32_t> unused_indexes_;
    std::size_t alive_ = 0;
    mutable std::uint32_t last_order_ = 0;
    mutable bool ordered_ = true;
};

/// A node and the tree it lives in.
struct NodeRef {
    const Tree* tree = nullptr;
    NodeIndex index = kNoNode;
    bool operator==(const NodeRef&) const = default;
};

}  // namespace bordereau::form
