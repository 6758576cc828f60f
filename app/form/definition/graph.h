// app/form/definition/graph.h - which expression must be evaluated again when what changes.
// Generic: one vertex per expression of a bind or list; a Session applies it to repeat instances.
#pragma once

#include <compare>
#include <cstdint>
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
    std::uint32_t rank = 0;  ///< what it depends on has a lower one, cycles aside
};

/// A vertex to evaluate after a change, in every instance that has the first `shared` enclosing
/// repeat instances in common with the changed node.
struct Dependent {
    VertexIndex vertex = kNone;
    std::uint32_t shared = 0;
    auto operator<=>(const Dependent&) const = default;
};

struct Graph {
    std::vector<Vertex> vertices;
    std::vector<std::vector<VertexIndex>> of_node;      ///< by ModelIndex: its own vertices
    std::vector<std::vector<Dependent>> value_changes;  ///< by ModelIndex: who reads its value
    std::vector<std::vector<Dependent>> set_changes;    ///< by RepeatIndex: who reads across it
    std::vector<std::vector<Dependent>> order_changes;  ///< by RepeatIndex: who reads positions
    std::vector<VertexIndex> language_changes;          ///< who reads texts of a language
};

/// Derives the graph from the binds, repeats and itemsets of a definition whose other parts are
/// complete. Reports references to nothing and expressions that depend on themselves.
Graph build_graph(const Definition& definition, Diagnostics& findings);

}  // namespace bordereau::form
