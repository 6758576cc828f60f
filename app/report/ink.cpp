#include "app/report/ink.h"

#include "storage/base/check.h"

namespace bordereau::report {

std::string_view paper_colour(Ink ink) {
    switch (ink) {
        case Ink::text: return "#1b1f24";
        case Ink::faint: return "#6a737d";
        case Ink::women: return "#5e3c99";
        case Ink::men: return "#e08214";
        case Ink::verified: return "#1b4d5c";
        case Ink::declared: return "#1b4d5c";
        case Ink::range: return "#b9d3d9";
        case Ink::earlier: return "#8a6d3b";
        case Ink::target: return "#1b1f24";
        case Ink::level0: return "#f1eef6";
        case Ink::level1: return "#bdd7dc";
        case Ink::level2: return "#74b0bb";
        case Ink::level3: return "#2f7f8e";
        case Ink::level4: return "#0b4552";
        case Ink::insufficient: return "#c9cdd2";
        case Ink::hidden: return "#8c939b";
        case Ink::critical: return "#b2182b";
        case Ink::mark_a: return "#d9d9d9";
        case Ink::mark_b: return "#a6bddb";
        case Ink::mark_c: return "#0072b2";
        case Ink::mark_d: return "#009e73";
        case Ink::paper: return "#ffffff";
    }
    stop("an ink without a colour");
}

Ink text_on(Ink ink) {
    switch (ink) {
        case Ink::women:
        case Ink::verified:
        case Ink::level3:
        case Ink::level4:
        case Ink::mark_c:
        case Ink::mark_d: return Ink::paper;
        default: return Ink::text;
    }
}

Ink level_ink(int level) {
    constexpr Ink kLevels[]{Ink::level0, Ink::level1, Ink::level2, Ink::level3, Ink::level4};
    check(level >= 0 && level <= 4, "levels run from 0 to 4");
    return kLevels[level];
}

}  // namespace bordereau::report
