#include "app/widgets/map_lines.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>

namespace bordereau::widgets {
namespace {

constexpr double kMostLatitude = 85.0511;
constexpr double kUnit = 0.002;  // degrees
constexpr std::size_t kMostLines = 100'000, kMostPoints = 2'000'000;

// Numbers of variable length, seven bits a byte.
class Numbers {
public:
    explicit Numbers(std::string_view bytes) : bytes_(bytes) {}

    std::optional<std::uint32_t> next() {
        std::uint32_t number = 0;
        for (unsigned shift = 0; shift < 32 && at_ < bytes_.size(); shift += 7) {
            const auto octet = static_cast<unsigned char>(bytes_[at_++]);
            number |= static_cast<std::uint32_t>(octet & 127U) << shift;
            if (octet < 128) return number;
        }
        return std::nullopt;
    }
    std::optional<int> next_signed() {
        const auto number = next();
        if (!number) return std::nullopt;
        const auto half = static_cast<int>(*number >> 1);
        return (*number & 1U) != 0 ? -half - 1 : half;
    }

private:
    std::string_view bytes_;
    std::size_t at_ = 0;
};

void bound(MapLine& line) {
    line.left = line.top = 2;
    line.right = line.bottom = -1;
    for (const MapSpot& spot : line.spots) {
        line.left = std::min(line.left, spot.x);
        line.right = std::max(line.right, spot.x);
        line.top = std::min(line.top, spot.y);
        line.bottom = std::max(line.bottom, spot.y);
    }
}

std::optional<MapLine> read_line(Numbers& numbers, std::size_t& points_left) {
    const auto count = numbers.next(), border = numbers.next();
    if (!count || !border || *count == 0 || *count > points_left) return std::nullopt;
    points_left -= *count;
    MapLine line{*border == 1, 0, 0, 0, 0, {}};
    std::int64_t longitude = 0, latitude = 0;
    for (std::uint32_t i = 0; i < *count; ++i) {
        const auto east = numbers.next_signed(), north = numbers.next_signed();
        if (!east || !north) return std::nullopt;
        longitude += *east;
        latitude += *north;
        line.spots.push_back(map_spot(static_cast<double>(latitude) * kUnit,
                                      static_cast<double>(longitude) * kUnit));
    }
    bound(line);
    return line;
}

double gap_between(MapSpot at, MapSpot from, MapSpot to) {
    const double dx = to.x - from.x, dy = to.y - from.y, length = std::hypot(dx, dy);
    if (length == 0) return std::hypot(at.x - from.x, at.y - from.y);
    return std::fabs((at.x - from.x) * dy - (at.y - from.y) * dx) / length;
}

// Ramer, Douglas and Peucker: points nearer than `tolerance` to the line without them go.
std::vector<MapSpot> thinned(const std::vector<MapSpot>& spots, double tolerance) {
    std::vector<bool> keep(spots.size());
    keep.front() = keep.back() = true;
    std::vector<std::pair<std::size_t, std::size_t>> open{{0, spots.size() - 1}};
    while (!open.empty()) {
        const auto [first, last] = open.back();
        open.pop_back();
        double far = tolerance;
        std::size_t at = 0;
        for (std::size_t i = first + 1; i < last; ++i)
            if (const double gap = gap_between(spots[i], spots[first], spots[last]); gap > far) {
                far = gap;
                at = i;
            }
        if (at == 0) continue;
        keep[at] = true;
        open.push_back({first, at});
        open.push_back({at, last});
    }
    std::vector<MapSpot> out;
    for (std::size_t i = 0; i < spots.size(); ++i)
        if (keep[i]) out.push_back(spots[i]);
    return out;
}

MapLines::Level coarser(const std::vector<MapLine>& lines, double tolerance) {
    MapLines::Level level{tolerance, {}};
    for (const MapLine& line : lines) {
        // What is hardly larger than a pixel only makes the map grey.
        const double least = 2 * tolerance;
        const bool tiny = line.right - line.left < least && line.bottom - line.top < least;
        if (tiny && !line.border) continue;
        MapLine thin{line.border, line.left,   line.top,
                     line.right,  line.bottom, thinned(line.spots, tolerance)};
        level.lines.push_back(std::move(thin));
    }
    return level;
}

}  // namespace

MapSpot map_spot(double latitude, double longitude) {
    const double bounded = std::clamp(latitude, -kMostLatitude, kMostLatitude);
    const double sine = std::sin(bounded * std::numbers::pi / 180);
    return {longitude / 360 + 0.5,
            0.5 - std::log((1 + sine) / (1 - sine)) / (4 * std::numbers::pi)};
}

double latitude_at(MapSpot spot) {
    return std::atan(std::sinh(std::numbers::pi * (1 - 2 * spot.y))) * 180 / std::numbers::pi;
}

double longitude_at(MapSpot spot) {
    return (spot.x - std::floor(spot.x)) * 360 - 180;
}

const MapLines::Level& MapLines::level_for(double pixel) const {
    for (const Level& level : levels)
        if (level.tolerance <= pixel) return level;
    return levels.back();
}

std::optional<MapLines> read_map_lines(std::string_view bytes) {
    if (!bytes.starts_with("BWL1")) return std::nullopt;
    Numbers numbers{bytes.substr(4)};
    const auto count = numbers.next();
    if (!count || *count > kMostLines) return std::nullopt;
    std::size_t points_left = kMostPoints;
    std::vector<MapLine> lines;
    for (std::uint32_t i = 0; i < *count; ++i) {
        auto line = read_line(numbers, points_left);
        if (!line) return std::nullopt;
        lines.push_back(*std::move(line));
    }
    MapLines map;
    map.levels[0] = coarser(lines, 1.0 / 1024);
    map.levels[1] = coarser(lines, 1.0 / 4096);
    map.levels[2] = coarser(lines, 1.0 / 16384);
    map.levels[3] = {0, std::move(lines)};
    return map;
}

}  // namespace bordereau::widgets
