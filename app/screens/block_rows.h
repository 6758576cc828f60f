// app/screens/block_rows.h - questions side by side: a table of choices they have in common, or
// shares of one line. Below each other where the window is too narrow.
#pragma once

#include "app/screens/table_rows.h"

namespace bordereau::app {

void draw_block(const BlockView& block, const QuestionsRights& rights, QuestionsUi& ui,
                const text::Words& words, const TableParts& parts, Commands& out);

}  // namespace bordereau::app
