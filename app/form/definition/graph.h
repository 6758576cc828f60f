// app/form/definition/graph.h - which expression must be evaluated again when what changes.
// Generic: one vertex per expression of a bind or list; a Session applies it to repeat instances.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "app/form/definition/diagnostic.h"
#include "app/form/definition/texts.h"

namespace bordereau::form {

struct Definition;

using ModelIndex = std::uint32_t;   ///< into Definition::model
using RepeatIndex = std::uint32_t;  ///< into Definition::repeats
using VertexIndex = std::uint32_t;  ///< into Graph::vertices

/// What an evaluation decides. The first four feed other expressions; the others only the screen.
enum class VertexKind : std::uint8_t {
    relevant,
    calculate,
    count,    ///< number of instances; the node is the repeat
    itemset,  ///< removes answers that are no longer offered
    readonly,
    required,
    constraint
};
inline constexpr int kVertexKinds = 7;

struct Vertex {
    VertexKind kind = VertexKind::calculate;
    ModelIndex node = kNone;
    ExpressionIndex expression = kNone;
    std::uint32_t rank = 0;       ///< what it depends on has a lower one, cycles aside
    std::uint32_t frame = kNone;  ///< the repeat whose instances it is evaluated in
    std::uint32_t slot = 0;       ///< of its node there; of a count: of the repeat
    bool uses_position = false;   ///< the expression asks where its node stands
};

/// A vertex to evaluate after a change, in every instance that has the first `shared` enclosing
/// repeat instances in common with the changed node.
struct Dependent {
    VertexIndex vertex = kNone;
    std::uint32_t shared = 0;
    auto operator<=>(const Dependent&) const = default;
};

/// Dependents by a ModelIndex or RepeatIndex, one behind the other in memory: thousands of
/// questions are walked through at once.
class DependentLists {
public:
    using Pair = std::pair<std::uint32_t, Dependent>;

    /// Of `count` nodes or repeats. Puts the pairs in order and each once.
    void fill(std::vector<Pair> pairs, std::size_t count);
    std::span<const Dependent> operator[](std::uint32_t of) const {
        return std::span{all_}.subspan(ends_[of], ends_[of + 1] - ends_[of]);
    }

private:
    std::vector<Dependent> all_;
    std::vector<std::uint32_t> ends_{0};  // of the list before: list n is [ends_[n], ends_[n + 1])
};

struct Graph {
    std::vector<Vertex> vertices;               ///< by the order of their nodes in the model
    std::vector<VertexIndex> first_of_node;     ///< by ModelIndex, and one more behind the last
    DependentLists value_changes;               ///< by ModelIndex: who reads its value
    DependentLists set_changes;                 ///< by RepeatIndex: who reads across it
    DependentLists order_changes;               ///< by RepeatIndex: who reads positions
    std::vector<VertexIndex> language_changes;  ///< who reads texts of a language

    /// The vertices of a node itself: from begin_of(node) up to end_of(node).
    VertexIndex begin_of(ModelIndex node) const { return first_of_node[node]; }
    VertexIndex end_of(ModelIndex node) const { return first_of_node[node + 1]; }
};

/// Derives the graph from the binds, repeats and itemsets of a definition whose other parts are
/// complete. Reports references to nothing and expressions that depend on themselves.
Graph build_graph(const Definition& definition, Diagnostics& findings);

}  // namespace bordereau::form
