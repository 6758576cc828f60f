// Any text as a place that somebody types or pastes: read, stored, said, read again.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "app/text/position.h"
#include "storage/base/check.h"

namespace {

using namespace bordereau;
using namespace bordereau::text;

bool on_earth(const Position& position) {
    return std::fabs(position.latitude) <= 90 && std::fabs(position.longitude) <= 180 &&
           position.accuracy.value_or(0) >= 0;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view written{reinterpret_cast<const char*>(data), size};
    const PositionReading reading = read_position(written);
    if (reading.position) {
        check(on_earth(*reading.position), "a place lies on the earth");
        const auto again = read_stored(stored(*reading.position));
        check(again && again->size() == 1, "what is stored is a place");
        const PositionReading typed_again = read_position(typed(*reading.position));
        check(typed_again.position.has_value(), "what is shown in a field is understood there");
        check(stored(*typed_again.position) == stored(*reading.position), "and is the same place");
    }
    for (const Position& position : read_positions(written).positions)
        check(on_earth(position), "each place of a list lies on the earth");
    if (const auto points = read_stored(written))
        for (const Position& position : *points)
            check(on_earth(position), "each stored place lies on the earth");
    return 0;
}
