// app/form/values/geo.h - points, traces and shapes in ODK's text form, and their measures.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace bordereau::form {

struct GeoPoint {
    double latitude = 0;   ///< degrees, -90 to 90
    double longitude = 0;  ///< degrees, -180 to 180
    double altitude = 0;   ///< metres
    double accuracy = 0;   ///< metres
};

/// "lat lon [alt [acc]]"; nothing for other texts and outside the ranges.
std::optional<GeoPoint> parse_point(std::string_view text);

/// Points between ";" (blanks around and one at the end are allowed); nothing if one is not a
/// point.
std::optional<std::vector<GeoPoint>> parse_points(std::string_view text);

/// Metres along the points, on a sphere of 6,378,100 m (JavaRosa's).
double length_of(std::span<const GeoPoint> points);

/// Square metres inside the closed line; 0 for fewer than three points.
double area_of(std::span<const GeoPoint> points);

/// Even-odd rule in the plane of longitude and latitude.
bool is_inside(const GeoPoint& point, std::span<const GeoPoint> shape);

/// True when two pieces of the line cross or touch beyond their common ends.
bool crosses_itself(std::span<const GeoPoint> line);

}  // namespace bordereau::form
