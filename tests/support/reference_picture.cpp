#include "tests/support/reference_picture.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "app/media/codec.h"

namespace bordereau::test {
namespace {

// Pixels may differ by so much (of 255) before it counts, and so many of them.
constexpr int kShade = 60;
constexpr double kMostDifferent = 0.01;

std::filesystem::path folder() {
    return BORDEREAU_SOURCE_DIR "/tests/data/pictures";
}

shell::Picture read(const std::filesystem::path& path) {
    std::ifstream file{path, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    const auto raster = media::decode(media::Kind::png, bytes, {});
    INFO(path << " is not recorded: see reference_picture.h");
    REQUIRE(raster.ok());
    shell::Picture picture{raster->width, raster->height, {}};
    for (std::size_t at = 0; at < raster->rgba.size(); at += 4)
        picture.rgb.insert(picture.rgb.end(),
                           {raster->rgba[at], raster->rgba[at + 1], raster->rgba[at + 2]});
    return picture;
}

int shade_between(const shell::Picture& one, int x, int y, const shell::Picture& other, int ox,
                  int oy) {
    int most = 0;
    for (int channel = 0; channel < 3; ++channel) {
        const auto at = [channel](const shell::Picture& picture, int px, int py) {
            return picture.rgb[static_cast<std::size_t>((py * picture.width + px) * 3 + channel)];
        };
        most = std::max(most, std::abs(at(one, x, y) - at(other, ox, oy)));
    }
    return most;
}

// Whether the pixel is found in the other picture, there or right beside.
bool is_found(const shell::Picture& one, int x, int y, const shell::Picture& other) {
    for (int oy = std::max(y - 1, 0); oy <= std::min(y + 1, other.height - 1); ++oy)
        for (int ox = std::max(x - 1, 0); ox <= std::min(x + 1, other.width - 1); ++ox)
            if (shade_between(one, x, y, other, ox, oy) <= kShade) return true;
    return false;
}

}  // namespace

shell::Picture part_of(const shell::Picture& picture, const Region& region) {
    shell::Picture part{region.width, region.height, {}};
    for (int y = 0; y < region.height; ++y) {
        const auto row = picture.rgb.begin() +
                         ((region.top + y) * picture.width + region.left) * std::ptrdiff_t{3};
        part.rgb.insert(part.rgb.end(), row, row + region.width * std::ptrdiff_t{3});
    }
    return part;
}

double difference(const shell::Picture& one, const shell::Picture& other) {
    if (one.width != other.width || one.height != other.height) return 1;
    int lost = 0;
    for (int y = 0; y < one.height; ++y)
        for (int x = 0; x < one.width; ++x)
            lost += is_found(one, x, y, other) && is_found(other, x, y, one) ? 0 : 1;
    return static_cast<double>(lost) / (one.width * one.height);
}

bool looks_as_recorded(const shell::Picture& picture, const Region& region,
                       const std::string& name) {
    REQUIRE(region.left + region.width <= picture.width);
    REQUIRE(region.top + region.height <= picture.height);
    const shell::Picture part = part_of(picture, region);
    const auto path = folder() / (name + ".png");
    if (std::getenv("BORDEREAU_RECORD_PICTURES") != nullptr) {
        std::filesystem::create_directories(folder());
        REQUIRE(shell::write_png(part, path.string()).ok());
    }
    const double differs = difference(part, read(path));
    if (differs <= kMostDifferent) return true;
    const char* shown = std::getenv("BORDEREAU_PICTURES");
    if (shown != nullptr) (void)shell::write_png(part, std::string{shown} + "/" + name + ".png");
    UNSCOPED_INFO(name << " differs in " << differs * 100 << " % of its pixels");
    return false;
}

}  // namespace bordereau::test
