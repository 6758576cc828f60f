#include "app/text/bidi.h"

#include <fribidi.h>

#include <algorithm>

namespace bordereau::text {
namespace {

FriBidiCharType type_of(char32_t code) {
    return fribidi_get_bidi_type(static_cast<FriBidiChar>(code));
}

void reverse_runs_from(std::vector<Run>& runs, std::uint8_t level) {
    for (std::size_t at = 0; at < runs.size();) {
        std::size_t end = at;
        while (end < runs.size() && runs[end].level >= level) ++end;
        std::reverse(runs.begin() + static_cast<std::ptrdiff_t>(at),
                     runs.begin() + static_cast<std::ptrdiff_t>(end));
        at = end + 1;
    }
}

}  // namespace

Levels levels_of(std::u32string_view paragraph, Direction base) {
    Levels levels;
    levels.direction = base;
    const auto size = static_cast<FriBidiStrIndex>(paragraph.size());
    if (size == 0) return levels;
    const std::vector<FriBidiChar> codes(paragraph.begin(), paragraph.end());
    std::vector<FriBidiCharType> types(codes.size());
    std::vector<FriBidiBracketType> brackets(codes.size());
    std::vector<FriBidiLevel> found(codes.size());
    fribidi_get_bidi_types(codes.data(), size, types.data());
    fribidi_get_bracket_types(codes.data(), size, types.data(), brackets.data());
    FriBidiParType direction = base == Direction::right_to_left ? FRIBIDI_PAR_RTL : FRIBIDI_PAR_LTR;
    // Zero means that memory ran out; the logical order is then the best that can be shown.
    if (fribidi_get_par_embedding_levels_ex(types.data(), brackets.data(), size, &direction,
                                            found.data()) == 0)
        std::fill(found.begin(), found.end(), FriBidiLevel{0});
    levels.of.reserve(found.size());
    for (const FriBidiLevel level : found) {
        levels.of.push_back(static_cast<std::uint8_t>(std::max<int>(level, 0)));
        levels.mixed = levels.mixed || level > 0;
    }
    return levels;
}

std::vector<Run> visual_runs(std::span<const std::uint8_t> levels, std::uint32_t begin,
                             std::uint32_t end, const std::function<bool(std::uint32_t)>& splits) {
    std::vector<Run> runs;
    for (std::uint32_t at = begin; at < end; ++at) {
        if (runs.empty() || runs.back().level != levels[at] || splits(at))
            runs.push_back({at, at + 1, levels[at]});
        else
            runs.back().end = at + 1;
    }
    std::uint8_t highest = 0;
    for (const Run& run : runs) highest = std::max(highest, run.level);
    for (std::uint8_t level = highest; level > 0; --level) reverse_runs_from(runs, level);
    return runs;
}

char32_t mirrored(char32_t code) {
    FriBidiChar other = 0;
    return fribidi_get_mirror_char(static_cast<FriBidiChar>(code), &other) ? char32_t{other} : code;
}

bool is_strong(char32_t code) {
    return FRIBIDI_IS_STRONG(type_of(code)) && FRIBIDI_IS_LETTER(type_of(code));
}

bool runs_from_right(char32_t code) {
    return is_strong(code) && FRIBIDI_IS_RTL(type_of(code));
}

bool is_bidi_control(char32_t code) {
    return code == 0x200E || code == 0x200F || code == 0x061C ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

}  // namespace bordereau::text
