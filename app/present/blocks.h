// app/present/blocks.h - the appearances of ODK that lay questions out beside each other.
#pragma once

#include <vector>

#include "app/form/definition/form.h"
#include "app/screens/fill_view.h"

namespace bordereau::app {

/// Whether the form asks for its grid theme, in which w1 to w10 are shares of a line.
bool has_grid(const form::Form& form);

/// Neighbouring questions of one group become blocks:
/// - choices from the same list, with the appearances label, list-nolabel or list (what table-list
///   is made of), or likert: a table of them;
/// - with `grid`, those with w1 to w10: lines, as wide together as their group (w4 unless it says
///   otherwise).
std::vector<QuestionView> fold_blocks(std::vector<QuestionView> rows, bool grid);

/// The questions of blocks as rows again.
std::vector<QuestionView> unfold_blocks(std::vector<QuestionView> rows);

/// The rows themselves, and what stands in blocks and tables. Valid until the rows change.
std::vector<QuestionView*> questions_in(std::vector<QuestionView>& rows);

}  // namespace bordereau::app
