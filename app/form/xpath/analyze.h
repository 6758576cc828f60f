// app/form/xpath/analyze.h - what can be known of a parsed expression before it runs: types, what
// may be evaluated once for all rows, and which paths it reads.
#pragma once

#include "app/form/values/names.h"
#include "app/form/xpath/program.h"
#include "storage/base/result.h"

namespace bordereau::form::xpath {

/// Fills the analyzed parts of terms, predicates and program. invalid: a regular expression given
/// as text that is none.
Status analyze(Program& program, Names& names);

/// Adds the references and instances of a program whose terms are analyzed.
void collect_references(Program& program, Names& names);

}  // namespace bordereau::form::xpath
