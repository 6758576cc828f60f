// app/desk/gpsd.h - what gpsd says, line by line (gpsd_json(5)): pure, values in and values out.
#pragma once

#include <optional>
#include <string_view>

namespace bordereau::app {

/// Where a receiver says it is, in degrees and metres.
struct Fix {
    double latitude = 0, longitude = 0;
    std::optional<double> altitude = {};
    std::optional<double> accuracy = {};  ///< estimated error on the ground

    bool operator==(const Fix&) const = default;
};

/// What one line told. Everything is empty for a line that is none of gpsd's, or says nothing here.
struct GpsdLine {
    std::optional<Fix> fix;
    bool no_fix = false;            ///< a receiver is there and does not know its place yet
    std::optional<int> satellites;  ///< that are used
    std::optional<bool> receivers;  ///< whether any is connected
};

/// Longer lines are none of gpsd's.
inline constexpr std::size_t kLongestGpsdLine = 64 * 1024;

GpsdLine read_gpsd_line(std::string_view line);

/// What asks gpsd to tell of places until the connection ends.
inline constexpr std::string_view kGpsdWatch = "?WATCH={\"enable\":true,\"json\":true};\n";

}  // namespace bordereau::app
