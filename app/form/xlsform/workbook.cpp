#include "app/form/xlsform/workbook.h"

#include <algorithm>
#include <span>
#include <utility>

#include "app/form/xlsform/file_kind.h"
#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

constexpr int kEmptyColumns = 20, kEmptyRows = 60;

/// White space as the field's tools see it: ASCII white space and the no-break space.
bool is_space_at(std::string_view text, std::size_t at, std::size_t& length) {
    const auto byte = static_cast<unsigned char>(text[at]);
    length = 1;
    if (byte == ' ' || (byte >= 0x09 && byte <= 0x0D)) return true;
    if (byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) == 0xA0) {
        length = 2;
        return true;
    }
    return false;
}

bool ends_with_ignoring_case(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && lower_ascii(text.substr(text.size() - end.size())) == end;
}

bool is_empty(const SheetRow& row) {
    return std::ranges::all_of(row.cells, [](const auto& cell) { return is_blank(cell); });
}

std::vector<std::string> header_of(const SheetRow& row) {
    std::vector<std::string> header;
    int empty = 0;
    for (const auto& cell : row.cells) {
        header.push_back(with_single_blanks(cell));
        empty = header.back().empty() ? empty + 1 : 0;
        if (empty > kEmptyColumns) break;
    }
    while (!header.empty() && header.back().empty()) header.pop_back();
    return header;
}

}  // namespace

std::string with_single_blanks(std::string_view text) {
    std::string out;
    bool pending = false;
    for (std::size_t at = 0, length = 1; at < text.size(); at += length) {
        if (is_space_at(text, at, length)) {
            pending = !out.empty();
            continue;
        }
        if (pending) out += ' ';
        pending = false;
        out += text[at];
    }
    return out;
}

bool is_blank(std::string_view text) {
    for (std::size_t at = 0, length = 1; at < text.size(); at += length)
        if (!is_space_at(text, at, length)) return false;
    return true;
}

const Sheet* Workbook::find(std::string_view name) const {
    const auto wanted = lower_ascii(name);
    for (const auto& sheet : sheets)
        if (lower_ascii(trimmed(sheet.name)) == wanted) return &sheet;
    return nullptr;
}

Sheet make_sheet(std::string name, std::vector<SheetRow> rows) {
    Sheet sheet{.name = std::move(name), .header = {}, .rows = {}};
    if (rows.empty()) return sheet;
    sheet.header = header_of(rows.front());
    int last = rows.front().number;
    for (auto& row : std::span{rows}.subspan(1)) {
        if (is_empty(row)) continue;
        if (row.number - last > kEmptyRows) {
            sheet.unread_from = row.number;
            break;
        }
        last = row.number;
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

Result<Workbook> read_workbook(std::string_view bytes, std::string_view file_name,
                               const WorkbookLimits& limits) {
    if (bytes.size() > limits.file_bytes)
        return Error{ErrorCode::refused, "the file is larger than a form may be"};
    // Servers give workbooks out as .xls too.
    const bool workbook = ends_with_ignoring_case(file_name, ".xlsx") ||
                          ends_with_ignoring_case(file_name, ".xlsm") ||
                          (ends_with_ignoring_case(file_name, ".xls") && is_zip(bytes));
    if (workbook) return read_xlsx(bytes, limits);
    const bool csv = ends_with_ignoring_case(file_name, ".csv");
    if (!csv && !ends_with_ignoring_case(file_name, ".md"))
        return Error{ErrorCode::invalid, "only .xlsx, .xlsm, .csv and .md files hold forms"};
    if (!is_utf8(bytes)) return Error{ErrorCode::invalid, "the file is not UTF-8 text"};
    return csv ? read_csv(bytes) : read_markdown(bytes);
}

}  // namespace bordereau::form::xlsform
