#include "app/widgets/map_lines.h"

#include <algorithm>
#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cmath>
#include <string>

#include "assets/assets.h"

namespace bordereau::widgets {
namespace {

std::string_view world() {
    const auto bytes = assets::find("map/world.lines");
    REQUIRE(bytes);
    return *bytes;
}

// The nearest that any line of a kind comes to a place, in degrees.
double nearest(const MapLines::Level& level, double latitude, double longitude, bool border) {
    double found = 360;
    for (const MapLine& line : level.lines)
        for (const MapSpot& spot : line.spots)
            if (line.border == border)
                found = std::min(found, std::hypot(latitude_at(spot) - latitude,
                                                   longitude_at(spot) - longitude));
    return found;
}

}  // namespace

TEST_CASE("places go to the map and back", "[widgets][map]") {
    const double latitude = GENERATE(-80.0, -1.2864, 0.0, 59.9), longitude = GENERATE(-180.0, 36.8);
    const MapSpot spot = map_spot(latitude, longitude);
    CHECK(latitude_at(spot) == Catch::Approx(latitude).margin(1e-9));
    CHECK(longitude_at(spot) == Catch::Approx(longitude).margin(1e-9));
    CHECK(spot.y >= 0);
    CHECK(spot.y <= 1);
}

TEST_CASE("the poles are at the edge of the map, not beyond it", "[widgets][map]") {
    CHECK(map_spot(90, 0).y == Catch::Approx(0).margin(1e-4));
    CHECK(map_spot(-90, 0).y == Catch::Approx(1).margin(1e-4));
}

TEST_CASE("the map that comes along has coasts and borders where they are", "[widgets][map]") {
    CHECK(world().size() < 400'000);
    const auto map = read_map_lines(world());
    REQUIRE(map);
    const MapLines::Level& all = map->levels.back();
    CHECK(nearest(all, -17.92, 25.86, true) < 0.2);  // between Zambia and Zimbabwe: the falls
    CHECK(nearest(all, -4.05, 39.68, false) < 0.2);  // Mombasa lies at the sea
    CHECK(nearest(all, 0.5, 25.2, false) > 5);       // Kisangani does not
}

TEST_CASE("the nearer the look, the more lines, and never more than are drawn in a frame",
          "[widgets][map]") {
    const auto map = read_map_lines(world());
    REQUIRE(map);
    const auto points = [](const MapLines::Level& level) {
        std::size_t sum = 0;
        for (const MapLine& line : level.lines) sum += line.spots.size();
        return sum;
    };
    CHECK(points(map->levels[0]) < 12'000);
    for (std::size_t i = 1; i < map->levels.size(); ++i)
        CHECK(points(map->levels[i - 1]) < points(map->levels[i]));
    CHECK(&map->level_for(1.0 / 800) == &map->levels[0]);
    CHECK(&map->level_for(1.0 / 2000) == &map->levels[1]);
    CHECK(&map->level_for(1.0 / 10'000) == &map->levels[2]);
    CHECK(&map->level_for(1e-9) == &map->levels[3]);
}

TEST_CASE("bytes that are no map are none", "[widgets][map]") {
    using namespace std::literals;
    const auto bytes =
        GENERATE(""s, "BWL1"s, "BWL2\x00"s, "BWL1\x01\x02\x01\x00"s, "BWL1\xFF\xFF\xFF\xFF\x0F"s,
                 "BWL1\x01\xFF\xFF\xFF\x7F\x01"s, "BWL1\x01\x00\x01"s);
    CHECK_FALSE(read_map_lines(bytes));
    CHECK_FALSE(read_map_lines(world().substr(0, world().size() / 2)));
}

}  // namespace bordereau::widgets
