// app/form/xpath/value.h - what an expression gives: XPath 1.0's four types and ODK's dates.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/form/values/moment.h"
#include "app/form/values/tree.h"

namespace bordereau::form {

/// Nodes in document order, each once. None or one costs no allocation.
class NodeSet {
public:
    NodeSet() = default;
    explicit NodeSet(NodeRef one) : one_{one}, has_one_{true} {}

    std::size_t size() const { return many_.empty() ? (has_one_ ? 1u : 0u) : many_.size(); }
    bool empty() const { return !has_one_ && many_.empty(); }
    NodeRef operator[](std::size_t at) const { return items()[at]; }
    std::span<const NodeRef> items() const {
        return many_.empty() ? std::span{&one_, has_one_ ? 1u : 0u} : std::span{many_};
    }
    auto begin() const { return items().begin(); }
    auto end() const { return items().end(); }

    void add(NodeRef node);
    void clear();
    /// Puts the nodes in document order (trees in order of first appearance), each once.
    void sort();
    /// For functions that give their own order: randomize().
    std::vector<NodeRef> take() &&;
    static NodeSet of(std::vector<NodeRef> nodes);

private:
    NodeRef one_;
    bool has_one_ = false;
    std::vector<NodeRef> many_;  // empty unless there are two or more
};

/// Bytes of a text that an expression may make: far above any answer.
inline constexpr std::size_t kLongestResult = 4u << 20;

using Value = std::variant<std::string, double, bool, Moment, NodeSet>;

/// string(): of a node-set, that of its first node, or ""; of an instant at midnight, its day.
std::string to_string(const Value& value);
/// boolean(): a text if not empty, a number if neither 0 nor NaN, a node-set if not empty.
bool to_boolean(const Value& value);
/// number(): texts that are dates count as days since 1970-01-01 (ODK XForms, "number").
double to_number(const Value& value, const Clock& clock);

/// How a result is kept in a node of an ODK data type ("int", "decimal", "date", ...; any other
/// name is text): NaN as nothing, integral numbers without point, int cut off towards zero.
std::string stored_text(const Value& value, std::string_view data_type, const Clock& clock);

}  // namespace bordereau::form
