// app/client.h - the window's content: draws the stage's views and carries out what was asked.
#pragma once

#include <functional>
#include <optional>

#include "app/screens/conflicts_screen.h"
#include "app/screens/files_screen.h"
#include "app/screens/fill_screen.h"
#include "app/screens/first_run_screen.h"
#include "app/screens/forms_screen.h"
#include "app/screens/frame.h"
#include "app/screens/history_screen.h"
#include "app/screens/home_screen.h"
#include "app/screens/overview_screen.h"
#include "app/screens/people_screen.h"
#include "app/screens/reports_screen.h"
#include "app/screens/review_screen.h"
#include "app/screens/settings_screen.h"
#include "app/screens/sync_screen.h"
#include "app/screens/unlock_screen.h"
#include "app/stage.h"
#include "app/text/type.h"
#include "app/widgets/look.h"
#include "app/widgets/pictures.h"

namespace bordereau::app {

class Client {
public:
    /// `type` and `draw_after` are the window's; `draw_after` asks for a frame after some seconds.
    Client(Stage& stage, text::Type& type, float scale, std::function<void(double)> draw_after);

    /// Before ImGui::NewFrame(): takes over what was chosen in the settings.
    void restyle();
    /// Locks where that is due, after recording what is being typed. Before each wait for events,
    /// also while the window is out of sight; draw() does it too.
    void watch();
    /// Sleep was announced or the desktop locked: locks now, as watch() does.
    void take_alarm();
    /// One frame, between ImGui::NewFrame() and ImGui::Render().
    void draw();

    /// Files that were dropped onto the window go to a question in the next draw().
    void drop(std::vector<std::string> paths) { dropped_ = std::move(paths); }

    /// How a picture is asked of the clipboard; the answer comes with paste(). Without it only
    /// paths are pasted.
    void ask_for_pictures_with(std::function<void()> ask) { ask_for_picture_ = std::move(ask); }
    /// What an input method composes, as it stands at each frame.
    void show_composed(const text::Composed& composed) { look_.composed = &composed; }
    /// What the clipboard holds: a picture, else addresses of files, else neither.
    void paste(std::string picture, std::string uris);

    /// Turns to a page of the review, as its tabs do.
    void show(ReviewPage page) { review_.page = page; }

    /// What is typed in a field and not recorded yet is recorded. Before leaving and closing.
    void flush();

private:
    void draw_inside(const Views& views);
    void draw_place(const Views& views);
    void draw_files(const Views& views);
    void take_backup();
    void look_for_picture();
    void take_dropped(const Views& views);
    void note_typing();
    void forget_passphrases();
    void forget_typed_by(const std::string& other);

    Stage& stage_;
    widgets::Pictures pictures_;
    widgets::Look look_;
    Looks shown_looks_;
    std::function<void(double)> draw_after_;
    Commands asked_;
    std::vector<std::string> dropped_;
    std::function<void()> ask_for_picture_;
    std::optional<PasteFile> pasting_;  // waits for what the clipboard holds beside text
    AuditId pasting_into_;
    Place place_ = Place::home;
    std::string typed_;       // question and text of the field being edited, as of the last frame
    Millis typed_since_ = 0;  // when it last changed
    Millis unrecorded_since_ = 0;  // when it first changed after it was recorded
    bool typing_ = false;          // it has changed since it was recorded

    std::string whose_;    // who typed what the fields hold
    bool inside_ = false;  // a notebook was open in the last frame

    FrameUi frame_;
    FirstRunUi first_run_;
    UnlockUi unlock_;
    HomeUi home_;
    FillUi fill_;
    FilesUi files_;
    OverviewUi overview_;
    ReviewUi review_;
    HistoryUi history_;
    ConflictsUi conflicts_;
    SyncUi sync_;
    ReportsUi reports_;
    PeopleUi people_;
    SettingsUi settings_;
};

}  // namespace bordereau::app
