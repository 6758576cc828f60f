// app/text/wrap.h - where lines may break, and where they do at a given width. Pure: widths come
// in.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace bordereau::text {

/// True when a line may break before code point `at` (a small part of Unicode UAX #14: blanks,
/// hyphens, slashes, and between ideographs save before closing and after opening punctuation,
/// beside no-break spaces, and within a Chinese date).
bool may_break_before(std::u32string_view text, std::size_t at);

/// Code points [begin, end) of one line; blanks at its end are left out of it.
struct LineSpan {
    std::uint32_t begin = 0, end = 0;
    bool operator==(const LineSpan&) const = default;
};

/// Breaks one paragraph in its logical order. `advances` holds the width of each code point (0 for
/// those that belong to a cluster before them). A word wider than a line is broken inside.
std::vector<LineSpan> break_lines(std::u32string_view text, std::span<const float> advances,
                                  float width);

}  // namespace bordereau::text
