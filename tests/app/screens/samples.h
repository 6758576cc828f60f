// tests/app/screens/samples.h - views as the program would fill them, for tests and pictures.
// Invented people and units.
#pragma once

#include "app/screens/conflicts_view.h"
#include "app/screens/fill_view.h"
#include "app/screens/first_run_view.h"
#include "app/screens/forms_view.h"
#include "app/screens/frame_view.h"
#include "app/screens/history_view.h"
#include "app/screens/home_view.h"
#include "app/screens/overview_view.h"
#include "app/screens/people_view.h"
#include "app/screens/reports_view.h"
#include "app/screens/review_view.h"
#include "app/screens/scores_view.h"
#include "app/screens/settings_view.h"
#include "app/screens/sync_view.h"
#include "app/screens/unlock_view.h"
#include "app/text/language.h"

namespace bordereau::test {

/// Texts of people and forms in English, Arabic or Chinese; the other languages get English.
struct Samples {
    text::Language language = text::Language::en;

    app::FrameView frame(app::Place place) const;
    app::FirstRunView first_run() const;
    app::UnlockView unlock() const;
    app::HomeView home() const;
    app::FillView fill() const;
    app::OverviewView overview() const;
    app::ReviewView review() const;
    app::ScoresView scores() const;
    app::SyncView sync() const;
    app::ReportsView reports() const;
    app::FormsView forms() const;
    app::LaptopsView laptops() const;
    app::PeopleView people() const;
    app::SettingsView settings() const;
    app::HistoryView history() const;
    app::ConflictsView conflicts() const;
    app::FillView fill_files() const;
    app::FillView fill_table() const;
    app::FillView fill_copied() const;
    app::FillView fill_blocks() const;
    app::BrowserView browser(bool saving) const;
    app::EnlargedView enlarged() const;
    app::FillView fill_pads() const;
    app::PadView pad() const;
    /// Opened for a photo, which is there; or for a code, which another program keeps from us.
    app::CameraView camera(bool photo) const;
    app::FillView fill_places() const;
    app::FillView fill_code() const;
    app::QuestionView ranked_question() const;
    app::QuestionView choice_table() const;
    app::QuestionView line() const;

private:
    std::string in(std::string_view en, std::string_view ar, std::string_view zh) const;
    app::FileView photo(int side) const;
    app::AuditHeader header(app::AuditState state) const;
    std::vector<app::SectionView> sections() const;
    std::vector<app::LanguageView> languages() const;
    app::ChoiceList maturity() const;
    app::QuestionView chosen_question() const;
    app::QuestionView commented_question() const;
    app::QuestionView rated_question() const;
    app::QuestionView missing_question() const;
    app::QuestionView wrong_question() const;
    std::vector<app::QuestionView> grouped_questions() const;
    std::vector<app::QuestionView> repeated_questions() const;
    std::vector<app::QuestionView> questions() const;
};

}  // namespace bordereau::test
