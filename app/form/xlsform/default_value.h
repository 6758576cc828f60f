// app/form/xlsform/default_value.h - tells a default that must be calculated from a plain text.
#pragma once

#include <string_view>

namespace bordereau::form::xlsform {

/// True when the text holds an operator, a function call, a predicate or a ${reference}: then it is
/// an expression. A hyphen alone does not count in dates, date-times and positions.
bool is_dynamic_default(std::string_view text, std::string_view question_type);

}  // namespace bordereau::form::xlsform
