#include "app/form/xpath/functions.h"

namespace bordereau::form::xpath {
namespace {

Value refuse(Call& call) {
    return call.fail(call.reason());
}

constexpr Function kRefused{"", 0, kAnyNumber, TypeOf::unknown, kPure, refuse};

}  // namespace

Value Call::fail(const std::string& what) {
    const std::string name{term_.function->name};
    evaluator_.fail(term_.position, name.empty() ? what : name + "(): " + what);
    return std::string{};
}

const Function& refused_function() {
    return kRefused;
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
