// app/text/bidi.h - the order of runs in mixed directions (Unicode UAX #9). The only door to
// FriBidi.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "app/text/language.h"

namespace bordereau::text {

/// Levels of one paragraph, one a code point; odd levels run from right to left.
struct Levels {
    std::vector<std::uint8_t> of;
    Direction direction = Direction::left_to_right;
    bool mixed = false;  ///< some level is not 0, so that the drawn order differs
};

/// `base` decides the direction of the paragraph.
Levels levels_of(std::u32string_view paragraph, Direction base);

/// Code points [begin, end) of one level.
struct Run {
    std::uint32_t begin = 0, end = 0;
    std::uint8_t level = 0;
    bool rtl() const { return (level & 1) != 0; }
};

/// The runs of a line, that is of code points [begin, end), from left to right (UAX #9, L2).
/// `splits(at)` says that a run must end before `at` although its level goes on.
std::vector<Run> visual_runs(std::span<const std::uint8_t> levels, std::uint32_t begin,
                             std::uint32_t end, const std::function<bool(std::uint32_t)>& splits);

/// The other half of a pair in a run from right to left: "(" for ")" (UAX #9, L4).
char32_t mirrored(char32_t code);

bool is_strong(char32_t code);        ///< L, R or AL
bool runs_from_right(char32_t code);  ///< R or AL
bool is_bidi_control(char32_t code);  ///< marks, embeddings, isolates: never drawn

}  // namespace bordereau::text
