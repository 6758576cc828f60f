// app/present/places.h - the screens that are not about one audit: forms, people, reports, sync,
// settings, and the frame around all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/desk/desk.h"
#include "app/present/presenting.h"
#include "app/screens/forms_view.h"
#include "app/screens/frame_view.h"
#include "app/screens/people_view.h"
#include "app/screens/reports_view.h"
#include "app/screens/settings_view.h"
#include "app/screens/sync_view.h"
#include "storage/base/result.h"
#include "storage/travel_log.h"

namespace bordereau::app {

/// A form that was just added: it comes first, with what its author should know.
struct FormJustAdded {
    FormId form;
    std::string version;
    form::Diagnostics findings;
};
Result<FormsView> present_forms(const Presenting& present, Desk& desk,
                                const FormJustAdded* added = nullptr);
Result<PeopleView> present_people(Desk& desk);

/// A report made since the notebook was opened.
struct ReportMade {
    std::string report;
    std::string audience;
    std::filesystem::path file;
    Millis at = 0;
};

/// The scores of units, and what they were read for: reading them opens each audit.
struct UnitScores {
    std::optional<std::uint64_t> seen;  ///< of Notebook::changes_seen()
    text::Language language = text::Language::en;
    std::vector<UnitScore> units;
    int further = 0;
};
/// `scores`: those read before, read again where anything has changed.
Result<ReportsView> present_reports(const Presenting& present, Desk& desk,
                                    const std::vector<ReportMade>& made,
                                    const std::vector<std::string>& not_ready, UnitScores& scores);

/// How the notebook stands to its endpoint. `worker` is null where no endpoint was joined.
/// `pages` of what happened on the way are shown, the latest first.
Result<SyncView> present_sync(const Presenting& present, Desk& desk, const sync::Worker* worker,
                              int pages = 1);

/// Entries of the travel log, worded, the latest first.
std::vector<SyncLogRow> travel_rows(const Presenting& present,
                                    const std::vector<storage::TravelEntry>& entries);

/// Places open to this person, with what waits in each.
Result<FrameView> present_frame(const Presenting& present, Desk& desk, const sync::Worker* worker);

std::vector<LanguageView> interface_languages();

}  // namespace bordereau::app
