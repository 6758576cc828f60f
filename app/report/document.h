// app/report/document.h - a report as values, written once and rendered to HTML and Markdown.
// Knows nothing of audits. All text is plain; renderers escape it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/report/scene.h"

namespace bordereau::report {

struct Heading {
    int level = 1;  ///< 1 for a chapter, 2 and 3 below it; the title of the document is level 0
    std::string text;
};

struct Paragraph {
    enum class Kind {
        text,
        note,      ///< small print
        warning,   ///< something the reader must know before using the figures
        quotation  ///< text of somebody else, in `language` if that is known
    };
    Kind kind = Kind::text;
    std::string text;
    std::vector<std::string> sources;  ///< question names it was made from, shown at the side
    std::string language;              ///< of the text, where it is not that of the document
};

struct List {
    bool ordered = false;
    std::vector<std::string> items;
};

enum class Align { start, end };

struct Column {
    std::string title;
    Align align = Align::start;  ///< end: for numbers
};

struct Cell {
    enum class Kind {
        plain,
        header,       ///< names its row
        hidden,       ///< a small number, or hidden to protect one: one mark for both
        insufficient  ///< too little is known
    };
    std::string text;
    Kind kind = Kind::plain;

    Cell() = default;
    Cell(std::string words, Kind how = Kind::plain) : text(std::move(words)), kind(how) {}
};

struct Table {
    std::string caption;
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows;  ///< each as long as `columns`
    std::string note;                     ///< below the table; may be empty
};

/// A drawing with its twin in figures and one sentence that says what it shows.
struct Figure {
    std::string title;  ///< empty where the heading above says it; compact print then puts
                        ///< drawing and table side by side
    std::string alternative;
    Scene scene;
    Table twin;
};

/// Names and values side by side: facts about the document or one big figure each.
struct Facts {
    bool prominent = false;  ///< tiles of one figure each, as on a scorecard
    std::vector<std::pair<std::string, std::string>> entries;
};

struct PageBreak {};

using Block = std::variant<Heading, Paragraph, List, Table, Figure, Facts, PageBreak>;

struct Document {
    std::string title;
    std::string subtitle;
    std::string language = "en";  ///< BCP 47
    Direction direction = Direction::left_to_right;
    std::string
        banner;  ///< a line on top of every page, such as "Not for circulation"; may be empty
    bool compact = false;  ///< printed small, figures beside their tables, to fit few pages
    std::vector<Block> blocks;
};

}  // namespace bordereau::report
