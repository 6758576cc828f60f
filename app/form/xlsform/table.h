// app/form/xlsform/table.h - a sheet whose columns are known by what they mean, not how they are
// spelled: "Constraint message::fr" becomes bind::jr:constraintMsg::fr.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/form/xlsform/findings.h"
#include "app/form/xlsform/workbook.h"

namespace bordereau::form::xlsform {

/// The sheets that XLSForm knows; each has its own columns and older spellings.
enum class SheetKind { survey, choices, settings, external_choices, entities, osm };

/// The sheet's name as authors write it: "external_choices".
std::string_view sheet_name(SheetKind kind);

/// A column by its meaning.
struct Column {
    std::string header;             ///< as written
    std::vector<std::string> path;  ///< {"label", "French (fr)"}, {"bind", "relevant"}
    std::string key;                ///< the path joined by "::"
    bool known = false;             ///< the first step is a column of XLSForm
};

/// A text that may be given in several languages.
struct Translated {
    /// Language and text; the language is empty for a column without one.
    std::vector<std::pair<std::string, std::string>> texts;

    bool empty() const { return texts.empty(); }
    /// Given in at least one named language (or in the default one beside named ones).
    bool has_languages() const { return !texts.empty() && !texts.front().first.empty(); }
    /// The text without a language; empty if there is none.
    std::string_view plain() const;
    static Translated of(std::string text);
};

struct Cell {
    const Column* column;  ///< of the row's table, which must live on
    std::string text;      ///< never empty
};

/// One row; only cells with text.
struct Row {
    int number = 0;
    std::vector<Cell> cells;

    /// The text of a column by its key, or empty.
    std::string_view text(std::string_view key) const;
    bool has(std::string_view key) const { return !text(key).empty(); }
    /// Whether any column starts with this step: "label" is found in label::fr too.
    bool has_any(std::string_view first_step) const;
    /// A column with all its languages. A text without a language belongs to `default_language`
    /// where others have one, and gives way if that language is there itself.
    Translated translated(std::string_view key, std::string_view default_language) const;
    /// The header as written of the column with this key; where the sheet has none, the name that
    /// authors know it by.
    std::string header(std::string_view key) const;
};

struct Table {
    SheetKind kind = SheetKind::survey;
    std::deque<Column> columns;
    std::vector<Row> rows;

    bool has_column(std::string_view first_step) const;
    Place place(int row, std::string_view column) const;
};

enum class Spaces { kept, collapsed };

/// Finds out what the columns mean and cleans the cells: typographic quotes become plain ones and,
/// with Spaces::collapsed, white space shrinks to single blanks. Says which columns clash or are
/// missing, and where ${...} is malformed.
Table read_table(const Sheet& sheet, SheetKind kind, Spaces spaces, Findings& findings);

}  // namespace bordereau::form::xlsform
