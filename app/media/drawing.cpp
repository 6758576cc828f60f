#include "app/media/drawing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace bordereau::media {
namespace {

struct Place {
    double x = 0, y = 0;
};

Place middle_of(Place a, Place b) {
    return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

Place place_of(Spot spot) {
    return {static_cast<double>(spot.x), static_cast<double>(spot.y)};
}

Spot spot_at(Place place) {
    return {static_cast<int>(std::lround(place.x)), static_cast<int>(std::lround(place.y))};
}

std::size_t spots_in(const std::vector<Stroke>& strokes) {
    std::size_t sum = 0;
    for (const Stroke& stroke : strokes) sum += stroke.spots.size();
    return sum;
}

// A quadratic curve from `from` to `to` that leans on `by`; its start is there already.
void add_curve(std::vector<Spot>& line, Place from, Place by, Place to) {
    const double length =
        std::hypot(by.x - from.x, by.y - from.y) + std::hypot(to.x - by.x, to.y - by.y);
    const int steps = std::clamp(static_cast<int>(length / (3 * kParts)), 1, 24);
    for (int i = 1; i <= steps; ++i) {
        const double t = static_cast<double>(i) / steps, u = 1 - t;
        line.push_back(spot_at({u * u * from.x + 2 * u * t * by.x + t * t * to.x,
                                u * u * from.y + 2 * u * t * by.y + t * t * to.y}));
    }
}

double distance_to(Place at, Place from, Place to) {
    const double dx = to.x - from.x, dy = to.y - from.y;
    const double square = dx * dx + dy * dy;
    double share = square > 0 ? ((at.x - from.x) * dx + (at.y - from.y) * dy) / square : 0;
    share = std::clamp(share, 0.0, 1.0);
    const double x = at.x - (from.x + share * dx), y = at.y - (from.y + share * dy);
    return std::sqrt(x * x + y * y);
}

// Columns and rows [left, right) and [top, bottom).
struct Box {
    int left = 0, top = 0, right = 0, bottom = 0;

    int width() const { return right - left; }
    std::size_t pixels() const {
        return static_cast<std::size_t>(width()) * static_cast<std::size_t>(bottom - top);
    }
};

Box box_around(Place from, Place to, double radius, const Box& within) {
    const auto edge = [](double at, int low, int high) {
        return std::clamp(static_cast<int>(at), low, high);
    };
    return {edge(std::min(from.x, to.x) - radius - 1, within.left, within.right),
            edge(std::min(from.y, to.y) - radius - 1, within.top, within.bottom),
            edge(std::max(from.x, to.x) + radius + 2, within.left, within.right),
            edge(std::max(from.y, to.y) + radius + 2, within.top, within.bottom)};
}

// How much of each pixel one stroke covers, so that a stroke that crosses itself grows no darker.
class Cover {
public:
    explicit Cover(const Box& box) : box_(box), share_(box.pixels()) {}

    void add(Place from, Place to, double radius) {
        const Box near = box_around(from, to, radius, box_);
        for (int y = near.top; y < near.bottom; ++y)
            for (int x = near.left; x < near.right; ++x) {
                const double gap = distance_to({x + 0.5, y + 0.5}, from, to);
                const double share = std::clamp(radius + 0.5 - gap, 0.0, 1.0);
                std::uint8_t& had = share_[index(box_, x, y)];
                had = std::max(had, static_cast<std::uint8_t>(std::lround(share * 255)));
            }
    }

    void put(Raster& raster, PenColour colour) const {
        const std::array<int, 3> channels{colour.red, colour.green, colour.blue};
        const Box all{0, 0, raster.width, raster.height};
        for (int y = box_.top; y < box_.bottom; ++y)
            for (int x = box_.left; x < box_.right; ++x) {
                const int share = share_[index(box_, x, y)];
                std::uint8_t* pixel = &raster.rgba[index(all, x, y) * 4];
                for (std::size_t c = 0; c < channels.size(); ++c)
                    pixel[c] = static_cast<std::uint8_t>(
                        (channels[c] * share + pixel[c] * (255 - share) + 127) / 255);
            }
    }

private:
    static std::size_t index(const Box& box, int x, int y) {
        return static_cast<std::size_t>(y - box.top) * static_cast<std::size_t>(box.width()) +
               static_cast<std::size_t>(x - box.left);
    }

    Box box_;
    std::vector<std::uint8_t> share_;
};

Place pixel_of(Spot spot) {
    return {static_cast<double>(spot.x) / kParts, static_cast<double>(spot.y) / kParts};
}

Box box_of(const std::vector<Spot>& line, double radius, const Box& within) {
    Place low = pixel_of(line.front()), high = low;
    for (const Spot& spot : line) {
        const Place at = pixel_of(spot);
        low = {std::min(low.x, at.x), std::min(low.y, at.y)};
        high = {std::max(high.x, at.x), std::max(high.y, at.y)};
    }
    return box_around(low, high, radius, within);
}

void draw_stroke(Raster& raster, const Stroke& stroke) {
    const std::vector<Spot> line = smoothed(stroke);
    if (line.empty()) return;
    const double radius = pen_width({raster.width, raster.height}) / 2;
    Cover cover{box_of(line, radius, {0, 0, raster.width, raster.height})};
    for (std::size_t i = 0; i < line.size(); ++i)
        cover.add(pixel_of(line[i == 0 ? 0 : i - 1]), pixel_of(line[i]), radius);
    cover.put(raster, colour_of(stroke.pen));
}

// What shines through is white, as paper is; nobody sees ink on what is not there.
void make_opaque(Raster& raster) {
    for (std::size_t i = 0; i + 3 < raster.rgba.size(); i += 4) {
        const int alpha = raster.rgba[i + 3];
        if (alpha == 255) continue;
        for (std::size_t c = 0; c < 3; ++c)
            raster.rgba[i + c] = static_cast<std::uint8_t>(
                (raster.rgba[i + c] * alpha + 255 * (255 - alpha) + 127) / 255);
        raster.rgba[i + 3] = 255;
    }
}

}  // namespace

bool add_stroke(Drawing& drawing, Stroke stroke, Sheet sheet) {
    if (stroke.spots.empty() || spots_in(drawing.strokes) + stroke.spots.size() > kMostSpots)
        return false;
    for (Spot& spot : stroke.spots) {
        spot.x = std::clamp(spot.x, 0, sheet.width * kParts);
        spot.y = std::clamp(spot.y, 0, sheet.height * kParts);
    }
    drawing.strokes.push_back(std::move(stroke));
    return true;
}

bool undo_stroke(Drawing& drawing) {
    if (drawing.strokes.empty()) {
        drawing.strokes = std::exchange(drawing.cleared, {});
        return !drawing.strokes.empty();
    }
    drawing.strokes.pop_back();
    return true;
}

void clear(Drawing& drawing) {
    if (drawing.strokes.empty()) return;
    drawing.cleared = std::exchange(drawing.strokes, {});
}

bool can_undo(const Drawing& drawing) {
    return !drawing.strokes.empty() || !drawing.cleared.empty();
}

PenColour colour_of(Pen pen) {
    switch (pen) {
        case Pen::red: return {200, 20, 20};
        case Pen::blue: return {20, 60, 190};
        case Pen::black: break;
    }
    return {0, 0, 0};
}

double pen_width(Sheet sheet) {
    return std::max(2.0, sheet.width / 280.0);
}

std::vector<Spot> smoothed(const Stroke& stroke) {
    const std::vector<Spot>& spots = stroke.spots;
    if (spots.size() < 3) return spots;
    std::vector<Spot> line{spots.front()};
    Place from = place_of(spots.front());
    for (std::size_t i = 1; i + 1 < spots.size(); ++i) {
        const Place by = place_of(spots[i]);
        const Place to = middle_of(by, place_of(spots[i + 1]));
        add_curve(line, from, by, to);
        from = to;
    }
    line.push_back(spots.back());
    return line;
}

Raster blank_sheet(Sheet sheet) {
    return {sheet.width, sheet.height,
            std::vector<std::uint8_t>(
                static_cast<std::size_t>(sheet.width) * static_cast<std::size_t>(sheet.height) * 4,
                255)};
}

Raster drawn_on(Raster ground, const std::vector<Stroke>& strokes) {
    if (ground.empty()) return ground;
    make_opaque(ground);
    for (const Stroke& stroke : strokes) draw_stroke(ground, stroke);
    return ground;
}

}  // namespace bordereau::media
