// tests/app/screens/filling.h - the fill screen over questions of a test's own.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/screens/fill_screen.h"
#include "tests/app/screens/samples.h"
#include "tests/app/screens/stage.h"

namespace bordereau::app {

inline QuestionView integer_question(const std::string& key) {
    QuestionView question{.key = key, .number = key, .label = "How many are on duty? " + key};
    question.control = Control::integer;
    return question;
}

inline FillView view_of(std::vector<QuestionView> questions) {
    FillView view = test::Samples{}.fill();
    view.questions = std::move(questions);
    return view;
}

/// Two by two: women and men, before and after.
inline QuestionView table_row() {
    auto table = std::make_shared<TableView>();
    table->rows = {"Before", "After"};
    table->columns = {"Women", "Men"};
    for (const char* key : {"w1", "m1", "w2", "m2"}) {
        table->in_form.push_back(table->cells.size());
        table->cells.push_back(integer_question(key));
        table->cells.back().hint = std::string{"Hint of "} + key;
    }
    table->row_totals = {"7", ""};
    table->column_totals = {"3", "4"};
    table->total = "7";
    QuestionView row{.kind = RowKind::table, .key = "table g", .depth = 1};
    row.table = std::move(table);
    return row;
}

struct Filling {
    FillView view;
    FillUi ui{};
    test::Stage stage{
        [this](const text::Words& words, Commands& out) { draw_fill(view, ui, words, out); }};
};

}  // namespace bordereau::app
