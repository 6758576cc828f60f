// app/present/tables.h - whole numbers that form a table, put into one: sex by age, staff by grade.
// Pure: rows in, rows out.
#pragma once

#include <vector>

#include "app/screens/fill_view.h"
#include "app/text/language.h"

namespace bordereau::app {

/// Groups, and repeats whose entries a person neither adds nor removes, become a table where they
/// hold nothing but whole numbers (four at least) whose labels name a row and a column of a full
/// grid: "Men and boys, 1-5 years", "Women in post: senior officers". The longer side goes down.
/// A group that does not fit stays a list.
std::vector<QuestionView> fold_tables(std::vector<QuestionView> rows, text::Language language);

/// The questions of tables as rows again, to be taken over into the next view.
std::vector<QuestionView> unfold_tables(std::vector<QuestionView> rows);

/// The row that shows a question: its own, or the table it stands in.
const QuestionView* row_showing(const std::vector<QuestionView>& rows, const std::string& key);

}  // namespace bordereau::app
