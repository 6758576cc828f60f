// Binds: types, expressions, messages and preloads of model nodes.
#include <algorithm>
#include <array>
#include <map>

#include "app/form/xform/reader.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

struct TypeName {
    std::string_view name;
    ValueType type;
};

// "long" and the select types are what older forms write (JavaRosa accepts them too).
constexpr std::array kTypes{
    TypeName{"string", ValueType::string},      TypeName{"int", ValueType::integer},
    TypeName{"integer", ValueType::integer},    TypeName{"long", ValueType::integer},
    TypeName{"decimal", ValueType::decimal},    TypeName{"double", ValueType::decimal},
    TypeName{"float", ValueType::decimal},      TypeName{"boolean", ValueType::boolean},
    TypeName{"date", ValueType::date},          TypeName{"time", ValueType::time},
    TypeName{"dateTime", ValueType::date_time}, TypeName{"datetime", ValueType::date_time},
    TypeName{"geopoint", ValueType::geopoint},  TypeName{"geotrace", ValueType::geotrace},
    TypeName{"geoshape", ValueType::geoshape},  TypeName{"binary", ValueType::binary},
    TypeName{"barcode", ValueType::barcode},    TypeName{"intent", ValueType::intent}};

/// Unknown types are texts (ODK XForms, "Data types").
ValueType type_of(std::string_view name) {
    const auto colon = name.rfind(':');
    if (colon != std::string_view::npos) name.remove_prefix(colon + 1);
    for (const auto& known : kTypes)
        if (known.name == name) return known.type;
    return ValueType::string;
}

/// What a bind says in attributes that are read one by one.
bool is_own_attribute(std::string_view name) {
    constexpr std::array<std::string_view, 14> kOwn{
        "nodeset",  "ref",           "id",          "type",         "relevant",
        "required", "readonly",      "constraint",  "calculate",    "preload",
        "saveto",   "constraintMsg", "requiredMsg", "preloadParams"};
    return std::find(kOwn.begin(), kOwn.end(), name) != kOwn.end();
}

bool is_absolute(const Expression& expression) {
    // once() reads the node itself without naming it.
    if (expression.uses_position() || expression.text().find("once(") != std::string::npos)
        return false;
    const auto& references = expression.references();
    return std::none_of(references.begin(), references.end(), [](const Reference& reference) {
        return reference.start == ReferenceStart::context;
    });
}

}  // namespace

void FormReader::join_equal_calculations() {
    std::map<ExpressionIndex, std::vector<ModelIndex>> uses;
    for (ModelIndex node = 0; node < definition.model.size(); ++node)
        if (const auto used = definition.model[node].bind.calculate; used != kNone)
            uses[used].push_back(node);
    for (const auto& [expression, nodes] : uses) {
        if (nodes.size() < 2 || !is_absolute(definition.expression(expression))) continue;
        auto around = nodes.front();
        for (const auto node : nodes)
            while (!definition.is_within(node, around)) around = definition.model[around].parent;
        for (const auto node : nodes) definition.model[node].bind.calculate_context = around;
    }
}

void FormReader::read_bind_expressions(NodeIndex element, const std::string& path, Bind& bind) {
    const auto read = [&](const char* attribute, ExpressionIndex& into) {
        if (const auto text = document_.attribute(element, attribute); !text.empty())
            into = compile(text, path, attribute);
    };
    read("relevant", bind.relevant);
    read("required", bind.required);
    read("readonly", bind.readonly);
    read("constraint", bind.constraint);
    read("calculate", bind.calculate);
}

void FormReader::read_bind(NodeIndex element) {
    const auto nodeset = document_.either(element, "nodeset", "ref");
    if (trimmed(nodeset).empty()) {
        error({}, "A bind has no nodeset.", "Say which question it belongs to.");
        return;
    }
    const auto located = locate(nodeset, 0);
    if (located.node == kNone) {
        warning(std::string{trimmed(nodeset)}, "A bind refers to a question that is not there.",
                "Remove the bind or correct its nodeset.");
        return;
    }
    if (document_.has(element, "id"))
        bind_ids_[std::string{document_.attribute(element, "id")}] = located.node;
    const auto path = definition.model[located.node].path;
    auto& bind = definition.model[located.node].bind;
    if (document_.has(element, "type")) bind.type = type_of(document_.attribute(element, "type"));
    read_bind_expressions(element, path, bind);
    if (document_.has(element, "requiredMsg"))
        bind.required_message = read_message(document_.attribute(element, "requiredMsg"), path);
    if (document_.has(element, "constraintMsg"))
        bind.constraint_message = read_message(document_.attribute(element, "constraintMsg"), path);
    if (document_.has(element, "preload")) bind.preload = document_.attribute(element, "preload");
    bind.preload_parameters = document_.attribute(element, "preloadParams");
    bind.save_to = document_.attribute(element, "saveto");
    const auto& tree = document_.tree();
    for (auto at = tree.first_attribute(element); at != kNoNode; at = tree.next(at))
        if (const auto name = tree.local_name(at);
            !is_own_attribute(name) && !tree.is_declaration(at))
            bind.parameters.emplace_back(name, tree.text(at));
}

}  // namespace bordereau::form
