// app/screens/rows.h - draws only those rows of a long page that are in sight.
// Rows differ in height, so heights are measured when drawn and remembered by key.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/screens/fill_view.h"

namespace bordereau::app {

struct RowsUi {
    std::unordered_map<std::string, float> heights;  ///< pixels, by key
    float width = 0, font = 0;                       ///< what the heights hold for
    int scroll_request = 0;                          ///< the last one followed
    int scroll_frames = 0;  ///< heights settle while scrolling: follow the row for a few frames
    int drawn = 0;          ///< rows drawn in the last frame
};

/// Draws the rows into the current window, which scrolls. `held` is drawn even out of sight: a
/// field that is being edited loses its text when it is not drawn.
struct RowsWish {
    std::string_view scroll_to;  ///< key
    int scroll_request = 0;
    std::string_view held;
};
void draw_rows(std::span<const QuestionView> rows, RowsUi& ui, const RowsWish& wish,
               const std::function<void(const QuestionView&)>& draw);

}  // namespace bordereau::app
