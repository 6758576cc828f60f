// app/screens/history_view.h - every change of one audit: who, when, which question, from, to.
#pragma once

#include <string>
#include <vector>

#include "app/screens/view_types.h"

namespace bordereau::app {

struct HistoryRow {
    std::string key;  ///< of the change
    std::string when;
    std::string who;
    std::string what;      ///< question number and label, or the act: "Returned for correction"
    std::string question;  ///< key to open it, or empty
    std::string from, to;  ///< answers in words; both empty for an act
};

struct HistoryView {
    AuditHeader header;
    std::vector<HistoryRow> rows;  ///< newest first
};

}  // namespace bordereau::app
