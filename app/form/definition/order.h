// app/form/definition/order.h - puts the vertices of a graph in the order of evaluation.
#pragma once

#include "app/form/definition/definition.h"

namespace bordereau::form {

/// Gives each vertex its rank. A question whose relevance, calculation, readonly or required
/// depends on itself is an error that names the questions on the way (ODK XForms, "Bind
/// attributes": JavaRosa refuses such forms too).
void order_vertices(const Definition& definition, Graph& graph, Diagnostics& findings);

}  // namespace bordereau::form
