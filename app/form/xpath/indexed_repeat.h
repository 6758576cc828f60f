// app/form/xpath/indexed_repeat.h - indexed-repeat(): a node of the n-th instance of a repeat.
#pragma once

#include "app/form/xpath/functions.h"

namespace bordereau::form::xpath {

/// indexed-repeat(node, repeat, n[, inner repeat, m ...]), at most five repeats, outermost first.
/// An index below 1 counts as 1 (JavaRosa); beyond the last instance there is no node. A repeat
/// that is no ancestor of the node is an error.
Value indexed_repeat(Call& call);

}  // namespace bordereau::form::xpath
