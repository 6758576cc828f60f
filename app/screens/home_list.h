// app/screens/home_list.h - the rows of the audit list: a table, or cards where it is narrow.
#pragma once

#include <vector>

#include "app/commands.h"
#include "app/screens/home_view.h"
#include "app/screens/rows.h"

namespace bordereau::text {
class Words;
}

namespace bordereau::app {

/// Only the rows in sight are drawn: 10,000 are no burden.
void draw_audit_list(const std::vector<AuditRow>& rows, bool more, RowsUi& ui,
                     const text::Words& words, Commands& out);

}  // namespace bordereau::app
