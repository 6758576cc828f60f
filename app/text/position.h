// app/text/position.h - a place on the earth as people write it: read, and put into words.
// Degrees with a point or a comma, degrees with minutes and seconds, letters and words for the
// directions in six languages, links of maps, geo: addresses (RFC 5870), "lat lon alt acc" of ODK.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/text/words.h"

namespace bordereau::text {

struct Position {
    double latitude = 0;                  ///< degrees, -90 to 90
    double longitude = 0;                 ///< degrees, -180 to 180
    std::optional<double> altitude = {};  ///< metres
    std::optional<double> accuracy = {};  ///< metres; never below 0

    bool operator==(const Position&) const = default;
};

/// Why a text is not understood. Its words are the interface text "place.fault.<name>".
enum class PositionFault {
    empty,
    half,             ///< one number only: the longitude is missing
    too_many,         ///< more numbers than a place has
    latitude_range,   ///< beyond 90
    longitude_range,  ///< beyond 180
    minutes_range,    ///< minutes or seconds of 60 and more, or below zero
    part_of_degree,   ///< a fraction of a degree, and minutes beside it
    same_direction,   ///< two latitudes, or two longitudes
    sign_twice,       ///< a minus and a letter
    word,             ///< `part` is not understood
    short_link,       ///< holds no place; only the network knows where it leads
    link_without_place
};
/// "half", "too_many", ...
std::string_view name_of(PositionFault fault);

struct PositionReading {
    std::optional<Position> position;
    PositionFault fault = PositionFault::empty;  ///< where there is no position
    std::string part;                            ///< of the text, which the fault is about
};
PositionReading read_position(std::string_view written);

/// One place a line, or between semicolons: those that are understood, up to the first that is not.
struct PositionsReading {
    std::vector<Position> positions;
    std::optional<PositionReading> stopped_at;
};
PositionsReading read_positions(std::string_view written);

/// "lat lon alt acc" as ODK stores it, seven decimals at most; 0 for what is not known.
std::string stored(const Position& position);
/// ... and points between semicolons.
std::string stored(const std::vector<Position>& positions);
/// Nothing where any point is not one. A 0 for altitude and accuracy together is not known.
std::optional<std::vector<Position>> read_stored(std::string_view value);

/// As it is typed: "1.2864, 36.8172" and altitude and accuracy, where they are known.
std::string typed(const Position& position);
/// "1.28640° S, 36.81720° E, ± 5 m".
std::string in_words(const Position& position, const Words& words);

}  // namespace bordereau::text
