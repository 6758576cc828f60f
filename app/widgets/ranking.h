// app/widgets/ranking.h - choices put into an order: dragged by mouse or finger, moved by buttons,
// or by keys.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/widgets/values.h"

namespace bordereau::widgets {

/// What is dragged just now, and where the keyboard goes next. One serves all rankings of a screen.
struct RankingUi {
    std::string of;                  ///< id of the ranking in which something is dragged
    std::string held;                ///< value of what is dragged; empty: nothing
    std::vector<std::string> order;  ///< as it would be if it were let go now
    std::string focus;               ///< value of the row that takes the keyboard in the next frame
};

struct RankingLook {
    std::string_view up, down;  ///< words of the buttons
    int step = 0;               ///< the keys ask to move the row they are at: -1 up, 1 down
    bool enabled = true;
};

/// True when a person put one elsewhere; `values` are then all values in their order, joined by one
/// blank. Choices that `values` lack come after the others, in the order of the list.
bool ranking(const char* id, std::span<const Choice> choices, std::string& values, RankingUi& ui,
             const RankingLook& look);

/// All values in the order in which ranking() shows them.
std::string ranked_values(std::span<const Choice> choices, std::string_view values);

}  // namespace bordereau::widgets
