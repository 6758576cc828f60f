// app/media/drawing.h - what a hand drew on a sheet: strokes as a plain value, as text, as pixels.
// The same strokes give the same pixels on every machine.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/media/raster.h"

namespace bordereau::media {

/// Pixels of the finished picture.
struct Sheet {
    int width = 0, height = 0;

    bool operator==(const Sheet&) const = default;
};

/// Places on a sheet are counted in these parts of a pixel, from its upper left corner.
inline constexpr int kParts = 8;

struct Spot {
    int x = 0, y = 0;

    bool operator==(const Spot&) const = default;
};

enum class Pen : std::uint8_t { black, red, blue };

/// From where the pen came down to where it was lifted. One spot is a dot.
struct Stroke {
    Pen pen = Pen::black;
    std::vector<Spot> spots;

    bool operator==(const Stroke&) const = default;
};

struct Drawing {
    std::string ground;  ///< name of the picture that was drawn on; empty: an empty sheet
    std::vector<Stroke> strokes;
    std::vector<Stroke> cleared;  ///< what was on it before it was cleared last

    bool operator==(const Drawing&) const = default;
};

/// Of all strokes together. What is beyond is not taken.
inline constexpr std::size_t kMostSpots = 100'000;

/// False: the drawing has no room for it, or it is empty. Spots beyond the sheet are moved to its
/// edge.
bool add_stroke(Drawing& drawing, Stroke stroke, Sheet sheet);
/// Takes the latest stroke away, or brings back what was cleared. False: nothing to take back.
bool undo_stroke(Drawing& drawing);
void clear(Drawing& drawing);
bool can_undo(const Drawing& drawing);

/// Red, green, blue.
struct PenColour {
    std::uint8_t red = 0, green = 0, blue = 0;
};
PenColour colour_of(Pen pen);
/// Width of a line, in pixels of the sheet.
double pen_width(Sheet sheet);
/// The line through the spots as it is drawn: rounded where a hand moved faster than it was asked.
std::vector<Spot> smoothed(const Stroke& stroke);

Raster blank_sheet(Sheet sheet);  ///< white
/// The strokes over `ground`, whose size the sheet had.
Raster drawn_on(Raster ground, const std::vector<Stroke>& strokes);

/// As it is kept while it is not finished; read again by drawing_in(). Nothing for other texts.
std::string text_of(const Drawing& drawing);
std::optional<Drawing> drawing_in(std::string_view text);

}  // namespace bordereau::media
