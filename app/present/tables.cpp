#include "app/present/tables.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>
#include <string_view>

#include "app/text/format.h"
#include "storage/base/text.h"

namespace bordereau::app {
namespace {

constexpr std::size_t kFewestCells = 4;
constexpr std::size_t kMostColumns = 8;

struct Names {
    std::string first, second;
};

// "Applicants: women" is cut at the first colon, "Women and girls, 1-5 years" at the last comma.
struct Cut {
    std::string_view mark;
    bool last;
};
constexpr std::array kCuts{
    Cut{": ", false},          Cut{"\xEF\xBC\x9A", false},  // fullwidth colon
    Cut{", ", true},           Cut{"\xD8\x8C ", true},      // Arabic comma
    Cut{"\xEF\xBC\x8C", true}, Cut{"\xE3\x80\x81", true}};

std::optional<Names> cut_at(std::string_view label, const Cut& cut) {
    const std::size_t at = cut.last ? label.rfind(cut.mark) : label.find(cut.mark);
    if (at == label.npos) return std::nullopt;
    Names names{std::string{trimmed(label.substr(0, at))},
                std::string{trimmed(label.substr(at + cut.mark.size()))}};
    if (names.first.empty() || names.second.empty()) return std::nullopt;
    return names;
}

std::vector<Names> names_of(std::span<const QuestionView* const> cells) {
    for (const Cut& cut : kCuts) {
        std::vector<Names> names;
        for (const QuestionView* cell : cells)
            if (auto found = cut_at(cell->label, cut)) names.push_back(*std::move(found));
        if (names.size() == cells.size()) return names;
    }
    return {};
}

std::size_t place_in(std::vector<std::string>& titles, const std::string& title) {
    const auto found = std::ranges::find(titles, title);
    if (found != titles.end()) return static_cast<std::size_t>(found - titles.begin());
    titles.push_back(title);
    return titles.size() - 1;
}

struct Grid {
    std::vector<std::string> rows, columns;
    std::vector<std::size_t> cell_of;  // which cell stands at row * columns + column
};

// Nothing where a place stays empty or is taken twice.
std::optional<Grid> grid_of(const std::vector<Names>& names) {
    std::vector<std::string> first, second;
    std::vector<std::pair<std::size_t, std::size_t>> places;
    for (const Names& name : names)
        places.emplace_back(place_in(first, name.first), place_in(second, name.second));
    if (first.size() < 2 || second.size() < 2) return std::nullopt;
    if (first.size() * second.size() != names.size()) return std::nullopt;
    const bool turned = second.size() > first.size();
    Grid grid{turned ? second : first, turned ? first : second, {}};
    if (grid.columns.size() > kMostColumns) return std::nullopt;
    constexpr auto nothing = static_cast<std::size_t>(-1);
    grid.cell_of.assign(names.size(), nothing);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto [row, column] =
            turned ? std::pair{places[i].second, places[i].first} : places[i];
        std::size_t& cell = grid.cell_of[row * grid.columns.size() + column];
        if (cell != nothing) return std::nullopt;
        cell = i;
    }
    return grid;
}

bool counts(const QuestionView& cell) {
    return cell.problem != AnswerProblem::type && cell.problem != AnswerProblem::constraint;
}

// What is left empty or is wrong is not known: the sum of the others is then a least one.
std::string total_of(std::span<const QuestionView* const> cells, text::Language language) {
    std::int64_t sum = 0;
    std::size_t given = 0;
    for (const QuestionView* cell : cells) {
        std::int64_t number = 0;
        if (!counts(*cell)) continue;
        const std::string& text = cell->value;
        const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
        if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) continue;
        if (__builtin_add_overflow(sum, number, &sum)) return {};
        ++given;
    }
    if (given == 0) return {};
    const std::string number = text::format_number(sum, language);
    return given == cells.size() ? number : "\xE2\x89\xA5\xC2\xA0" + number;
}

void add_totals(TableView& table, text::Language language) {
    const std::size_t columns = table.columns.size();
    std::vector<const QuestionView*> all;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        std::vector<const QuestionView*> cells;
        for (std::size_t column = 0; column < columns; ++column)
            cells.push_back(&table.cells[row * columns + column]);
        table.row_totals.push_back(total_of(cells, language));
        all.insert(all.end(), cells.begin(), cells.end());
    }
    for (std::size_t column = 0; column < columns; ++column) {
        std::vector<const QuestionView*> cells;
        for (std::size_t row = 0; row < table.rows.size(); ++row)
            cells.push_back(&table.cells[row * columns + column]);
        table.column_totals.push_back(total_of(cells, language));
    }
    table.total = total_of(all, language);
}

bool fits_a_table(const QuestionView& row, bool repeat) {
    if (row.kind == RowKind::instance) return repeat && !row.can_remove;
    return row.kind == RowKind::question && row.control == Control::integer;
}

// The rows after `at` that lie in it.
std::size_t end_of(const std::vector<QuestionView>& rows, std::size_t at) {
    std::size_t end = at + 1;
    while (end < rows.size() && rows[end].depth > rows[at].depth) ++end;
    return end;
}

std::optional<QuestionView> table_of(std::vector<QuestionView>& rows, std::size_t at,
                                     std::size_t end, text::Language language) {
    const bool repeat = rows[at].kind == RowKind::repeat;
    if (rows[at].can_add) return std::nullopt;
    std::vector<const QuestionView*> cells;
    for (std::size_t i = at + 1; i < end; ++i) {
        if (!fits_a_table(rows[i], repeat)) return std::nullopt;
        if (rows[i].kind == RowKind::question) cells.push_back(&rows[i]);
    }
    if (cells.size() < kFewestCells) return std::nullopt;
    auto grid = grid_of(names_of(cells));
    if (!grid) return std::nullopt;
    auto table = std::make_shared<TableView>();
    table->rows = std::move(grid->rows);
    table->columns = std::move(grid->columns);
    table->in_form.resize(cells.size());
    for (const std::size_t cell : grid->cell_of) {
        table->in_form[cell] = table->cells.size();
        table->cells.push_back(*cells[cell]);
    }
    add_totals(*table, language);
    QuestionView row;
    row.kind = RowKind::table;
    row.key = "table " + rows[at].key;
    row.depth = rows[at].depth + 1;
    row.table = std::move(table);
    return row;
}

}  // namespace

std::vector<QuestionView> fold_tables(std::vector<QuestionView> rows, text::Language language) {
    std::vector<QuestionView> out;
    out.reserve(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool holds = rows[i].kind == RowKind::group || rows[i].kind == RowKind::repeat;
        const std::size_t end = holds ? end_of(rows, i) : i;
        auto table = holds ? table_of(rows, i, end, language) : std::nullopt;
        out.push_back(std::move(rows[i]));
        if (!table) continue;
        out.push_back(*std::move(table));
        i = end - 1;
    }
    return out;
}

std::vector<QuestionView> unfold_tables(std::vector<QuestionView> rows) {
    std::vector<QuestionView> out;
    out.reserve(rows.size());
    for (QuestionView& row : rows)
        if (row.kind == RowKind::table)
            out.insert(out.end(), row.table->cells.begin(), row.table->cells.end());
        else
            out.push_back(std::move(row));
    return out;
}

const QuestionView* row_showing(const std::vector<QuestionView>& rows, const std::string& key) {
    for (const QuestionView& row : rows) {
        if (row.key == key) return &row;
        const auto* inside = row.table   ? &row.table->cells
                             : row.block ? &row.block->questions
                                         : nullptr;
        if (inside != nullptr &&
            std::ranges::find(*inside, key, &QuestionView::key) != inside->end())
            return &row;
    }
    return nullptr;
}

}  // namespace bordereau::app
