// app/form/xpath/parser.h - text to Program. What the terms mean for others is for analyze().
#pragma once

#include <span>
#include <string_view>

#include "app/form/values/names.h"
#include "app/form/xpath/expression.h"
#include "app/form/xpath/program.h"

namespace bordereau::form::xpath {

/// XPath 1.0's grammar. Errors as Expression::compile() has them.
Result<Program> parse(std::string_view text, Names& names,
                      std::span<const NamespacePrefix> namespaces,
                      Strictness strictness = Strictness::when_compiled);

}  // namespace bordereau::form::xpath
