// Expressions that fail whatever is answered are found while the form is read.
#include <cmath>

#include "app/form/xform/reader.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

/// Answers everything, so that only the expression itself can fail.
Services indifferent_services() {
    Services services;
    services.clock = fixed_clock(0);
    services.digest = [](std::string_view, std::string_view) { return std::string(16, 'x'); };
    services.verify = [](std::string_view, std::string_view, std::string_view) { return true; };
    return services;
}

/// JavaRosa and web-forms stop such forms; a measure of nothing would be empty for ever.
bool measures_no_place(std::string_view expression, const Value& result) {
    const auto text = trimmed(expression);
    const auto* number = std::get_if<double>(&result);
    return (text.starts_with("distance(") || text.starts_with("area(")) && number != nullptr &&
           std::isnan(*number);
}

}  // namespace

void FormReader::check_constants() {
    const auto services = indifferent_services();
    Tree empty{names_};
    const auto root = empty.append_element(Tree::document(), definition.model[0].name);
    Context context;
    context.node = {&empty, root};
    context.services = &services;
    for (const auto& node : definition.model) {
        if (node.bind.calculate == kNone) continue;
        const auto& expression = definition.expressions[node.bind.calculate];
        if (!expression.references().empty() || !expression.instances().empty() ||
            expression.is_volatile())
            continue;
        const auto result = expression.evaluate(context);
        if (result.ok() && measures_no_place(expression.text(), *result))
            error(node.path, "calculate \"" + expression.text() + "\" is given what is no place.",
                  "Give it a question of places.");
        if (!result.ok())
            error(node.path,
                  "calculate \"" + expression.text() + "\" always fails: " + result.error().detail +
                      ".",
                  "Correct the expression.");
    }
}

}  // namespace bordereau::form
