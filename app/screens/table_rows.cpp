#include "app/screens/table_rows.h"

#include <imgui.h>

#include <optional>
#include <utility>

#include "app/screens/parts.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/inputs.h"
#include "app/widgets/label.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"
#include "app/widgets/signs.h"

namespace bordereau::app {
namespace {

constexpr float kTitleUnits = 7, kCellUnits = 4.2f, kTotalUnits = 3.6f;

bool fits(const TableView& table) {
    const float cells = kCellUnits * static_cast<float>(table.columns.size());
    return ImGui::GetContentRegionAvail().x >=
           (kTitleUnits + cells + kTotalUnits) * widgets::unit();
}

/// A step that the keys ask for, from the cell that they are at.
struct Step {
    int rows = 0, columns = 0;
};

// Before the cells are drawn: a caret that is still inside its text moves there first.
std::optional<Step> asked_step() {
    const int forward = widgets::mirrored() ? -1 : 1;
    if (ImGui::IsKeyPressed(ImGuiKey_DownArrow)) return Step{1, 0};
    if (ImGui::IsKeyPressed(ImGuiKey_UpArrow)) return Step{-1, 0};
    if (ImGui::IsKeyPressed(ImGuiKey_RightArrow) && widgets::caret_leaves(true))
        return Step{0, forward};
    if (ImGui::IsKeyPressed(ImGuiKey_LeftArrow) && widgets::caret_leaves(false))
        return Step{0, -forward};
    return std::nullopt;
}

bool entered() {
    return ImGui::IsItemDeactivated() &&
           (ImGui::IsKeyPressed(ImGuiKey_Enter) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter));
}

void go_from(const TableView& table, std::size_t cell, Step step, QuestionsUi& ui) {
    const int columns = static_cast<int>(table.columns.size());
    const int rows = static_cast<int>(table.rows.size());
    const int row = static_cast<int>(cell) / columns + step.rows;
    const int column = static_cast<int>(cell) % columns + step.columns;
    if (row < 0 || row >= rows || column < 0 || column >= columns) return;
    ui.fields.focus = table.cells[static_cast<std::size_t>(row * columns + column)].key;
}

/// Enter goes down, from the foot of a column to the head of the next one, and from the last cell
/// to what comes after the table.
void go_on_from(const TableView& table, std::size_t cell, QuestionsUi& ui) {
    const std::string left = std::exchange(ui.fields.entered, {});
    if (ImGui::GetIO().KeyShift) return go_from(table, cell, {-1, 0}, ui);
    const std::size_t columns = table.columns.size(), column = cell % columns;
    if (cell + columns < table.cells.size()) return go_from(table, cell, {1, 0}, ui);
    if (column + 1 < columns) {
        ui.fields.focus = table.cells[column + 1].key;
        return;
    }
    ui.fields.entered = left;
    ui.past_table = true;
}

void draw_cell(const TableView& table, std::size_t at, const std::optional<Step>& step,
               QuestionsUi& ui, Commands& out) {
    const QuestionView& cell = table.cells[at];
    ImGui::PushID(cell.key.c_str());
    if (takes_keyboard(cell.key, ui)) ui.fields.focus = cell.key;
    draw_number_cell(cell, ui.fields, out);
    const bool here = ImGui::IsItemFocused() || ImGui::IsItemActive();
    if (here) ui.at = ui.cell = cell.key;
    if (entered())
        go_on_from(table, at, ui);
    else if (here && step)
        go_from(table, at, *step, ui);
    ImGui::PopID();
}

void draw_number(std::string_view number, const widgets::TextStyle& style) {
    widgets::TextStyle end = style;
    end.align = widgets::Align::end;
    end.base = text::Base::left_to_right;
    // In line with what is typed in the fields of the column.
    const float inset = 0.6f * widgets::unit();
    if (widgets::mirrored()) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + inset);
    widgets::middle_line(number, end,
                         ImGui::GetContentRegionAvail().x - (widgets::mirrored() ? 0 : inset));
}

void draw_grid(const TableView& table, const QuestionsRights& rights, QuestionsUi& ui,
               const text::Words& words, Commands& out) {
    const std::optional<Step> step = asked_step();
    const std::string_view total = words("fill.total");
    std::vector<widgets::Table::Column> columns{{"", kTitleUnits}};
    for (const std::string& title : table.columns) columns.push_back({title, kCellUnits, true});
    columns.push_back({total, kTotalUnits, true});
    widgets::Table grid("grid", columns);
    if (!grid.visible()) return;
    grid.header();
    const int last = static_cast<int>(table.columns.size()) + 1;
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
        grid.row();
        grid.cell(0);
        widgets::middle_block(table.rows[row]);
        for (int column = 1; column < last; ++column) {
            grid.cell(column);
            const std::size_t at =
                row * table.columns.size() + static_cast<std::size_t>(column - 1);
            if (rights.answer)
                draw_cell(table, at, step, ui, out);
            else
                draw_number(table.cells[at].shown, {});
        }
        grid.cell(last);
        draw_number(table.row_totals[row], widgets::kBold);
    }
    grid.row();
    grid.cell(0);
    widgets::middle_line(total, widgets::kBold);
    for (int column = 1; column < last; ++column) {
        grid.cell(column);
        draw_number(table.column_totals[static_cast<std::size_t>(column - 1)], widgets::kBold);
    }
    grid.cell(last);
    draw_number(table.total, widgets::kBold);
}

/// What is wrong, cell by cell: the outline of a cell says only that something is.
void draw_problems(const TableView& table, const QuestionsRights& rights,
                   const std::string& refused, const text::Words& words) {
    for (const QuestionView& cell : table.cells) {
        draw_problem_below(cell, rights.show_missing, words);
        if (refused == cell.key)
            widgets::text_block(words("field.only_digits"), {widgets::Ink::warning});
    }
}

/// How many cells were copied and wait: each says so where the keyboard is at it.
void draw_copied_cells(const TableView& table, const QuestionsRights& rights,
                       const text::Words& words, Commands& out) {
    ConfirmCopied all;
    for (const QuestionView& cell : table.cells)
        if (!cell.copied.empty()) all.questions.push_back(cell.key);
    if (all.questions.empty()) return;
    QuestionView summary;
    summary.copied = words.count("copy.waiting_here", std::ssize(all.questions));
    draw_copied(summary, false, words, out);
    if (rights.copy && widgets::link("confirm_cells", words("copy.confirm_table")))
        out.push_back(std::move(all));
}

}  // namespace

void draw_table(const TableView& table, const QuestionsRights& rights, QuestionsUi& ui,
                const text::Words& words, const TableParts& parts, Commands& out) {
    if (!fits(table)) {
        for (const std::size_t place : table.in_form) {
            const QuestionView& cell = table.cells[place];
            ImGui::PushID(cell.key.c_str());
            parts.question(cell);
            ImGui::PopID();
        }
        return;
    }
    widgets::begin_card("table");
    draw_grid(table, rights, ui, words, out);
    draw_problems(table, rights, ui.fields.refused, words);
    draw_copied_cells(table, rights, words, out);
    for (const QuestionView& cell : table.cells) {
        const bool here = ui.cell == cell.key || (ui.cell.empty() && &cell == &table.cells[0]);
        if (!here && cell.comments.empty() && cell.note.empty()) continue;
        ImGui::PushID(here ? "here" : cell.key.c_str());
        widgets::text_block(cell.label, widgets::kSmall);
        if (!cell.hint.empty()) widgets::text_block(cell.hint, widgets::kQuiet);
        parts.talk(cell);
        ImGui::PopID();
    }
    widgets::end_card();
}

}  // namespace bordereau::app
