// GeoJSON feature collections (RFC 7946) as choice lists.
#include <nlohmann/json.hpp>

#include "app/form/values/number.h"
#include "app/form/xform/reader.h"

namespace bordereau::form {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_null()) return {};
    if (value.is_number_float()) return number_text(value.get<double>());
    return value.dump();
}

/// A member as text; empty where it is something else.
std::string member(const Json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

bool is_position(const Json& value) {
    return value.is_array() && value.size() >= 2 && value[0].is_number() && value[1].is_number();
}

/// GeoJSON writes longitude first, ODK latitude first.
std::string point_text(const Json& position) {
    return number_text(position[1].get<double>()) + " " + number_text(position[0].get<double>()) +
           " 0 0";
}

std::optional<std::string> line_text(const Json& positions) {
    std::string text;
    for (const auto& position : positions) {
        if (!is_position(position)) return std::nullopt;
        if (!text.empty()) text += "; ";
        text += point_text(position);
    }
    return text;
}

/// Nothing for geometries that ODK has no text for.
std::optional<std::string> geometry_text(const Json& geometry) {
    if (!geometry.is_object() || !geometry.contains("coordinates")) return std::nullopt;
    const auto type = member(geometry, "type");
    const auto& coordinates = geometry["coordinates"];
    if (!coordinates.is_array()) return std::nullopt;
    if (type == "Point" && is_position(coordinates)) return point_text(coordinates);
    if (type == "LineString") return line_text(coordinates);
    if (type == "Polygon" && coordinates.size() == 1) return line_text(coordinates[0]);
    return std::nullopt;
}

void add_child(Tree& tree, Names& names, NodeIndex item, const std::string& name,
               const std::string& text) {
    tree.set_text(tree.append_element(item, names.intern(name)), text);
}

/// True when brackets outside of texts are nested deeper than any feature needs.
bool is_too_deep(std::string_view json, std::size_t most) {
    std::size_t depth = 0;
    bool in_text = false;
    for (std::size_t at = 0; at < json.size(); ++at) {
        const char c = json[at];
        if (c == '\\' && in_text) {
            ++at;
        } else if (c == '"') {
            in_text = !in_text;
        } else if (!in_text && (c == '[' || c == '{')) {
            if (++depth > most) return true;
        } else if (!in_text && (c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return false;
}

Status add_feature(const Json& feature, Tree& tree, Names& names, NodeIndex root) {
    if (!feature.is_object() || member(feature, "type") != "Feature")
        return Error{ErrorCode::invalid, "an item of features is not a Feature"};
    const auto item = tree.append_element(root, names.intern("item"));
    const auto geometry = feature.contains("geometry") ? geometry_text(feature["geometry"])
                                                       : std::optional<std::string>{};
    if (!geometry)
        return Error{ErrorCode::invalid, "only Points, LineStrings and Polygons are supported"};
    add_child(tree, names, item, "geometry", *geometry);
    if (feature.contains("id")) add_child(tree, names, item, "id", text_of(feature["id"]));
    if (!feature.contains("properties") || !feature["properties"].is_object()) return done();
    for (const auto& [key, value] : feature["properties"].items())
        if (key != "id" || !feature.contains("id"))
            add_child(tree, names, item, key, text_of(value));
    return done();
}

}  // namespace

Result<Tree> read_geojson_list(std::string_view json, const std::shared_ptr<Names>& names,
                               const ListLimits& limits) {
    if (json.size() > limits.json_bytes)
        return Error{ErrorCode::invalid,
                     "it is larger than " + grouped(limits.json_bytes >> 20) + " MB"};
    if (is_too_deep(json, limits.json_depth))
        return Error{ErrorCode::invalid,
                     "it is nested more than " + grouped(limits.json_depth) + " deep"};
    const auto parsed = Json::parse(json, nullptr, false);
    if (parsed.is_discarded()) return Error{ErrorCode::invalid, "not JSON"};
    if (!parsed.is_object() || member(parsed, "type") != "FeatureCollection" ||
        !parsed.contains("features") || !parsed["features"].is_array())
        return Error{ErrorCode::invalid, "not a FeatureCollection"};
    Tree tree{names};
    const auto root = tree.append_element(Tree::document(), names->intern("root"));
    for (const auto& feature : parsed["features"]) {
        if (tree.node_count() > limits.cells)
            return Error{ErrorCode::invalid,
                         "it has more than " + grouped(limits.cells) + " properties"};
        if (auto added = add_feature(feature, tree, *names, root); !added)
            return std::move(added).error();
    }
    return tree;
}

}  // namespace bordereau::form
