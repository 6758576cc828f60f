// Functions that give or take truth.
#include <cmath>

#include "app/form/values/number.h"
#include "app/form/xpath/functions.h"

namespace bordereau::form::xpath {
namespace {

Value yes(Call&) {
    return true;
}

Value no(Call&) {
    return false;
}

Value boolean(Call& call) {
    return call.boolean(0);
}

Value negated(Call& call) {
    return !call.boolean(0);
}

// Exactly "true" and "1" (ODK XForms); JavaRosa also takes "TRUE".
Value boolean_from_string(Call& call) {
    const std::string text = call.text(0);
    return text == "true" || text == "1";
}

// Only the branch that is taken is evaluated, and it keeps its type.
Value choose(Call& call) {
    return call.value(call.boolean(0) ? 1 : 2);
}

bool is_empty(const Value& value) {
    const auto* number = std::get_if<double>(&value);
    return number != nullptr ? std::isnan(*number) : to_string(value).empty();
}

Value coalesce(Call& call) {
    Value first = call.value(0);
    return is_empty(first) ? call.value(1) : first;
}

// What once() gives is meant to be kept, and NaN is kept as nothing.
Value once(Call& call) {
    std::string present = to_string(NodeSet{call.context_node()});
    if (!present.empty()) return present;
    Value value = call.value(0);
    const auto* number = std::get_if<double>(&value);
    return number != nullptr && std::isnan(*number) ? Value{std::string{}} : value;
}

Value regex(Call& call) {
    std::string a, b;
    const std::string_view text = call.text(0, a);
    for (const auto& [term, pattern] : call.evaluator().program().patterns)
        if (term == call.argument(1)) return pattern.matches(text);
    const Result<Pattern> pattern = Pattern::compile(call.text(1, b));
    if (!pattern) return call.fail(pattern.error().detail);
    return pattern->matches(text);
}

// One "v" of a checklist: a number counts if above 0 (ODK XForms), other text if there is any.
bool is_checked(std::string_view text) {
    const double number = to_number(text);
    return std::isnan(number) ? !text.empty() && text != "false" : number > 0;
}

std::vector<bool> checks(Call& call, std::size_t at) {
    const Value value = call.value(at);
    const auto* nodes = std::get_if<NodeSet>(&value);
    if (nodes == nullptr) {
        if (const auto* truth = std::get_if<bool>(&value)) return {*truth};
        return {is_checked(to_string(value))};
    }
    std::vector<bool> out;
    std::string scratch;
    for (const NodeRef& node : *nodes)
        out.push_back(is_checked(node.tree->string_value(node.index, scratch)));
    return out;
}

std::vector<double> weights(Call& call, std::size_t at) {
    const Value value = call.value(at);
    const auto* nodes = std::get_if<NodeSet>(&value);
    if (nodes == nullptr) return {to_number(value, call.clock())};
    std::vector<double> out;
    std::string scratch;
    for (const NodeRef& node : *nodes)
        out.push_back(to_number(node.tree->string_value(node.index, scratch)));
    return out;
}

// A bound of -1 is none; JavaRosa's weighted-checklist() takes it for a bound like any other.
bool is_within(double total, double least, double most) {
    return (least == -1 || total >= least) && (most == -1 || total <= most);
}

Value checklist(Call& call) {
    double total = 0;
    for (std::size_t i = 2; i < call.count(); ++i)
        for (const bool checked : checks(call, i)) total += checked ? 1 : 0;
    return is_within(total, call.number(0), call.number(1));
}

Value weighted_checklist(Call& call) {
    if (call.count() % 2 != 0) return call.fail("each value needs a weight");
    double total = 0;
    for (std::size_t i = 2; i < call.count(); i += 2) {
        const std::vector<bool> values = checks(call, i);
        const std::vector<double> weight = weights(call, i + 1);
        for (std::size_t k = 0; k < values.size() && !weight.empty(); ++k)
            if (values[k]) total += weight[k < weight.size() ? k : weight.size() - 1];
    }
    return is_within(total, call.number(0), call.number(1));
}

constexpr Function kFunctions[] = {
    {"true", 0, 0, TypeOf::boolean, kPure, yes},
    {"false", 0, 0, TypeOf::boolean, kPure, no},
    {"boolean", 1, 1, TypeOf::boolean, kPure, boolean},
    {"not", 1, 1, TypeOf::boolean, kPure, negated},
    {"boolean-from-string", 1, 1, TypeOf::boolean, kPure, boolean_from_string},
    {"if", 3, 3, TypeOf::unknown, kPure, choose},
    {"coalesce", 2, 2, TypeOf::unknown, kPure, coalesce},
    {"once", 1, 1, TypeOf::unknown, kVolatile | kContext, once},
    {"regex", 2, 2, TypeOf::boolean, kPure, regex},
    {"checklist", 2, kAnyNumber, TypeOf::boolean, kPure, checklist},
    {"weighted-checklist", 2, kAnyNumber, TypeOf::boolean, kPure, weighted_checklist}};

}  // namespace

std::span<const Function> boolean_functions() {
    return kFunctions;
}

}  // namespace bordereau::form::xpath
