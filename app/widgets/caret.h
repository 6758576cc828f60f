// app/widgets/caret.h - where a caret stands in drawn text, and which letter a place belongs to.
// Pure: advances come in, so that it is tested without fonts.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "app/text/type.h"

namespace bordereau::widgets {

/// A drawn glyph and the code points [first, first + count) of the logical text it stands for.
struct Cell {
    std::size_t first = 0, count = 1;
    float left = 0, right = 0;  ///< pixels from the left edge of the line
    bool rtl = false;
};

/// One drawn line with its cells from left to right.
class CaretLine {
public:
    using Advance = std::function<float(char32_t)>;
    /// `logical` is the text of the line; positions count its code points.
    CaretLine(const text::Line& line, std::string_view logical, const Advance& advance);

    std::size_t length() const { return length_; }
    float width() const { return cells_.empty() ? 0 : cells_.back().right; }
    bool rtl() const { return rtl_; }

    /// Pixels from the left edge of a caret before code point `position` (length(): after all).
    float x_of(std::size_t position) const;
    /// The position whose caret is nearest.
    std::size_t position_at(float x) const;
    /// Left and right edges of what is drawn for code points [begin, end).
    std::vector<std::pair<float, float>> spans(std::size_t begin, std::size_t end) const;

private:
    const Cell* cell_of(std::size_t position) const;

    std::vector<Cell> cells_;
    std::size_t length_ = 0;
    bool rtl_ = false;
};

/// Byte offsets and code points of UTF-8 text.
std::size_t code_points_before(std::string_view utf8, std::size_t byte);
std::size_t byte_of(std::string_view utf8, std::size_t position);

/// The word around a code point, as bytes [first, second): letters and digits, or one other sign. A
/// point between digits belongs to their number.
std::pair<std::size_t, std::size_t> word_around(std::string_view utf8, std::size_t position);

/// The byte that a jump by a word leads to: the next beginning of a word, or the one before.
std::size_t next_word(std::string_view utf8, std::size_t byte);
std::size_t word_before(std::string_view utf8, std::size_t byte);

}  // namespace bordereau::widgets
