// app/present/audits.h - lists of audits: home, overview, history.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/desk/desk.h"
#include "app/present/presenting.h"
#include "app/screens/history_view.h"
#include "app/screens/home_view.h"
#include "app/screens/overview_view.h"
#include "storage/base/result.h"
#include "storage/search.h"

namespace bordereau::app {

/// Rows that a list begins with, and that each MoreAudits adds.
inline constexpr std::int64_t kHomePage = 100;

/// What a person looks for in the list.
struct HomeQuery {
    std::string text;   ///< words and filters, as storage/search_query.h has them
    std::string state;  ///< name of a shown state, or empty
    std::int64_t rows = kHomePage;
};

/// What the rows were read for, and where the next ones begin. Rows that are there already are not
/// read again while the notebook stays as it is.
struct HomePages {
    HomeQuery query;
    std::uint64_t seen = 0;  ///< of Notebook::changes_seen()
    text::Language language = text::Language::en;
    std::vector<AuditRow> rows;
    std::optional<storage::AuditPlace> after;         ///< of a list
    std::optional<storage::SearchPlace> after_found;  ///< of a search
    bool more = false;
    std::string note;
    /// Of open audits, as they stood after the change named: counting opens the audit.
    std::map<AuditId, std::pair<storage::Stamp, ProgressView>> progress;
};

Result<HomeView> present_home(const Presenting& present, Desk& desk, const HomeQuery& query,
                              HomePages& pages);

Result<OverviewView> present_overview(const Presenting& present, Desk& desk,
                                      const Filling& filling);

/// `filter`: part of a question's label, as people type it; empty: everything.
Result<HistoryView> present_history(const Presenting& present, Desk& desk, const Filling& filling,
                                    const std::string& filter);

/// Checks that fire on this audit, with the approved walk-throughs at hand.
Result<std::vector<CheckView>> present_checks(const text::Words& words, Desk& desk,
                                              const Filling& filling);

}  // namespace bordereau::app
