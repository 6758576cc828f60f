#include "tests/app/screens/gallery.h"

#include <memory>

#include "app/screens/camera_screen.h"
#include "app/screens/conflicts_screen.h"
#include "app/screens/files_screen.h"
#include "app/screens/fill_screen.h"
#include "app/screens/first_run_screen.h"
#include "app/screens/forms_screen.h"
#include "app/screens/frame.h"
#include "app/screens/history_screen.h"
#include "app/screens/home_screen.h"
#include "app/screens/overview_screen.h"
#include "app/screens/pad_field.h"
#include "app/screens/people_screen.h"
#include "app/screens/reports_screen.h"
#include "app/screens/review_screen.h"
#include "app/screens/settings_screen.h"
#include "app/screens/sync_screen.h"
#include "app/screens/unlock_screen.h"

namespace bordereau::test {

using namespace app;

namespace {

/// Within the frame of a place; view and state live as long as the exhibit.
template <class View, class Ui>
Exhibit framed(std::string name, const Samples& samples, Place place, View view, Ui ui,
               void (*draw)(const View&, Ui&, const text::Words&, Commands&)) {
    auto state = std::make_shared<Ui>(std::move(ui));
    auto frame_ui = std::make_shared<FrameUi>();
    const FrameView frame = samples.frame(place);
    return {std::move(name), [=](const text::Words& words, Commands& out) {
                draw_frame(frame, *frame_ui, words, out, [&] { draw(view, *state, words, out); });
            }};
}

template <class View>
Exhibit framed(std::string name, const Samples& samples, Place place, View view,
               void (*draw)(const View&, const text::Words&, Commands&)) {
    auto frame_ui = std::make_shared<FrameUi>();
    const FrameView frame = samples.frame(place);
    return {std::move(name), [=](const text::Words& words, Commands& out) {
                draw_frame(frame, *frame_ui, words, out, [&] { draw(view, words, out); });
            }};
}

template <class View, class Ui>
Exhibit bare(std::string name, View view, Ui ui,
             void (*draw)(const View&, Ui&, const text::Words&, Commands&)) {
    auto state = std::make_shared<Ui>(std::move(ui));
    return {std::move(name),
            [=](const text::Words& words, Commands& out) { draw(view, *state, words, out); }};
}

}  // namespace

std::vector<Exhibit> gallery(const Samples& samples) {
    const auto review = [&](const char* name, ReviewPage page) {
        ReviewUi ui;
        ui.page = page;
        return framed(name, samples, Place::review, samples.review(), ui, draw_review);
    };
    const auto keys = std::make_shared<FrameUi>();
    keys->keys_open = true;
    HomeUi choosing;
    choosing.choosing_form = true;
    FirstRunUi restoring;
    restoring.restoring = true;
    UnlockUi recovering;
    recovering.recovering = true;
    FillUi unfolded;
    unfolded.head_open = true;
    HomeView empty;
    empty.forms = samples.home().forms;
    return {
        {"keys",
         [keys, frame = samples.frame(Place::home)](const text::Words& words, Commands& out) {
             draw_frame(frame, *keys, words, out, [] {});
         }},
        bare("first-run", samples.first_run(), FirstRunUi{}, draw_first_run),
        bare("restore", samples.first_run(), restoring, draw_first_run),
        bare("unlock", samples.unlock(), UnlockUi{}, draw_unlock),
        bare("recover", samples.unlock(), recovering, draw_unlock),
        framed("home-empty", samples, Place::home, empty, HomeUi{}, draw_home),
        framed("home", samples, Place::home, samples.home(), HomeUi{}, draw_home),
        framed("home-new", samples, Place::home, samples.home(), choosing, draw_home),
        framed("fill", samples, Place::fill, samples.fill(), FillUi{}, draw_fill),
        framed("fill-unfolded", samples, Place::fill, samples.fill(), unfolded, draw_fill),
        framed("fill-table", samples, Place::fill, samples.fill_table(), FillUi{}, draw_fill),
        framed("fill-copied", samples, Place::fill, samples.fill_copied(), FillUi{}, draw_fill),
        framed("fill-blocks", samples, Place::fill, samples.fill_blocks(), FillUi{}, draw_fill),
        framed("fill-files", samples, Place::fill, samples.fill_files(), FillUi{}, draw_fill),
        framed("file-browser", samples, Place::fill, samples.browser(false), FilesUi{},
               draw_browser),
        framed("file-save", samples, Place::fill, samples.browser(true), FilesUi{}, draw_browser),
        framed("file-enlarged", samples, Place::fill, samples.enlarged(), draw_enlarged),
        framed("fill-pads", samples, Place::fill, samples.fill_pads(), FillUi{}, draw_fill),
        framed("fill-places", samples, Place::fill, samples.fill_places(), FillUi{}, draw_fill),
        framed("fill-code", samples, Place::fill, samples.fill_code(), FillUi{}, draw_fill),
        framed("camera-code", samples, Place::fill, samples.camera(false), draw_camera),
        framed("camera-photo", samples, Place::fill, samples.camera(true), draw_camera),
        framed("pad", samples, Place::fill, samples.pad(), PadUi{}, draw_pad_page),
        framed("overview", samples, Place::overview, samples.overview(), OverviewUi{},
               draw_overview),
        framed("conflicts", samples, Place::conflicts, samples.conflicts(), ConflictsUi{},
               draw_conflicts),
        framed("history", samples, Place::history, samples.history(), HistoryUi{}, draw_history),
        review("review-answers", ReviewPage::answers),
        review("review-scores", ReviewPage::scores),
        review("review-evidence", ReviewPage::evidence),
        review("review-decide", ReviewPage::decide),
        framed("sync", samples, Place::sync, samples.sync(), SyncUi{}, draw_sync),
        framed("reports", samples, Place::reports, samples.reports(), ReportsUi{}, draw_reports),
        framed("forms", samples, Place::forms, samples.forms(), draw_forms),
        framed("people", samples, Place::people, samples.people(), PeopleUi{}, draw_people),
        framed("settings", samples, Place::settings, samples.settings(), SettingsUi{},
               draw_settings)};
}

}  // namespace bordereau::test
