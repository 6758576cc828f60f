// app/widgets/map_lines.h - coasts and borders as plain lines, at four levels of detail.
// Longitude and latitude are laid out as web maps do (Mercator): the world is 1 by 1, north is 0.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

namespace bordereau::widgets {

struct MapSpot {
    double x = 0, y = 0;
};
/// Latitudes beyond 85.05 degrees are moved to the edge.
MapSpot map_spot(double latitude, double longitude);
double latitude_at(MapSpot spot);
double longitude_at(MapSpot spot);

struct MapLine {
    bool border = false;  ///< between countries; else a coast
    double left = 0, top = 0, right = 0, bottom = 0;
    std::vector<MapSpot> spots;
};

struct MapLines {
    /// From few points to all. `tolerance` is how far a line may be off, in parts of the world.
    struct Level {
        double tolerance = 0;
        std::vector<MapLine> lines;
    };
    std::array<Level, 4> levels;

    /// The coarsest level that is good enough where one pixel is so many parts of the world.
    const Level& level_for(double pixel) const;
};

/// What assets/map/LICENSE.md tells of. Nothing where the bytes are not that.
std::optional<MapLines> read_map_lines(std::string_view bytes);

}  // namespace bordereau::widgets
