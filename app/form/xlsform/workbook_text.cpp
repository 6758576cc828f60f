// Markdown tables and comma-separated values: sheets one below the other, each named in the first
// column. Forms are written this way in tests, in chats and in version control.
#include <algorithm>
#include <utility>

#include "app/form/xlsform/workbook.h"
#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Gathers rows into sheets: a first cell starts a sheet, other cells are a row of the present one.
class SheetStack {
public:
    void add(std::vector<std::string> cells) {
        if (cells.empty()) return;
        if (!is_blank(cells.front())) start(std::string{trimmed(cells.front())});
        cells.erase(cells.begin());
        if (rows_.empty() && names_.empty()) return;
        if (std::ranges::all_of(cells, [](const auto& cell) { return is_blank(cell); })) return;
        auto& rows = rows_.back();
        rows.push_back({static_cast<int>(rows.size()) + 1, std::move(cells)});
    }

    Workbook finish() {
        Workbook workbook;
        for (std::size_t i = 0; i < names_.size(); ++i)
            workbook.sheets.push_back(make_sheet(std::move(names_[i]), std::move(rows_[i])));
        return workbook;
    }

private:
    void start(std::string name) {
        names_.push_back(std::move(name));
        rows_.emplace_back();
    }

    std::vector<std::string> names_;
    std::vector<std::vector<SheetRow>> rows_;
};

std::string unescaped_cell(std::string_view cell) {
    std::string out;
    for (std::size_t at = 0; at < cell.size(); ++at) {
        if (cell[at] == '\\' && at + 1 < cell.size() && cell[at + 1] == '|') continue;
        out += cell[at];
    }
    return out;
}

/// The cells between the outer bars of a table line; empty for text and for |---|---|.
std::vector<std::string> markdown_cells(std::string_view line) {
    line = trimmed(line);
    const auto end = line.rfind('|');
    if (line.empty() || line.front() != '|' || end == 0) return {};
    const auto inner = line.substr(1, end - 1);
    if (!inner.empty() && inner.find_first_not_of("|-: ") == std::string_view::npos &&
        inner.find('-') != std::string_view::npos)
        return {};
    std::vector<std::string> cells;
    std::size_t start = 0;
    for (std::size_t at = 0; at <= inner.size(); ++at) {
        const bool bar =
            at == inner.size() || (inner[at] == '|' && (at == 0 || inner[at - 1] != '\\'));
        if (!bar) continue;
        cells.push_back(unescaped_cell(trimmed(inner.substr(start, at - start))));
        start = at + 1;
    }
    return cells;
}

/// Reads one record of RFC 4180 from `at`, which moves behind its line end.
std::vector<std::string> csv_record(std::string_view text, std::size_t& at) {
    std::vector<std::string> cells(1);
    bool inside_quotes = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (inside_quotes) {
            if (c != '"') {
                cells.back() += c;
            } else if (at + 1 < text.size() && text[at + 1] == '"') {
                cells.back() += text[++at];
            } else {
                inside_quotes = false;
            }
        } else if (c == '"') {
            inside_quotes = true;
        } else if (c == ',') {
            cells.emplace_back();
        } else if (c == '\n') {
            ++at;
            break;
        } else if (c != '\r') {
            cells.back() += c;
        }
    }
    return cells;
}

}  // namespace

Workbook read_markdown(std::string_view text) {
    SheetStack sheets;
    for (const auto line : split(text, '\n')) sheets.add(markdown_cells(line));
    return sheets.finish();
}

Workbook read_csv(std::string_view text) {
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    SheetStack sheets;
    for (std::size_t at = 0; at < text.size();) sheets.add(csv_record(text, at));
    return sheets.finish();
}

}  // namespace bordereau::form::xlsform
