// app/form/xform/document.h - an XML document asked by local names, whatever the prefixes.
// Forms in the field bind the same namespaces to many prefixes, or to none.
#pragma once

#include <string>
#include <string_view>

#include "app/form/values/tree.h"

namespace bordereau::form {

inline constexpr std::string_view kXformsNamespace = "http://www.w3.org/2002/xforms";
inline constexpr std::string_view kOdkNamespace = "http://www.opendatakit.org/xforms";

/// Reading access; the tree must outlive it.
class Document {
public:
    explicit Document(const Tree& tree) : tree_(&tree) {}

    const Tree& tree() const { return *tree_; }
    NodeIndex root() const { return tree_->root(); }
    std::string_view name(NodeIndex node) const { return tree_->local_name(node); }
    bool is_element(NodeIndex node) const { return tree_->kind(node) == NodeKind::element; }

    NodeIndex first_element(NodeIndex parent) const;
    NodeIndex next_element(NodeIndex node) const;
    NodeIndex child(NodeIndex parent, std::string_view local) const;
    NodeIndex next_named(NodeIndex node) const { return tree_->next_named(node); }
    /// The first element of that name in document order beneath (or at) `top`.
    NodeIndex find(NodeIndex top, std::string_view local) const;

    /// Elements and attributes of an element and beneath it.
    std::size_t count_below(NodeIndex top) const;

    /// Empty if absent.
    std::string_view attribute(NodeIndex element, std::string_view local) const;
    bool has(NodeIndex element, std::string_view local) const;
    /// The first of two spellings that is there: ref or nodeset, value or ref.
    std::string_view either(NodeIndex element, std::string_view one, std::string_view other) const;

    std::string text(NodeIndex node) const;  ///< with that of child elements, trimmed

private:
    NodeIndex attribute_node(NodeIndex element, std::string_view local) const;
    const Tree* tree_;
};

}  // namespace bordereau::form
