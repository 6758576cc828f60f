// app/desk/reporting.h - reports and exports from approved audits, written as files.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/audit/registers.h"
#include "app/desk/records.h"
#include "storage/base/result.h"

namespace bordereau::app {

/// What can be asked for.
enum class ReportKind {
    submission,  ///< five chapters for a country
    scorecard,   ///< two pages for an agency
    csv          ///< all answers, one file per form and repeat
};

/// "submission", "scorecard", "csv".
std::optional<ReportKind> report_kind(std::string_view name);
/// "team", "agency", "public".
std::optional<audit::Audience> audience(std::string_view name);

struct ReportRequest {
    ReportKind kind = ReportKind::scorecard;
    audit::Audience audience = audit::Audience::team;
    std::filesystem::path folder;  ///< made if missing; files of the same name are replaced
    std::array<std::string, 5> questions = {};  ///< of a submission, as the call words them
    bool free_text_reread = false;              ///< a person read all free text for personal data
    std::string language = "en";                ///< of the reports: one of the interface's six
};

struct MadeReports {
    std::vector<std::filesystem::path> files;
    std::vector<std::string> not_ready;  ///< what stands in the way of sending it out, in words
    std::size_t audits = 0;              ///< approved ones that it rests on
};

/// Writes HTML and Markdown (scorecards: a pair per agency), or CSV files.
/// not_found: there is no approved audit to report on.
Result<MadeReports> make_report(const RecordSource& source, const ReportRequest& request);

}  // namespace bordereau::app
