// app/form/xpath/axes.h - the nodes that a step reaches from one node, in the order of its axis.
#pragma once

#include <functional>
#include <vector>

#include "app/form/values/tree.h"
#include "app/form/xpath/program.h"

namespace bordereau::form::xpath {

/// Appends the nodes on `axis` from `node` that pass `test`, nearest first for reverse axes.
/// Nodes that are not relevant are left out except on self, parent and ancestor axes: those lead
/// through the tree, while the others choose from it (JavaRosa leaves such nodes out everywhere).
void walk(const Tree& tree, NodeIndex node, Axis axis, const NodeTest& test,
          std::vector<NodeRef>& out);

/// True when an axis runs against document order.
bool is_reverse(Axis axis);

/// True when a node passes a test on an axis, relevance aside.
bool passes(const Tree& tree, NodeIndex node, Axis axis, const NodeTest& test);

}  // namespace bordereau::form::xpath
