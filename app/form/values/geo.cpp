#include "app/form/values/geo.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "app/form/values/number.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

constexpr double kEarthRadius = 6'378'100;  // metres, at the equator, as in JavaRosa

double radians(double degrees) {
    return degrees * std::numbers::pi / 180;
}

double distance(const GeoPoint& a, const GeoPoint& b) {
    const double cosine = std::sin(radians(a.latitude)) * std::sin(radians(b.latitude)) +
                          std::cos(radians(a.latitude)) * std::cos(radians(b.latitude)) *
                              std::cos(radians(b.longitude - a.longitude));
    return std::acos(std::clamp(cosine, -1.0, 1.0)) * kEarthRadius;
}

struct Planar {
    double x = 0, y = 0;
};

// Metres east and north of `origin`, on the parallel of the point itself.
Planar offset_from(const GeoPoint& origin, const GeoPoint& point) {
    const double metres_per_degree = 2 * std::numbers::pi * kEarthRadius / 360;
    return {(point.longitude - origin.longitude) * metres_per_degree *
                std::cos(radians(point.latitude)),
            (point.latitude - origin.latitude) * metres_per_degree};
}

double turn(const GeoPoint& a, const GeoPoint& b, const GeoPoint& c) {
    return (b.longitude - a.longitude) * (c.latitude - a.latitude) -
           (b.latitude - a.latitude) * (c.longitude - a.longitude);
}

bool lies_between(const GeoPoint& a, const GeoPoint& b, const GeoPoint& point) {
    return std::min(a.longitude, b.longitude) <= point.longitude &&
           point.longitude <= std::max(a.longitude, b.longitude) &&
           std::min(a.latitude, b.latitude) <= point.latitude &&
           point.latitude <= std::max(a.latitude, b.latitude);
}

bool meet(const GeoPoint& a, const GeoPoint& b, const GeoPoint& c, const GeoPoint& d) {
    const double c_side = turn(a, b, c), d_side = turn(a, b, d);
    const double a_side = turn(c, d, a), b_side = turn(c, d, b);
    if (c_side * d_side < 0 && a_side * b_side < 0) return true;
    return (c_side == 0 && lies_between(a, b, c)) || (d_side == 0 && lies_between(a, b, d)) ||
           (a_side == 0 && lies_between(c, d, a)) || (b_side == 0 && lies_between(c, d, b));
}

bool same_place(const GeoPoint& a, const GeoPoint& b) {
    return a.latitude == b.latitude && a.longitude == b.longitude;
}

}  // namespace

std::optional<GeoPoint> parse_point(std::string_view text) {
    const auto words = words_of(text);
    if (words.size() < 2 || words.size() > 4) return std::nullopt;
    GeoPoint point;
    double* const members[] = {&point.latitude, &point.longitude, &point.altitude, &point.accuracy};
    for (std::size_t i = 0; i < words.size(); ++i) {
        *members[i] = to_number(words[i]);
        if (std::isnan(*members[i])) return std::nullopt;
    }
    if (std::fabs(point.latitude) > 90 || std::fabs(point.longitude) > 180) return std::nullopt;
    return point;
}

std::optional<std::vector<GeoPoint>> parse_points(std::string_view text) {
    std::vector<GeoPoint> points;
    text = trimmed(text);
    if (text.ends_with(';')) text.remove_suffix(1);
    for (const std::string_view piece : split(text, ';')) {
        const auto point = parse_point(piece);
        if (!point) return std::nullopt;
        points.push_back(*point);
    }
    return points;
}

double length_of(std::span<const GeoPoint> points) {
    double total = 0;
    for (std::size_t i = 1; i < points.size(); ++i) total += distance(points[i - 1], points[i]);
    return total;
}

double area_of(std::span<const GeoPoint> points) {
    if (points.size() < 3) return 0;
    double total = 0;
    Planar before;
    for (const GeoPoint& point : points) {
        const Planar here = offset_from(points.front(), point);
        total += (before.y * here.x - before.x * here.y) / 2;
        before = here;
    }
    return std::fabs(total);
}

bool is_inside(const GeoPoint& point, std::span<const GeoPoint> shape) {
    bool inside = false;
    for (std::size_t i = 0, j = shape.size() - 1; i < shape.size(); j = i++) {
        const GeoPoint &a = shape[i], &b = shape[j];
        if ((a.longitude > point.longitude) == (b.longitude > point.longitude)) continue;
        const double crossing = a.latitude + (point.longitude - a.longitude) *
                                                 (b.latitude - a.latitude) /
                                                 (b.longitude - a.longitude);
        if (point.latitude < crossing) inside = !inside;
    }
    return inside;
}

bool crosses_itself(std::span<const GeoPoint> line) {
    for (std::size_t i = 0; i + 3 < line.size(); ++i)
        for (std::size_t j = i + 2; j + 1 < line.size(); ++j) {
            const bool closes =
                i == 0 && j + 2 == line.size() && same_place(line.front(), line.back());
            if (!closes && meet(line[i], line[i + 1], line[j], line[j + 1])) return true;
        }
    return false;
}

}  // namespace bordereau::form
