// app/form/xlsform/workbook.h - the cells of a spreadsheet as text, whatever file they came from.
// Knows nothing of forms: which sheets and columns mean what is decided elsewhere.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/result.h"

namespace bordereau::form::xlsform {

/// One row; `number` is the one the spreadsheet shows. Cells may be fewer than the header's.
struct SheetRow {
    int number = 0;
    std::vector<std::string> cells;
};

struct CellPlace {
    int row = 0;     ///< as the spreadsheet shows it
    int column = 0;  ///< from 0
};

/// A cell whose formula has no result: never worked out, or an error such as #REF!.
struct UnusableCell {
    CellPlace place;
    std::string error;  ///< empty: not worked out
};

/// One sheet. Header cells are trimmed, runs of blanks in them are one blank; a column without a
/// header keeps its place under an empty name.
struct Sheet {
    std::string name;
    std::vector<std::string> header;
    std::vector<SheetRow> rows;  ///< wholly empty ones left out
    std::vector<UnusableCell> unusable = {};
    int unread_from = 0;  ///< the row behind too many empty ones; 0: all was read
};

struct Workbook {
    std::vector<Sheet> sheets;

    /// The sheet of that name, upper and lower case alike; null if there is none.
    const Sheet* find(std::string_view name) const;
};

/// What a file may ask for before it is refused.
struct WorkbookLimits {
    std::size_t file_bytes = 64u << 20;
    std::size_t unpacked_bytes = 256u << 20;  ///< all parts that are read, together
    std::size_t unpacking_ratio = 400;        ///< of one part, once it is over 8 MiB
    int rows = 1'000'000;                     ///< of one sheet
    int columns = 16'384;
    std::size_t cells = 20'000'000;       ///< of all sheets, empty ones in between included
    std::size_t text_bytes = 256u << 20;  ///< of all cells; many may share one text
};

/// Reads .xlsx, .xlsm, .csv or .md, told apart by the ending of `file_name`.
/// invalid: not such a file. refused: larger than the limits. corrupt: damaged.
Result<Workbook> read_workbook(std::string_view bytes, std::string_view file_name,
                               const WorkbookLimits& limits = {});

/// Sheets from Markdown tables: a cell in the first column names a sheet, the next row is its
/// header.
Workbook read_markdown(std::string_view text);

/// Sheets from comma-separated values in the same layout.
Workbook read_csv(std::string_view text);

/// Sheets of an Office Open XML workbook.
Result<Workbook> read_xlsx(std::string_view bytes, const WorkbookLimits& limits);

/// Makes a sheet of rows whose first is the header; drops empty rows and stops, as the field's
/// tools do, after 60 empty rows or 20 columns without a header.
Sheet make_sheet(std::string name, std::vector<SheetRow> rows);

/// Trimmed, with every run of white space (no-break spaces too) as one blank.
std::string with_single_blanks(std::string_view text);

/// True when there is nothing but white space.
bool is_blank(std::string_view text);

}  // namespace bordereau::form::xlsform
