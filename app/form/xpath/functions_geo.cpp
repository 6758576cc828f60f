// Functions over places. Metres are not rounded (as in JavaRosa; Enketo and web-forms give two
// decimals).
#include <limits>

#include "app/form/values/geo.h"
#include "app/form/xpath/functions.h"

namespace bordereau::form::xpath {
namespace {

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

// Adds the points of one text; false where it holds something else.
bool add_points(std::string_view text, std::vector<GeoPoint>& out) {
    const auto points = parse_points(text);
    if (!points) return false;
    out.insert(out.end(), points->begin(), points->end());
    return true;
}

// All points of all arguments in order: a trace or shape, or points one by one.
std::optional<std::vector<GeoPoint>> points_of(Call& call) {
    std::vector<GeoPoint> out;
    bool good = true;
    for (std::size_t i = 0; i < call.count(); ++i) {
        const Value value = call.value(i);
        const auto* nodes = std::get_if<NodeSet>(&value);
        if (nodes == nullptr) {
            good = add_points(to_string(value), out) && good;
            continue;
        }
        std::string scratch;
        for (const NodeRef& node : *nodes)
            good = add_points(node.tree->string_value(node.index, scratch), out) && good;
    }
    if (!good || out.empty()) return std::nullopt;
    return out;
}

// What is no shape has no area (JavaRosa, web-forms; Enketo: NaN).
Value area(Call& call) {
    const auto points = points_of(call);
    return points ? area_of(*points) : 0.0;
}

Value distance(Call& call) {
    const auto points = points_of(call);
    return points ? length_of(*points) : kNotANumber;
}

// Whether an unanswered place lies inside cannot be said (JavaRosa): forms ask for an answer first.
Value geofence(Call& call) {
    const auto point = parse_point(call.text(0));
    if (!point) return call.fail("the first argument is not a place");
    const auto shape = parse_points(call.text(1));
    if (!shape) return call.fail("the second argument is not a shape");
    return is_inside(*point, *shape);
}

Value intersects(Call& call) {
    const auto points = points_of(call);
    return points && crosses_itself(*points);
}

constexpr Function kFunctions[] = {{"area", 1, kAnyNumber, TypeOf::number, kPure, area},
                                   {"distance", 1, kAnyNumber, TypeOf::number, kPure, distance},
                                   {"geofence", 2, 2, TypeOf::boolean, kPure, geofence},
                                   {"intersects", 1, 1, TypeOf::boolean, kPure, intersects}};

}  // namespace

std::span<const Function> geo_functions() {
    return kFunctions;
}

}  // namespace bordereau::form::xpath
