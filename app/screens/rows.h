// app/screens/rows.h - draws only those rows of a long page that are in sight.
// Rows differ in height, so heights are measured when drawn and remembered by key.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace bordereau::app {

struct RowsUi {
    std::unordered_map<std::string, float> heights;  ///< pixels, by key
    float width = 0, font = 0;                       ///< what the heights hold for
    int scroll_request = 0;                          ///< the last one followed
    int scroll_frames = 0;  ///< heights settle while scrolling: follow the row for a few frames
    bool to_top = false;    ///< other rows than before: they are read from the first one on
    int whole_frames = 0;   ///< ... and so does what stands whole in sight
    int drawn = 0;          ///< rows drawn in the last frame
};

struct RowsWish {
    std::string_view scroll_to;  ///< key
    int scroll_request = 0;      ///< changes with each wish to scroll
    /// Key of a row that is drawn even out of sight: a field that is being edited loses its text
    /// when it is not drawn.
    std::string_view held;
    /// Key of a row that the keyboard has come to: all of it is brought into sight, with as little
    /// movement as that takes.
    std::string_view whole;
    /// Key of a row that the keyboard is on its way to: drawn even out of sight, to be come to.
    std::string_view coming = {};
};

/// Rows by their place in a list. Keys are unique and stay while other rows come and go.
struct Rows {
    std::size_t count = 0;
    std::function<const std::string&(std::size_t)> key;
    std::function<void(std::size_t)> draw;
};

/// The wished row is brought into sight in the next frames.
void follow_row(RowsUi& ui);

/// The row that the keyboard has come to is brought into sight whole in the next frames.
void show_whole_row(RowsUi& ui);

/// Draws the rows into the current window, which must be the one that scrolls.
void draw_rows(const Rows& rows, RowsUi& ui, const RowsWish& wish = {});

}  // namespace bordereau::app
