// app/screens/table_rows.h - whole numbers as a table with totals; keys move as in a spreadsheet.
#pragma once

#include <functional>

#include "app/screens/questions.h"

namespace bordereau::app {

/// What else is drawn of a question: all of it, where the window is too narrow for a table, or what
/// belongs to the cell that the keyboard is at.
struct TableParts {
    std::function<void(const QuestionView&)> question;
    std::function<void(const QuestionView&)> talk;
};

void draw_table(const TableView& table, const QuestionsRights& rights, QuestionsUi& ui,
                const text::Words& words, const TableParts& parts, Commands& out);

}  // namespace bordereau::app
