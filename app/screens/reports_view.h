// app/screens/reports_view.h - which reports can be made for whom, and those already made.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/screens/view_types.h"

namespace bordereau::app {

/// Words: "report.<report>" and "report.<report>.about".
struct ReportChoice {
    std::string report;  ///< as in MakeReport
    bool ready = false;
    std::vector<std::string> reasons;  ///< what stands in the way, or what to know before release
};

struct MadeReport {
    std::string title;
    std::string when;
    std::string audience;  ///< words: "audience.<audience>"
    std::string path;
};

/// The index of one unit, 0 to 100; nothing: too few answers to publish one.
struct UnitScore {
    std::string key;   ///< of the audit
    std::string unit;  ///< as people call it
    std::string when;  ///< worded, of the audit
    std::optional<int> verified, declared;
};

struct ReportsView {
    std::vector<UnitScore> units;  ///< by their latest approved audits
    int further_units = 0;         ///< not shown
    std::vector<ReportChoice> reports;
    std::vector<std::string> audiences;  ///< "team", "agency", "public": those this person may use
    std::vector<MadeReport> made;        ///< newest first
    std::string basis;                   ///< "4 approved audits of 3 units"
};

}  // namespace bordereau::app
