// app/widgets/layout.h - places things from the start edge: left, or right where text runs so.
#pragma once

#include <imgui.h>

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

namespace bordereau::widgets {

/// Vertical space of `units` lines.
void gap(float units = 0.5f);
/// A hairline over the width of the region.
void rule();

/// Moves the cursor so that an item of `width` pixels begins at the start edge of the region.
void align_start(float width);

/// Places side by side from the start edge. Say the width of each before it is filled:
/// `Row row; row.next(w); button(...); row.next(row.rest()); text_line(...);`
/// Within a place the region is as wide as the place, and several items stand below each other.
class Row {
public:
    enum class Overflow { keep, wrap };  ///< wrap: a place that does not fit begins a new line
    explicit Row(Overflow overflow = Overflow::keep, float gap_units = 0.5f);
    ~Row();
    Row(const Row&) = delete;
    Row& operator=(const Row&) = delete;

    void next(float wanted);  ///< pixels; at most the width of the region
    /// Pixels left on this line for the next place, less `reserved` (gaps included) for those after
    /// it.
    float rest(float reserved = 0) const;
    /// Pushes the next places, which together take `width` pixels, to the end edge.
    void push_to_end(float width);
    float gap() const { return gap_; }

private:
    void close_place();

    Overflow overflow_;
    float gap_, left_, width_, top_;
    float region_right_;  // of the window, narrowed while a place is open
    float used_ = 0, bottom_;
    bool open_ = false;
};

enum class PaneLook {
    plain,  ///< no ground, no padding
    page,   ///< padding, scrolls
    card,   ///< its own ground with round corners
    side    ///< the side bar's ground
};

/// Towards which edge the pointer was swept over the present window just now, as a finger does:
/// -1 to the start edge, 1 to the end edge, 0 not at all. Never while text is typed.
int swept();

/// A region of its own that scrolls by itself. Zero or less: the rest of the region less that much
/// (as in ImGui::BeginChild). Always call end_pane().
bool begin_pane(const char* id, ImVec2 size, PaneLook look);
void end_pane();

/// The whole window as ground for everything. Always call end_root().
void begin_root();
void end_root();

/// A card around what is drawn until end_card(): ground, hairline, padding; as wide as the region,
/// as high as its contents.
void begin_card(const char* id);
void end_card();

/// A column of at most `units` lines width in the middle of the region, for pages that are read.
void begin_column(float units);
void end_column();

/// A table whose first column is at the start edge. Weights are shares of the width; below zero:
/// fixed width in units.
class Table {
public:
    struct Column {
        std::string_view title;
        float weight = 1;
        bool number = false;  ///< aligned at the end edge
    };
    Table(const char* id, std::span<const Column> columns);
    Table(const char* id, std::initializer_list<Column> columns)
        : Table(id, std::span{columns.begin(), columns.size()}) {}
    ~Table();
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    bool visible() const { return visible_; }
    void header();
    void row();
    void cell(int column);  ///< in the order of the columns given, whatever the direction
    /// Makes the whole row one target; call in the first cell. True when it was chosen.
    /// `height` in pixels; 0: one line.
    bool row_button(const char* id, std::string_view label, float height = 0);

private:
    std::vector<Column> columns_;
    bool visible_;
};

}  // namespace bordereau::widgets
