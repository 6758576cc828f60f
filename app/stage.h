// app/stage.h - what the window is about: where the person is, what is open, and what is shown.
// carry_out() is the only place where what a person asks for meets the model. No ImGui.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/commands.h"
#include "app/desk/camera.h"
#include "app/desk/code_reading.h"
#include "app/desk/desk.h"
#include "app/desk/members.h"
#include "app/desk/receiver.h"
#include "app/desk/work.h"
#include "app/idle.h"
#include "app/present/audits.h"
#include "app/present/conflicts.h"
#include "app/present/files.h"
#include "app/present/pads.h"
#include "app/present/places.h"
#include "app/present/positions.h"
#include "app/present/review.h"
#include "app/present/wording.h"
#include "app/screens/first_run_view.h"
#include "app/screens/unlock_view.h"
#include "app/text/words.h"

namespace bordereau::app {

struct StageOptions {
    std::filesystem::path folder;  ///< of the notebook
    std::string person;            ///< proposed at unlocking; may be empty
    Services services;
    BookmarkPlaces places = system_places();  ///< of the file browser
    Receiver::Options receiver = {};          ///< of satellites
    Camera::Options camera = {};
    std::function<void()> wake = [] {};  ///< another thread has news: draw again. Thread-safe.
    text::Language language = text::Language::en;  ///< until one was chosen
};

/// How the interface looks; kept with the notebook, the language for each person.
struct Looks {
    text::Language language = text::Language::en;
    int text_size = 100;           ///< percent
    std::optional<bool> one_page;  ///< one question at a time; nothing: as the form asks for
    std::string theme = "light";   ///< of widgets::kThemeNames
    bool touch = false;            ///< large targets
};

/// `busy`: a work has the notebook to itself, and nothing of it may be read or changed.
enum class Scene { first_run, unlock, busy, inside };

/// Everything a frame may draw. Only the view of the present scene and place is up to date.
struct Views {
    Scene scene = Scene::unlock;
    FrameView frame;
    FirstRunView first_run;
    UnlockView unlock;
    HomeView home;
    FillView fill;
    FilesView files;  ///< over the present place, while one is open
    OverviewView overview;
    ReviewView review;
    HistoryView history;
    ConflictsView conflicts;
    SyncView sync;
    ReportsView reports;
    FormsView forms;
    PeopleView people;
    SettingsView settings;
};

class Stage {
public:
    explicit Stage(StageOptions options);
    ~Stage();

    void carry_out(const Command& command);
    void carry_out(const Commands& commands);

    /// Rebuilt when something has changed, else as they were.
    const Views& views();

    const text::Words& words() const { return words_; }
    const Looks& looks() const { return looks_; }
    const Clock& clock() const { return options_.services.clock; }
    bool quit() const { return quit_; }
    /// The window was closed: as Quit. False: something could not be recorded, and that was said;
    /// closing once more leaves it behind.
    bool close();

    // Locking by itself.

    /// The time without input is over, and no long work runs; or the machine has slept. Then
    /// record what is being typed and lock, if all is saved.
    bool lock_is_due();
    /// False: something could not be recorded and lives in memory only.
    bool saved() const { return !filling_ || filling_->saved(); }
    /// Tries again to record what could not be; false, and said: it still cannot.
    bool keeps_all();
    void note_input();
    /// The machine is about to sleep, or the desktop was locked: as if it had slept.
    void note_alarm();
    /// Until lock_is_due() has to be asked again.
    double seconds_to_lock() const;

    /// For the tour and for tests: null before unlocking.
    Desk* desk() { return desk_.get(); }
    Filling* filling() { return filling_ ? &*filling_ : nullptr; }
    /// Waits until a notebook that is being opened is there, or refused, until a long work is done,
    /// and until pictures are there.
    void settle();

private:
    struct Carry;  // app/stage_carry.cpp: one overload per command
    friend struct Carry;

    void begin_opening(std::function<Result<std::unique_ptr<Desk>>()> open, Doing doing);
    void finish_opening();
    void enter(std::unique_ptr<Desk> desk);
    void lock();
    void come_back();
    Millis lock_after() const;
    void read_lock_minutes();
    void set_lock_minutes(int minutes);
    void begin_work(std::string words, Doing doing,
                    std::function<Status(const storage::GoingOn&)> task, std::string good);
    /// As begin_work(), for what nothing else may go on beside: the pages rest until it is done.
    void begin_work_alone(std::string words, Doing doing,
                          std::function<Status(const storage::GoingOn&)> task, std::string good);
    void finish_work();
    void create(const CreateNotebook& asked);
    void tell_not_joined(const Error& error);
    void restore(const RestoreBackup& asked);
    void recover(const RecoverNotebook& asked);
    void tell_restored(const storage::Restored& restored);
    void write_bundle(const std::string& place);
    void read_bundles(const std::vector<std::string>& places);
    void meet(const std::string& address);
    bool offer_to_take_over(const AuditId& audit);
    void go(Place place);
    void forget_filling();
    void forget_recovery_key();
    void open(const AuditId& audit);
    void reopen();
    void say(Tone tone, std::string text);
    void say(Doing doing, const Error& error);
    bool stale();

    Status show_fill(const Presenting& present);
    bool one_page() const;
    void turn_page(int page);
    void go_on_after(const std::string& question, form::Widget pressed);
    void look_at(const std::string& key, const std::string& keyboard_to = {});
    void look_at_entry(form::NodeId entry);
    void turned(const Result<std::string>& changed, bool forward);

    void look_for_earlier();
    void copy(const CopyEarlier& asked);
    void confirm(const ConfirmCopied& asked);
    bool lead_to_unconfirmed();

    void attach(const std::string& question, const std::filesystem::path& file);
    void drop(const std::string& question, const std::vector<std::string>& paths);
    void attach_picture(const std::string& question, const std::string& bytes);
    void told(const Result<AttachOutcome>& outcome);
    void detach(const std::string& question);
    void browse(const std::string& question, bool saving);
    void browse_for(BrowseFor::What what);
    void begin_browsing(Browsing browsing);
    void add_form(const std::filesystem::path& file);
    void save_copy();
    FileSources file_sources() { return {desk_->notebook(), *previews_, *filling_}; }
    Status show_files(const Presenting& present);

    bool laptops_went_well(Doing doing, const Status& status);
    void admit_laptop_now(const AdmitLaptop& asked);
    void revoke_laptop(const RevokeLaptop& asked);
    void join_laptops(const JoinLaptops& asked);
    void save_code(const SaveCode& asked);
    Status show_laptops(const Presenting& present);

    using Redraw = std::function<bool(media::Drawing&)>;
    void draw(const std::string& question, const Redraw& redraw);
    void finish_drawing(const std::string& question);

    void ask_receiver(const std::string& question);
    void stop_receiver(bool take);
    void hear_receiver();
    void answer_place(const std::string& question, const Fix& fix);
    void put_place(const PutPlace& asked);
    void show_positions();

    bool asks_for(const std::string& question, form::Widget widget) const;
    void read_code(const std::string& question, CodeReading reading);
    void hear_code();
    void take_codes(const std::string& question, std::vector<std::string> codes);
    void show_codes();

    void open_camera(const std::string& question);
    void scan_code(const ScanCode& asked);
    bool has_camera() const;
    void hear_camera();
    void take_photo();
    void show_camera();

    void forget_beside();
    std::optional<PadView> pad_of(const std::string& question);

    void show();
    void show_inside();
    void show_busy();
    Status show_place(const Presenting& present);
    Status show_sync(const Presenting& present);
    std::vector<Place> audit_places();
    void keep_looks();

    text::Language last_language() const;
    void set_language(text::Language language);
    void choose_language(text::Language language);
    void find_language();
    Status keep_language();
    void speak_as_interface();

    StageOptions options_;
    text::Words words_;
    Looks looks_;
    std::unique_ptr<Desk> desk_;
    std::unique_ptr<Previews> previews_;  // after the desk, whose notebook it reads
    std::optional<Filling> filling_;
    std::optional<Filling> earlier_;           // audit of the same unit, to copy from
    std::string earlier_to_;                   // the audit and unit that it was looked for
    std::map<std::string, Deeds> left_deeds_;  // of audits that were left in this sitting
    std::future<Result<std::unique_ptr<Desk>>> opening_;
    Doing opening_what_ = Doing::opening_notebook;
    std::string entry_problem_;
    int wrong_group_ = 0;  // of a recovery key that was mistyped
    struct Restoring {
        std::atomic<bool> wanted = true;
        std::atomic<int> hundredths = 0;
        std::optional<storage::Restored> restored = std::nullopt;  // read when the opening is done
    };
    std::shared_ptr<Restoring> restoring_;
    /// Why a new notebook could not be moved into the team; read when the opening is done.
    std::shared_ptr<std::optional<Error>> not_joined_;

    // Where somebody was when the notebook was locked. Holds no answer.
    struct Whereabouts {
        std::string person;
        Place place = Place::home;
        AuditId audit;
        Reading reading;
    };
    Whereabouts left_;
    bool language_chosen_ = false;  // before anybody unlocked: it is theirs who does
    Idle idle_;
    bool slept_ = false;      // since the notebook was opened
    bool abandoned_ = false;  // what is being opened is not to stay open
    int lock_minutes_ = 10;
    std::unique_ptr<Work> work_;  // goes before the desk
    Doing work_doing_ = Doing::backing_up;
    std::string work_words_, work_good_;
    bool alone_ = false;  // the work has the notebook to itself
    /// Filled by the work's thread before it ends; where it is empty, work_good_ counts.
    std::shared_ptr<MessageView> work_told_;
    OfferView offer_;
    SecretText recovery_key_;                 // shown once after it was made
    std::optional<LaptopAdmitted> admitted_;  // whose code is to be handed on
    std::string laptops_problem_;

    Place place_ = Place::home;
    Reading reading_;
    HomeQuery query_;
    HomePages home_pages_;
    std::string history_filter_;
    bool show_missing_ = false;  ///< finalizing was tried
    std::optional<Browsing> browsing_;
    std::filesystem::path browsed_;                   ///< the folder that was open last
    std::optional<FormJustAdded> form_added_;         ///< until its page is left
    std::string enlarged_;                            ///< key of the question whose file is
    std::string padded_;                              ///< ... whose pad is as large as the page
    std::shared_ptr<const widgets::MapLines> world_;  ///< read when it is first looked at
    std::unique_ptr<Receiver> receiver_;              ///< only while it is asked
    std::string receiver_for_;                        ///< key of the question it is asked for
    ReceiverState receiver_state_;
    struct CodeLook {
        std::string question;  ///< key
        std::optional<CodeReading> reading;
        BarcodeView view;
    };
    std::optional<CodeLook> code_;
    struct CameraLook {
        std::string question;  ///< key
        bool photo = false;
        std::unique_ptr<Camera> camera;  ///< null: it has ended
        CameraState state;
        std::optional<ScanCode> laptop;  ///< in the place of a question: another laptop's code
    };
    std::optional<CameraLook> camera_;
    int cameras_ = 0;  ///< opened so far
    ScannedView scanned_;
    std::vector<ReportMade> made_;
    std::vector<std::string> not_ready_;
    UnitScores unit_scores_;
    MessageView message_;
    std::string people_problem_, join_problem_, travel_problem_;
    int travel_pages_ = 1;  ///< of what happened on the way
    bool looking_nearby_ = false;
    bool quit_ = false;
    bool close_refused_ = false;  ///< something was unsaved when closing was asked for last

    Views views_;
    bool dirty_ = true;
    std::uint64_t seen_ = 0;  ///< of Notebook::changes_seen()
};

}  // namespace bordereau::app
