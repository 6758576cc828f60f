// app/present/audits.h - lists of audits: home, overview, history.
#pragma once

#include <string>
#include <string_view>

#include "app/desk/desk.h"
#include "app/present/presenting.h"
#include "app/screens/history_view.h"
#include "app/screens/home_view.h"
#include "app/screens/overview_view.h"
#include "storage/base/result.h"

namespace bordereau::app {

/// What a person looks for in the list.
struct HomeQuery {
    std::string text;
    std::string state;  ///< name of a shown state, or empty
};

Result<HomeView> present_home(const Presenting& present, Desk& desk, const HomeQuery& query);

Result<OverviewView> present_overview(Desk& desk, const Filling& filling);

Result<HistoryView> present_history(const Presenting& present, Desk& desk, const Filling& filling);

/// Checks that fire on this audit, with the approved walk-throughs at hand.
Result<std::vector<CheckView>> present_checks(Desk& desk, const Filling& filling);

}  // namespace bordereau::app
