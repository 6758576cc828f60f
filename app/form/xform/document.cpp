#include "app/form/xform/document.h"

#include "storage/base/text.h"

namespace bordereau::form {

NodeIndex Document::first_element(NodeIndex parent) const {
    auto at = tree_->first_child(parent);
    while (at != kNoNode && !is_element(at)) at = tree_->next(at);
    return at;
}

NodeIndex Document::next_element(NodeIndex node) const {
    auto at = tree_->next(node);
    while (at != kNoNode && !is_element(at)) at = tree_->next(at);
    return at;
}

NodeIndex Document::child(NodeIndex parent, std::string_view local) const {
    const auto name = tree_->names().find(local);
    return name ? tree_->child(parent, *name) : kNoNode;
}

NodeIndex Document::find(NodeIndex top, std::string_view local) const {
    const auto name = tree_->names().find(local);
    if (!name) return kNoNode;
    auto at = top;
    while (true) {
        if (is_element(at) && tree_->name(at) == *name) return at;
        auto next = first_element(at);
        while (next == kNoNode && at != top) {
            next = next_element(at);
            if (next == kNoNode) at = tree_->parent(at);
        }
        if (next == kNoNode) return kNoNode;
        at = next;
    }
}

std::size_t Document::count_below(NodeIndex top) const {
    std::size_t count = 1;
    for (auto at = tree_->first_attribute(top); at != kNoNode; at = tree_->next(at)) ++count;
    for (auto at = first_element(top); at != kNoNode; at = next_element(at))
        count += count_below(at);
    return count;
}

NodeIndex Document::attribute_node(NodeIndex element, std::string_view local) const {
    // Elements have few attributes: quicker compared one by one than found in the table of names.
    auto at = tree_->first_attribute(element);
    while (at != kNoNode && (tree_->local_name(at) != local || tree_->is_declaration(at)))
        at = tree_->next(at);
    return at;
}

std::string_view Document::attribute(NodeIndex element, std::string_view local) const {
    const auto found = attribute_node(element, local);
    return found == kNoNode ? std::string_view{} : std::string_view{tree_->text(found)};
}

bool Document::has(NodeIndex element, std::string_view local) const {
    return attribute_node(element, local) != kNoNode;
}

std::string_view Document::either(NodeIndex element, std::string_view one,
                                  std::string_view other) const {
    return has(element, one) ? attribute(element, one) : attribute(element, other);
}

std::string Document::text(NodeIndex node) const {
    std::string scratch;
    return std::string{trimmed(tree_->string_value(node, scratch))};
}

}  // namespace bordereau::form
