#include "app/audit/instrument.h"

#include <algorithm>
#include <cctype>

namespace bordereau::audit {
namespace {

using Names = std::string_view;

constexpr Names kP1[]{"b1", "b2", "b3", "b4"};
constexpr Names kP2[]{"c1a", "c1b", "c1c"};
constexpr Names kP3[]{"c2a", "c2b", "c2c"};
constexpr Names kP4[]{"c3a", "c3b", "c3c"};
constexpr Names kP5[]{"c4a", "c4b", "c4c"};
constexpr Names kP6[]{"c5a", "c5b", "c5c"};
constexpr Names kP7[]{"d1", "d2", "d3", "d4", "d5", "d6", "d7"};
constexpr Names kP8[]{"e1", "e2"};
constexpr Names kP9[]{"e3",  "e4",  "e5",  "e6",  "e7",  "e8", "e9",
                      "e10", "e11", "e12", "e13", "e14", "e15"};
constexpr Names kP10[]{"f1", "f2", "j1"};
constexpr Names kUnderstanding[]{"q_und"};
constexpr Names kRepresentation[]{"q_rep"};
constexpr Names kCounting[]{"q_sadd"};
constexpr Names kProcedures[]{"q_shift", "q_srch"};
constexpr Names kCritical[]{"d6", "e4", "e7", "e13"};

constexpr std::array<Dimension, kDimensions> kAll{{{"P1", kP1, {}},
                                                   {"P2", kP2, {}},
                                                   {"P3", kP3, {}},
                                                   {"P4", kP4, {}},
                                                   {"P5", kP5, kUnderstanding},
                                                   {"P6", kP6, {}},
                                                   {"P7", kP7, kRepresentation},
                                                   {"P8", kP8, kCounting},
                                                   {"P9", kP9, kProcedures},
                                                   {"P10", kP10, {}}}};

}  // namespace

std::span<const Dimension, kDimensions> dimensions() {
    return kAll;
}

std::span<const std::string_view> critical_items() {
    return kCritical;
}

bool critical(std::string_view item) {
    return std::ranges::find(kCritical, item) != std::end(kCritical);
}

char section_of(std::string_view item) {
    return item.empty() ? '?'
                        : static_cast<char>(std::toupper(static_cast<unsigned char>(item.front())));
}

}  // namespace bordereau::audit
