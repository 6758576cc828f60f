// Any text as an expression: compiled, asked for its references, and run over a small document.
// Built with libFuzzer; clang only.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "app/form/values/xml.h"
#include "app/form/xpath/expression.h"

namespace {

using namespace bordereau;
using namespace bordereau::form;

constexpr std::string_view kDocument =
    "<data id='d'><a>1</a><b/><rep><n>2</n><d>2024-02-29</d></rep><rep><n>x</n></rep>"
    "<t>10:20</t><g>0 0;0 1;1 1;0 0</g></data>";

Services services_over(const Tree& tree, const Lookup& lookup) {
    Services services;
    services.clock = fixed_clock(1'772'889'909'250, 60);
    services.entropy = seeded_entropy(1);
    services.instance = [&tree, &lookup](std::string_view) {
        return InstanceSource{&tree, &lookup, Tree::document()};
    };
    return services;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto names = std::make_shared<Names>();
    const Result<Tree> tree = read_xml(kDocument, names);
    const Result<Tree> list = read_xml(kDocument, names);
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const Result<Expression> expression = Expression::compile(text, *names);
    if (!expression) return 0;
    const Lookup lookup{*list};
    const Services services = services_over(*list, lookup);
    Context context;
    context.node = {&*tree, tree->last_child(tree->root())};
    context.services = &services;
    for (const Reference& reference : expression->references())
        static_cast<void>(resolve(reference, {}));
    if (const Result<Value> value = expression->evaluate(context))
        static_cast<void>(stored_text(*value, "string", services.clock));
    return 0;
}
