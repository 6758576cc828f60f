// app/screens/history_view.h - every change of one audit, sitting by sitting: who, when, which
// question, from, to, why.
#pragma once

#include <string>
#include <vector>

#include "app/screens/view_types.h"

namespace bordereau::app {

struct HistoryRow {
    std::string key;      ///< of the change
    std::string sitting;  ///< "amina, laptop, 7 March 2026" above the first row of a sitting
    std::string when;
    std::string what;      ///< the question's label, or the act: "Returned for correction"
    std::string question;  ///< key to open it, or empty
    std::string from, to;  ///< answers in words; both empty for an act
    std::string why;       ///< the reason, a comment's text, or a note such as on a conflict
    Tone tone = Tone::info;
};

struct HistoryView {
    AuditHeader header;
    std::string filter;  ///< part of a question's label that the rows were narrowed down to
    int in_all = 0;      ///< changes without filter
    std::vector<HistoryRow> rows;  ///< newest first
};

}  // namespace bordereau::app
