#include "app/text/setting.h"

#include <algorithm>

#include "storage/base/text.h"

namespace bordereau::text {
namespace {

bool is_private(char32_t code) {
    return is_cluster(code) || code >= 0xF0000;
}

bool is_invisible(char32_t code) {
    return is_bidi_control(code) || code == 0x200B || code == 0x200C || code == 0x200D ||
           code == 0x2060 || code == 0xFEFF || code == 0x00AD;
}

bool is_control(char32_t code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029;
}

// What a code point outside Arabic is drawn as; 0 for nothing. Private use is ours: text from
// outside must not name a cluster, nor make Dear ImGui's tables grow to the last plane.
char32_t drawn(char32_t code, bool rtl) {
    if (is_invisible(code)) return 0;
    if (is_control(code)) return ' ';
    if (is_private(code)) return 0xFFFD;
    return rtl ? mirrored(code) : code;
}

}  // namespace

bool is_drawn_as_written(std::u32string_view text) {
    return std::none_of(text.begin(), text.end(), [](char32_t code) {
        if (code >= 0x20 && code < 0x7F) return false;
        return is_control(code) || is_invisible(code) || is_private(code) || is_arabic(code) ||
               (code >= 0x0590 && runs_from_right(code));
    });
}

Direction resolved(Base base, std::u32string_view paragraph, Direction interface) {
    if (base == Base::left_to_right) return Direction::left_to_right;
    if (base == Base::right_to_left) return Direction::right_to_left;
    int isolates = 0;  // UAX #9, P2: letters within isolates do not decide
    for (const char32_t code : paragraph) {
        if (code >= 0x2066 && code <= 0x2068) ++isolates;
        if (code == 0x2069 && isolates > 0) --isolates;
        if (isolates == 0 && is_strong(code))
            return runs_from_right(code) ? Direction::right_to_left : Direction::left_to_right;
    }
    return interface;
}

void Setter::set_run(std::u32string_view paragraph, const Run& run, std::vector<Glyph>& out) const {
    if (shaper_ && is_arabic(paragraph[run.begin])) {
        for (ShapedCluster& each : shaper_->shape(paragraph, run))
            out.push_back(
                {clusters_.code_of(std::move(each.cluster)), each.first, each.count, run.rtl()});
        return;
    }
    for (std::uint32_t step = 0; step < run.end - run.begin; ++step) {
        const std::uint32_t at = run.rtl() ? run.end - 1 - step : run.begin + step;
        if (const char32_t code = drawn(paragraph[at], run.rtl()); code != 0)
            out.push_back({code, at, 1, run.rtl()});
    }
}

Line Setter::set(std::u32string_view paragraph, const Levels& levels, std::uint32_t begin,
                 std::uint32_t end) const {
    Line line;
    line.direction = levels.direction;
    const auto splits = [&](std::uint32_t at) {
        return is_arabic(paragraph[at]) != is_arabic(paragraph[at - 1]);
    };
    for (const Run& run : visual_runs(levels.of, begin, end, splits))
        set_run(paragraph, run, line.glyphs);
    for (Glyph& glyph : line.glyphs) {
        glyph.first -= begin;
        append_utf8(line.visual, glyph.code);
    }
    return line;
}

}  // namespace bordereau::text
