// app/widgets/signs_input.h - a field for numbers and codes with signs between them, which run from
// left to right in every language.
#pragma once

#include <string>

#include "app/widgets/inputs.h"

namespace bordereau::widgets {

Edit input_signs(const char* id, std::string& value, const FieldLook& look = {});

}  // namespace bordereau::widgets
