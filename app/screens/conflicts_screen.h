// app/screens/conflicts_screen.h - draws answers that stand beside each other, for a decision.
#pragma once

#include <string>

#include "app/commands.h"
#include "app/screens/conflicts_view.h"
#include "app/screens/fields.h"
#include "app/screens/rows.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

struct ConflictsUi {
    RowsUi rows;
    FieldsUi fields;
    std::string other;   ///< key of the question for which a third answer is given
    std::string answer;  ///< that answer, as stored
};

void draw_conflicts(const ConflictsView& view, ConflictsUi& ui, const text::Words& words,
                    Commands& out);

}  // namespace bordereau::app
