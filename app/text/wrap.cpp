#include "app/text/wrap.h"

namespace bordereau::text {
namespace {

bool is_blank(char32_t code) {
    return code == ' ' || code == '\t' || code == 0x200B || code == 0x3000;
}

bool is_ideograph(char32_t code) {
    return (code >= 0x2E80 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF) ||
           (code >= 0xFF00 && code <= 0xFF60) || (code >= 0x20000 && code <= 0x3FFFF);
}

// Keeps what stands beside it on its line: no-break spaces and the word joiner.
bool is_glue(char32_t code) {
    return code == 0xA0 || code == 0x202F || code == 0x2060;
}

bool is_digit(char32_t code) {
    return code >= '0' && code <= '9';
}

bool is_one_of(char32_t code, std::u32string_view codes) {
    return codes.find(code) != codes.npos;
}

// A Chinese date is one word to whoever reads it: 2026年11月26日.
bool within_date(char32_t before, char32_t after) {
    return (is_digit(before) && is_one_of(after, U"年月日")) ||
           (is_one_of(before, U"年月") && is_digit(after));
}

bool opens(char32_t code) {
    return is_one_of(code, U"([{«‘“〈《「『【〔（［｛＜");
}

bool may_not_begin_line(char32_t code) {
    return is_one_of(code, U")]}»’”!%,.:;?、。，．：；？！％〉》」』】〕）］｝＞…—·・");
}

// French sets these apart from the word before them, and typed texts often with a blank that
// breaks.
bool ends_after_blank(char32_t code) {
    return is_one_of(code, U"?!:;»");
}

}  // namespace

bool may_break_before(std::u32string_view text, std::size_t at) {
    if (at == 0 || at >= text.size()) return false;
    const char32_t before = text[at - 1], after = text[at];
    if (is_blank(after)) return false;
    if (is_blank(before)) {
        const bool opened = before == ' ' && at >= 2 && text[at - 2] == U'«';
        return !opened && !ends_after_blank(after);
    }
    if (is_glue(before) || is_glue(after) || within_date(before, after)) return false;
    if (may_not_begin_line(after) || opens(before)) return false;
    if (before == '-' || before == '/' || before == 0x2013 || before == 0x2014)
        return after >= 'A' && at >= 2 && text[at - 2] >= 'A';
    return is_ideograph(before) || is_ideograph(after);
}

std::vector<LineSpan> break_lines(std::u32string_view text, std::span<const float> advances,
                                  float width) {
    std::vector<LineSpan> lines;
    std::uint32_t begin = 0, chance = 0;
    float used = 0, used_at_chance = 0;
    const auto size = static_cast<std::uint32_t>(text.size());
    const auto finish = [&](std::uint32_t end) {
        std::uint32_t last = end;
        while (last > begin && is_blank(text[last - 1])) --last;
        lines.push_back({begin, last});
        begin = end;
    };
    for (std::uint32_t at = 0; at < size; ++at) {
        if (may_break_before(text, at)) {
            chance = at;
            used_at_chance = used;
        }
        used += advances[at];
        if (used <= width || is_blank(text[at]) || at == begin) continue;
        // A cluster's later code points have no width: a break inside one would tear it apart.
        const bool at_chance = chance > begin;
        if (!at_chance && advances[at] == 0) continue;
        finish(at_chance ? chance : at);
        used = at_chance ? used - used_at_chance : advances[at];
        used_at_chance = 0;
    }
    finish(size);
    return lines;
}

}  // namespace bordereau::text
