#include "app/media/raster.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace bordereau::media {
namespace {

constexpr std::size_t kChannels = 4;

std::size_t place(const Raster& raster, int x, int y) {
    return (static_cast<std::size_t>(y) * static_cast<std::size_t>(raster.width) +
            static_cast<std::size_t>(x)) *
           kChannels;
}

Raster blank(int width, int height) {
    return {width, height,
            std::vector<std::uint8_t>(static_cast<std::size_t>(width) *
                                      static_cast<std::size_t>(height) * kChannels)};
}

// Old pixels [first, last) that new pixel `at` of `count` covers; at least one.
std::array<int, 2> covered(int at, int count, int old_count) {
    const auto edge = [&](int i) { return static_cast<int>(std::int64_t{i} * old_count / count); };
    return {edge(at), std::max(edge(at) + 1, edge(at + 1))};
}

void average(const Raster& from, std::array<int, 2> columns, std::array<int, 2> rows,
             std::uint8_t* to) {
    std::array<std::uint64_t, kChannels> sum{};
    for (int y = rows[0]; y < rows[1]; ++y)
        for (int x = columns[0]; x < columns[1]; ++x)
            for (std::size_t c = 0; c < kChannels; ++c) sum[c] += from.rgba[place(from, x, y) + c];
    const auto count = static_cast<std::uint64_t>(columns[1] - columns[0]) *
                       static_cast<std::uint64_t>(rows[1] - rows[0]);
    for (std::size_t c = 0; c < kChannels; ++c)
        to[c] = static_cast<std::uint8_t>((sum[c] + count / 2) / count);
}

}  // namespace

Raster shrunk(const Raster& raster, int width, int height) {
    if (raster.empty()) return {};
    Raster out = blank(std::clamp(width, 1, raster.width), std::clamp(height, 1, raster.height));
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x)
            average(raster, covered(x, out.width, raster.width),
                    covered(y, out.height, raster.height), &out.rgba[place(out, x, y)]);
    return out;
}

Raster shrunk_to(Raster raster, int side) {
    const int longer = std::max(raster.width, raster.height);
    if (longer <= side || side <= 0) return raster;
    const auto part = [&](int length) {
        return std::max(1,
                        static_cast<int>(std::lround(static_cast<double>(length) * side / longer)));
    };
    return shrunk(raster, part(raster.width), part(raster.height));
}

// The table of EXIF 2.32, 4.6.4: where the row 0 and the column 0 of the stored picture belong.
Raster upright(Raster raster, int orientation) {
    if (orientation <= 1 || orientation > 8 || raster.empty()) return raster;
    const bool turned = orientation >= 5;
    Raster out = turned ? blank(raster.height, raster.width) : blank(raster.width, raster.height);
    const bool from_right =
        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool from_bottom =
        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    for (int y = 0; y < out.height; ++y)
        for (int x = 0; x < out.width; ++x) {
            const int u = turned ? y : x, v = turned ? x : y;
            const int from_x = from_right ? raster.width - 1 - u : u;
            const int from_y = from_bottom ? raster.height - 1 - v : v;
            std::copy_n(&raster.rgba[place(raster, from_x, from_y)], kChannels,
                        &out.rgba[place(out, x, y)]);
        }
    return out;
}

}  // namespace bordereau::media
