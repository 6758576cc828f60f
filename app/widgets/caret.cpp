#include "app/widgets/caret.h"

#include <algorithm>
#include <cmath>

#include "storage/base/text.h"

namespace bordereau::widgets {
namespace {

bool is_word_letter(char32_t code) {
    if (code < 0x80)
        return (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
               (code >= 'a' && code <= 'z') || code == '_';
    const bool sign = (code >= 0x2000 && code <= 0x206F) || (code >= 0x3000 && code <= 0x303F) ||
                      code == 0x00A0 || code == 0x060C || code == 0x061B || code == 0x061F ||
                      code == 0x00AB || code == 0x00BB;
    return !sign;
}

bool is_digit(char32_t code) {
    return (code >= '0' && code <= '9') || (code >= 0x660 && code <= 0x669) ||
           (code >= 0x6F0 && code <= 0x6F9);
}

// 2.0, 1,500, 06:30, 12/2026 and the Arabic separators.
bool joins_digits(char32_t code) {
    return code == '.' || code == ',' || code == ':' || code == '/' || code == 0x66B ||
           code == 0x66C;
}

bool in_word(const std::u32string& codes, std::size_t at) {
    if (joins_digits(codes[at]))
        return at > 0 && at + 1 < codes.size() && is_digit(codes[at - 1]) &&
               is_digit(codes[at + 1]);
    return is_word_letter(codes[at]);
}

}  // namespace

CaretLine::CaretLine(const text::Line& line, std::string_view logical, const Advance& advance)
    : rtl_(line.direction == text::Direction::right_to_left) {
    const std::u32string codes = to_utf32(logical);
    length_ = codes.size();
    float x = 0;
    const auto add = [&](char32_t code, std::size_t first, std::size_t count, bool rtl) {
        const float wide = advance(code);
        cells_.push_back({first, count, x, x + wide, rtl});
        x += wide;
    };
    if (line.glyphs.empty())
        for (std::size_t at = 0; at < length_; ++at) add(codes[at], at, 1, false);
    for (const text::Glyph& glyph : line.glyphs)
        add(glyph.code, glyph.first, glyph.count, glyph.rtl);
}

// Code points that are not drawn (marks of direction) share the place of the one before them.
const Cell* CaretLine::cell_of(std::size_t position) const {
    const Cell* nearest = nullptr;
    for (const Cell& cell : cells_)
        if (cell.first <= position && (!nearest || cell.first > nearest->first)) nearest = &cell;
    return nearest;
}

float CaretLine::x_of(std::size_t position) const {
    const Cell* cell = cell_of(std::min(position, length_ == 0 ? 0 : length_ - 1));
    if (!cell) return 0;
    // Several letters drawn as one (lam-alef) share its width evenly.
    const auto inside = static_cast<float>(std::min(position - cell->first, cell->count));
    const float share = inside / static_cast<float>(cell->count);
    const float wide = cell->right - cell->left;
    return cell->rtl ? cell->right - share * wide : cell->left + share * wide;
}

std::size_t CaretLine::position_at(float x) const {
    std::size_t best = 0;
    float least = HUGE_VALF;
    for (std::size_t position = 0; position <= length_; ++position) {
        const float distance = std::fabs(x_of(position) - x);
        if (distance >= least) continue;
        least = distance;
        best = position;
    }
    return best;
}

std::vector<std::pair<float, float>> CaretLine::spans(std::size_t begin, std::size_t end) const {
    std::vector<std::pair<float, float>> spans;
    for (const Cell& cell : cells_) {
        const std::size_t from = std::max(begin, cell.first);
        const std::size_t to = std::min(end, cell.first + cell.count);
        if (from >= to) continue;
        const float wide = (cell.right - cell.left) / static_cast<float>(cell.count);
        const float skip = static_cast<float>(from - cell.first) * wide;
        const float taken = static_cast<float>(to - from) * wide;
        const float left = cell.rtl ? cell.right - skip - taken : cell.left + skip;
        if (!spans.empty() && std::fabs(spans.back().second - left) < 0.01f)
            spans.back().second = left + taken;
        else
            spans.emplace_back(left, left + taken);
    }
    return spans;
}

std::size_t code_points_before(std::string_view utf8, std::size_t byte) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < std::min(byte, utf8.size()); ++count) next_code_point(utf8, at);
    return count;
}

std::size_t byte_of(std::string_view utf8, std::size_t position) {
    std::size_t at = 0;
    for (; position > 0 && at < utf8.size(); --position) next_code_point(utf8, at);
    return at;
}

std::pair<std::size_t, std::size_t> word_around(std::string_view utf8, std::size_t position) {
    const std::u32string codes = to_utf32(utf8);
    if (codes.empty()) return {0, 0};
    std::size_t begin = std::min(position, codes.size() - 1);
    std::size_t end = begin + 1;
    if (in_word(codes, begin)) {
        while (begin > 0 && in_word(codes, begin - 1)) --begin;
        while (end < codes.size() && in_word(codes, end)) ++end;
    }
    return {byte_of(utf8, begin), byte_of(utf8, end)};
}

std::size_t next_word(std::string_view utf8, std::size_t byte) {
    const std::u32string codes = to_utf32(utf8);
    std::size_t at = code_points_before(utf8, byte);
    while (at < codes.size() && in_word(codes, at)) ++at;
    while (at < codes.size() && !in_word(codes, at)) ++at;
    return byte_of(utf8, at);
}

std::size_t word_before(std::string_view utf8, std::size_t byte) {
    const std::u32string codes = to_utf32(utf8);
    std::size_t at = code_points_before(utf8, byte);
    while (at > 0 && !in_word(codes, at - 1)) --at;
    while (at > 0 && in_word(codes, at - 1)) --at;
    return byte_of(utf8, at);
}

}  // namespace bordereau::widgets
