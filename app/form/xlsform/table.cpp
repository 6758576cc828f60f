#include "app/form/xlsform/table.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "app/form/xlsform/columns.h"
#include "app/form/xlsform/reference_syntax.h"
#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

constexpr std::string_view kLearnSheets = "See https://xlsform.org/en/#setting-up-your-worksheets.";

/// "Constraint  Message" as "constraint_message".
std::string snake_case(std::string_view text) {
    std::string out;
    for (const auto word : words_of(text)) {
        if (!out.empty()) out += '_';
        out += lower_ascii(word);
    }
    return out;
}

std::vector<std::string> split_steps(std::string_view text, std::string_view separator) {
    std::vector<std::string> steps;
    for (std::size_t start = 0;;) {
        const auto end = text.find(separator, start);
        steps.emplace_back(trimmed(text.substr(start, end - start)));
        if (end == std::string_view::npos) return steps;
        start = end + separator.size();
    }
}

/// Single colons separate languages in old forms, but jr:count and jr:constraintMsg are one name.
std::vector<std::string> split_single_colons(std::string_view header) {
    auto steps = split_steps(header, ":");
    for (std::size_t at = 0; at + 1 < steps.size(); ++at) {
        if (steps[at] != "jr") continue;
        steps[at] += ":" + steps[at + 1];
        steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(at) + 1);
    }
    return steps;
}

std::string joined(const std::vector<std::string>& steps) {
    std::string out;
    for (const auto& step : steps) out += (out.empty() ? "" : "::") + step;
    return out;
}

const ColumnAlias* find_alias(SheetKind kind, std::string_view spelled) {
    const auto aliases = column_aliases(kind);
    const auto found = std::ranges::find(aliases, spelled, &ColumnAlias::spelled);
    return found == aliases.end() ? nullptr : &*found;
}

bool is_known(SheetKind kind, std::string_view name) {
    const auto names = column_names(kind);
    return std::ranges::find(names, name) != names.end();
}

Column read_header(const std::string& header, SheetKind kind, bool double_colons) {
    Column column{.header = header, .path = {}, .key = {}, .known = true};
    const auto whole = snake_case(header);
    const auto* alias = find_alias(kind, whole);
    for (const auto& name : {header, whole}) {
        if (!column.path.empty() || alias || !is_known(kind, name)) continue;
        column.path = {name};
    }
    if (column.path.empty()) {
        column.path = double_colons || header.find("::") != std::string::npos
                          ? split_steps(header, "::")
                          : split_single_colons(header);
        const auto first = snake_case(column.path.front());
        if (const auto* renamed = find_alias(kind, first)) {
            const auto steps = split_steps(renamed->means, "::");
            column.path.erase(column.path.begin());
            column.path.insert(column.path.begin(), steps.begin(), steps.end());
        } else if (is_known(kind, first)) {
            column.path.front() = first;
        } else {
            // Unknown columns keep their spelling: choice filters name them.
            column.known = false;
        }
    }
    column.key = joined(column.path);
    return column;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

/// Word processors turn quotes into ones that no formula can be read with.
void straighten_quotes(std::string& text) {
    if (text.find("\xE2\x80") == std::string::npos) return;
    for (const auto* quote : {"\u2018", "\u2019"}) replace_all(text, quote, "'");
    for (const auto* quote : {"\u201C", "\u201D"}) replace_all(text, quote, "\"");
}

/// Columns by position in the sheet; null where there is no header.
std::vector<const Column*> read_headers(const Sheet& sheet, Table& table, Findings& findings) {
    const bool double_colons = std::ranges::any_of(
        sheet.header, [](const auto& header) { return header.find("::") != std::string::npos; });
    std::vector<const Column*> by_position;
    std::map<std::string, std::string> header_of_key;
    const bool has_form_id = table.kind == SheetKind::settings &&
                             std::ranges::find(sheet.header, "form_id") != sheet.header.end();
    for (const auto& header : sheet.header) {
        by_position.push_back(nullptr);
        if (header.empty()) continue;
        if (has_form_id && header == "id_string") {
            findings.warning(table.place(1, header), "form_id stands beside id_string.",
                             "Remove id_string; form_id is the one that counts.");
            continue;
        }
        auto column = read_header(header, table.kind, double_colons);
        const auto [known, fresh] = header_of_key.emplace(column.key, header);
        if (!fresh) {
            findings.error(table.place(1, header),
                           "The columns " + quoted(known->second) + " and " + quoted(header) +
                               " mean the same.",
                           "Rename or remove one of them.");
            continue;
        }
        table.columns.push_back(std::move(column));
        by_position.back() = &table.columns.back();
    }
    return by_position;
}

Row read_row(const SheetRow& source, const std::vector<const Column*>& columns, Spaces spaces) {
    Row row{source.number, {}};
    const auto count = std::min(source.cells.size(), columns.size());
    for (std::size_t i = 0; i < count; ++i) {
        if (!columns[i] || is_blank(source.cells[i])) continue;
        auto text =
            spaces == Spaces::collapsed ? with_single_blanks(source.cells[i]) : source.cells[i];
        straighten_quotes(text);
        row.cells.push_back({columns[i], std::move(text)});
    }
    return row;
}

/// Text to the right of the last header: a forgotten header would lose it silently.
void warn_of_headless_cells(const Sheet& sheet, const Table& table, Findings& findings) {
    for (const auto& row : sheet.rows) {
        for (std::size_t i = 0; i < row.cells.size(); ++i) {
            const bool headless = i >= sheet.header.size() || sheet.header[i].empty();
            if (!headless || is_blank(row.cells[i])) continue;
            findings.warning(table.place(row.number, {}),
                             "A cell without a column header is left out.",
                             "Give its column a header, or clear the cell.");
            return;
        }
    }
}

void check_required_columns(const Table& table, Findings& findings) {
    const auto missing = [&](std::string_view column) {
        if (table.has_column(column)) return;
        findings.error(table.place(1, column), "The sheet has no column " + quoted(column) + ".",
                       "Add a header row with this column. " + std::string{kLearnSheets});
    };
    if (table.kind == SheetKind::survey) missing("type");
    if (table.kind == SheetKind::choices && !table.rows.empty()) missing("name");
}

}  // namespace

std::string_view sheet_name(SheetKind kind) {
    constexpr std::array kNames = std::to_array<std::string_view>(
        {"survey", "choices", "settings", "external_choices", "entities", "osm"});
    return kNames.at(static_cast<std::size_t>(kind));
}

std::string_view Translated::plain() const {
    return texts.empty() || !texts.front().first.empty() ? std::string_view{}
                                                         : texts.front().second;
}

Translated Translated::of(std::string text) {
    return text.empty() ? Translated{} : Translated{{{"", std::move(text)}}};
}

std::string_view Row::text(std::string_view key) const {
    for (const auto& cell : cells)
        if (cell.column->key == key) return cell.text;
    return {};
}

bool Row::has_any(std::string_view first_step) const {
    return std::ranges::any_of(
        cells, [&](const auto& cell) { return cell.column->path.front() == first_step; });
}

Translated Row::translated(std::string_view key, std::string_view default_language) const {
    Translated out;
    for (const auto& cell : cells) {
        const std::string_view column = cell.column->key;
        if (!column.starts_with(key)) continue;
        const auto rest = column.substr(key.size());
        if (rest.empty()) {
            out.texts.emplace_back("", cell.text);
        } else if (rest.starts_with("::")) {
            out.texts.emplace_back(rest.substr(2), cell.text);
        }
    }
    if (out.texts.size() < 2) return out;
    const bool default_given = std::ranges::any_of(
        out.texts, [&](const auto& text) { return text.first == default_language; });
    std::erase_if(out.texts, [&](const auto& text) { return default_given && text.first.empty(); });
    for (auto& [language, text] : out.texts)
        if (language.empty()) language = default_language;
    return out;
}

std::string Row::header(std::string_view key) const {
    for (const auto& cell : cells)
        if (cell.column->key == key) return cell.column->header;
    if (key.find("::") == std::string_view::npos) return std::string{key};
    // No such column: as authors spell it, not as the XForm does.
    const auto aliases = column_aliases(SheetKind::survey);
    const auto found = std::ranges::find(aliases, key, &ColumnAlias::means);
    return std::string{found == aliases.end() ? key : found->spelled};
}

bool Table::has_column(std::string_view first_step) const {
    return std::ranges::any_of(
        columns, [&](const auto& column) { return column.path.front() == first_step; });
}

Place Table::place(int row, std::string_view column) const {
    return {std::string{sheet_name(kind)}, row, std::string{column}};
}

Table read_table(const Sheet& sheet, SheetKind kind, Spaces spaces, Findings& findings) {
    Table table{.kind = kind, .columns = {}, .rows = {}};
    const auto columns = read_headers(sheet, table, findings);
    for (const auto& source : sheet.rows) {
        auto row = read_row(source, columns, spaces);
        if (row.cells.empty()) continue;
        for (const auto& cell : row.cells) {
            const auto fault = reference_fault(cell.text);
            if (fault && cell.column->known)
                findings.error(table.place(row.number, cell.column->header),
                               "The reference " + quoted(*fault) + " is malformed.",
                               "Write ${name} with nothing but a question's name between the "
                               "braces.");
        }
        table.rows.push_back(std::move(row));
    }
    if (kind == SheetKind::survey || kind == SheetKind::choices)
        warn_of_headless_cells(sheet, table, findings);
    check_required_columns(table, findings);
    return table;
}

}  // namespace bordereau::form::xlsform
