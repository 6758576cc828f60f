// Functions over numbers.
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

#include "app/form/values/number.h"
#include "app/form/xpath/functions.h"

namespace bordereau::form::xpath {
namespace {

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

Value number(Call& call) {
    if (call.count() == 0) return to_number(NodeSet{call.context_node()}, call.clock());
    return call.number(0);
}

Value whole(Call& call) {
    return std::trunc(call.number(0));
}

// Halves go towards positive infinity (XPath 1.0, section 4.4), as in JavaRosa; Enketo and
// web-forms take negative ones away from zero.
Value round(Call& call) {
    const double places = call.count() > 1 ? call.number(1) : 0;
    if (!(std::fabs(places) <= 1000)) return kNotANumber;
    return rounded(call.number(0), static_cast<int>(places));
}

// As XPath 1.0 says: one text that is no number, an empty one too, makes the sum NaN. JavaRosa
// leaves such nodes out.
Value sum(Call& call) {
    double total = 0;
    const NodeSet nodes = call.nodes(0);
    std::string scratch;
    for (const NodeRef& node : nodes)
        total += to_number(node.tree->string_value(node.index, scratch));
    return total;
}

// The extreme of all arguments, node-sets taken apart; NaN if there is none or one is NaN.
template <class Better>
double extreme(Call& call, Better&& better) {
    double best = kNotANumber;
    bool first = true, spoilt = false;
    const auto take = [&](double candidate) {
        spoilt = spoilt || std::isnan(candidate);
        if (first || better(candidate, best)) best = candidate;
        first = false;
    };
    for (std::size_t i = 0; i < call.count(); ++i) {
        const Value value = call.value(i);
        const auto* nodes = std::get_if<NodeSet>(&value);
        if (nodes == nullptr) {
            take(to_number(value, call.clock()));
            continue;
        }
        for (const NodeRef& node : *nodes) take(to_number(NodeSet{node}, call.clock()));
    }
    return spoilt ? kNotANumber : best;
}

Value greatest(Call& call) {
    return extreme(call, [](double a, double b) { return a > b; });
}

Value least(Call& call) {
    return extreme(call, [](double a, double b) { return a < b; });
}

Value random(Call& call) {
    if (!call.services().entropy) return call.fail("there is no source of randomness");
    std::array<std::uint8_t, 8> bytes{};
    call.services().entropy(bytes);
    std::uint64_t bits = 0;
    for (const std::uint8_t byte : bytes) bits = (bits << 8) | byte;
    return static_cast<double>(bits >> 11) * 0x1p-53;
}

template <double (*Function)(double)>
Value of_one(Call& call) {
    return Function(call.number(0));
}

template <double (*Function)(double, double)>
Value of_two(Call& call) {
    return Function(call.number(0), call.number(1));
}

double power_of_ten(double exponent) {
    return std::pow(10.0, exponent);
}

Value pi(Call&) {
    return std::numbers::pi;
}

constexpr Function one(std::string_view name, Value (*run)(Call&)) {
    return {name, 1, 1, TypeOf::number, kPure, run};
}

constexpr Function kFunctions[] = {{"number", 0, 1, TypeOf::number, kContextIfBare, number},
                                   one("int", whole),
                                   {"round", 1, 2, TypeOf::number, kPure, round},
                                   one("floor", of_one<std::floor>),
                                   one("ceiling", of_one<std::ceil>),
                                   one("sum", sum),
                                   {"max", 1, kAnyNumber, TypeOf::number, kPure, greatest},
                                   {"min", 1, kAnyNumber, TypeOf::number, kPure, least},
                                   {"pow", 2, 2, TypeOf::number, kPure, of_two<std::pow>},
                                   one("log", of_one<std::log>),
                                   one("log10", of_one<std::log10>),
                                   one("exp", of_one<std::exp>),
                                   one("exp10", of_one<power_of_ten>),
                                   one("sqrt", of_one<std::sqrt>),
                                   one("abs", of_one<std::fabs>),
                                   one("sin", of_one<std::sin>),
                                   one("cos", of_one<std::cos>),
                                   one("tan", of_one<std::tan>),
                                   one("asin", of_one<std::asin>),
                                   one("acos", of_one<std::acos>),
                                   one("atan", of_one<std::atan>),
                                   {"atan2", 2, 2, TypeOf::number, kPure, of_two<std::atan2>},
                                   {"pi", 0, 0, TypeOf::number, kPure, pi},
                                   {"random", 0, 0, TypeOf::number, kVolatile | kFresh, random}};

}  // namespace

std::span<const Function> number_functions() {
    return kFunctions;
}

}  // namespace bordereau::form::xpath
