// app/form/xpath/compare.h - "=", "<" and their kin over values (XPath 1.0, section 3.4, with the
// dates of ODK XForms).
#pragma once

#include "app/form/xpath/program.h"
#include "app/form/xpath/value.h"

namespace bordereau::form::xpath {

/// Node-sets hold if one of their nodes does; against a boolean, "=" and "!=" ask whether there is
/// any node, while "<" and its kin compare each node as a number, as the engines of ODK all do.
/// Numbers that differ by less than 1e-12 are equal, as in JavaRosa. Dates and texts that are dates
/// compare as instants, two days as days.
bool compare(Operator op, const Value& left, const Value& right, const Clock& clock);

/// The same for a node-set against a text, without making a Value of either.
bool compare_text(Operator op, const NodeSet& nodes, std::string_view text, const Clock& clock);

}  // namespace bordereau::form::xpath
