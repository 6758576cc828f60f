#include "app/form/xpath/functions.h"

namespace bordereau::form::xpath {

Value Call::fail(const std::string& what) {
    evaluator_.fail(term_.position, std::string{term_.function->name} + "(): " + what);
    return std::string{};
}

const Function* find_function(std::string_view name) {
    for (const std::span<const Function> library :
         {text_functions(), boolean_functions(), number_functions(), node_functions(),
          date_functions(), geo_functions(), select_functions(), form_functions()})
        for (const Function& function : library)
            if (function.name == name) return &function;
    return nullptr;
}

}  // namespace bordereau::form::xpath
