#include "app/client.h"

#include <algorithm>
#include <utility>

#include "app/desk/attaching.h"
#include "app/screens/camera_screen.h"
#include "app/screens/entry.h"
#include "app/widgets/inputs.h"
#include "app/widgets/layout.h"

namespace bordereau::app {
namespace {

// A field that is being typed in is recorded when it is left, and after this pause at the latest.
constexpr Millis kTypingPause = 500;
// Who goes on typing without a pause has this much recorded by then.
constexpr Millis kTypingLong = 1'000;
// Bytes that come at once where an input method commits, or where text is pasted: keys bring fewer.
constexpr std::size_t kCommitted = 3;

bool same(const Looks& one, const Looks& other) {
    return one.language == other.language && one.text_size == other.text_size &&
           one.theme == other.theme && one.touch == other.touch;
}

bool holds_passphrase(const Command& command) {
    return std::holds_alternative<CreateNotebook>(command) ||
           std::holds_alternative<Unlock>(command) || std::holds_alternative<AddPerson>(command) ||
           std::holds_alternative<ChangePassphrase>(command) ||
           std::holds_alternative<RecoverNotebook>(command) ||
           std::holds_alternative<RestoreBackup>(command);
}

}  // namespace

Client::Client(Stage& stage, text::Type& type, float scale, std::function<void(double)> draw_after)
    : stage_(stage), shown_looks_(stage.looks()), draw_after_(std::move(draw_after)) {
    look_.type = &type;
    look_.words = &stage.words();
    look_.scale = scale;
    look_.pictures = &pictures_;
    look_.theme = widgets::theme_named(shown_looks_.theme);
    look_.percent = shown_looks_.text_size;
    type.set_direction(stage.words().direction());
    widgets::use(look_);
}

// What was typed is recorded first; where that fails the stage stays open and says why.
void Client::watch() {
    if (stage_.desk() == nullptr) return;
    if (!stage_.lock_is_due()) return draw_after_(stage_.seconds_to_lock());
    flush();
    if (!stage_.keeps_all()) return;
    stage_.carry_out(Command{Lock{}});
    forget_passphrases();
}

// Half a comment is nobody's record yet: it waits for the same person, and goes for another.
void Client::forget_typed_by(const std::string& other) {
    people_ = {};
    if (other == whose_) return;
    whose_ = other;
    home_ = {};
    fill_ = {};
    overview_ = {};
    review_ = {};
    history_ = {};
    conflicts_ = {};
    sync_ = {};
    reports_ = {};
    settings_ = {};
    typed_.clear();
    typing_ = false;
}

void Client::draw() {
    watch();
    if (widgets::had_input()) stage_.note_input();
    const Views& views = stage_.views();
    asked_.clear();
    if (views.scene != Scene::inside && std::exchange(inside_, false)) forget_passphrases();
    if (views.scene == Scene::inside && !std::exchange(inside_, true)) {
        forget_passphrases();
        forget_typed_by(views.frame.person);
    }
    if (views.scene == Scene::first_run) take_backup();
    widgets::begin_root();
    frame_.over = views.scene == Scene::inside ? over_page(views.files) : Over::nothing;
    switch (views.scene) {
        case Scene::first_run:
            draw_frame(views.frame, frame_, stage_.words(), asked_, [&] {
                draw_first_run(views.first_run, first_run_, stage_.words(), asked_);
            });
            break;
        case Scene::unlock:
            draw_frame(views.frame, frame_, stage_.words(), asked_,
                       [&] { draw_unlock(views.unlock, unlock_, stage_.words(), asked_); });
            break;
        case Scene::busy:
            draw_frame(views.frame, frame_, stage_.words(), asked_,
                       [&] { draw_busy(stage_.words()); });
            break;
        case Scene::inside: draw_inside(views); break;
    }
    widgets::end_root();
    note_typing();
    if (std::ranges::any_of(asked_, holds_passphrase)) widgets::wipe_typed();
    look_for_picture();
    if (!asked_.empty()) draw_after_(0);
    stage_.carry_out(asked_);
    asked_.clear();
}

// The style of Dear ImGui may only change between frames; the stage's looks change at any time.
void Client::restyle() {
    if (same(shown_looks_, stage_.looks())) return;
    shown_looks_ = stage_.looks();
    look_.theme = widgets::theme_named(shown_looks_.theme);
    look_.percent = shown_looks_.text_size;
    look_.touch = shown_looks_.touch;
    look_.type->set_direction(stage_.words().direction());
    widgets::use(look_);
}

void Client::forget_passphrases() {
    pasting_.reset();
    unlock_ = {};
    first_run_ = {};
    people_ = {};
    widgets::wipe_typed();
}

void Client::take_alarm() {
    stage_.note_alarm();
    watch();
    draw_after_(0);
}

void Client::flush() {
    for (FieldsUi* fields : {&fill_.questions.fields, &review_.questions.fields})
        if (auto answer = take_unsaved(*fields)) stage_.carry_out(Command{*std::move(answer)});
    typing_ = false;
}

void Client::draw_inside(const Views& views) {
    if (views.frame.place != place_) {
        if (place_ == Place::people) forget_passphrases();
        place_ = views.frame.place;
        typed_.clear();
    }
    FieldsUi& fields = fill_.questions.fields;
    fields.files.drop.begin_frame(std::exchange(dropped_, {}));
    draw_frame(views.frame, frame_, stage_.words(), asked_, [&] {
        if (frame_.over != Over::nothing)
            draw_files(views);
        else
            draw_place(views);
    });
    if (frame_.landing > 0) draw_after_(0);
    take_dropped(views);
    // The page is not drawn then.
    if (frame_.keys_open || frame_.menu_open) flush();
    // Leaving the page ends the editing: what the field holds goes first.
    for (const Command& command : asked_) {
        const bool leaves =
            std::holds_alternative<GoTo>(command) || std::holds_alternative<OpenSection>(command) ||
            std::holds_alternative<OpenQuestion>(command) ||
            std::holds_alternative<TurnPage>(command) || std::holds_alternative<OnePage>(command) ||
            std::holds_alternative<Finalize>(command) || std::holds_alternative<Lock>(command) ||
            std::holds_alternative<Quit>(command);
        if (!leaves) continue;
        flush();
        break;
    }
}

// They stand in the place of the page: what a field of it holds goes first.
void Client::draw_files(const Views& views) {
    if (auto answer = take_unsaved(fill_.questions.fields)) asked_.push_back(*std::move(answer));
    if (views.files.browser)
        draw_browser(*views.files.browser, files_, stage_.words(), asked_);
    else if (views.files.camera)
        draw_camera(*views.files.camera, stage_.words(), asked_);
    else if (views.files.pad)
        draw_pad_page(*views.files.pad, fill_.questions.fields.files.pad, stage_.words(), asked_);
    else
        draw_enlarged(*views.files.enlarged, stage_.words(), asked_);
}

// A backup that is dropped onto the first screen is the one to restore.
void Client::take_backup() {
    if (dropped_.empty()) return;
    first_run_.file = std::exchange(dropped_, {}).front();
    first_run_.restoring = true;
}

// Text that names no file may stand beside a picture that was copied with it.
void Client::look_for_picture() {
    if (!ask_for_picture_) return;
    const auto found = std::ranges::find_if(asked_, [](const Command& command) {
        const auto* pasted = std::get_if<PasteFile>(&command);
        return pasted != nullptr && paths_in(pasted->text).empty();
    });
    if (found == asked_.end() || stage_.filling() == nullptr) return;
    pasting_ = std::get<PasteFile>(*found);
    pasting_into_ = stage_.filling()->audit();
    asked_.erase(found);
    ask_for_picture_();
}

void Client::paste(std::string picture, std::string uris) {
    auto asked = std::exchange(pasting_, std::nullopt);
    const Filling* filling = stage_.filling();
    if (!asked || filling == nullptr || filling->audit() != pasting_into_) return;
    if (!picture.empty())
        stage_.carry_out(Command{PastePicture{asked->question, std::move(picture)}});
    else
        stage_.carry_out(Command{PasteFile{asked->question, std::move(uris)}});
    draw_after_(0);
}

void Client::take_dropped(const Views& views) {
    DropUi& drop = fill_.questions.fields.files.drop;
    if (drop.paths.empty()) return;
    std::string question = drop.chosen();
    if (views.files.browser && !views.files.browser->saving)
        question = views.files.browser->question;
    asked_.push_back(DropFiles{std::move(question), std::move(drop.paths)});
    drop.paths.clear();
}

void Client::draw_place(const Views& views) {
    const text::Words& words = stage_.words();
    switch (views.frame.place) {
        case Place::home: return draw_home(views.home, home_, words, asked_);
        case Place::fill: return draw_fill(views.fill, fill_, words, asked_);
        case Place::overview: return draw_overview(views.overview, overview_, words, asked_);
        case Place::review: return draw_review(views.review, review_, words, asked_);
        case Place::history: return draw_history(views.history, history_, words, asked_);
        case Place::conflicts: return draw_conflicts(views.conflicts, conflicts_, words, asked_);
        case Place::sync: return draw_sync(views.sync, sync_, words, asked_);
        case Place::reports: return draw_reports(views.reports, reports_, words, asked_);
        case Place::forms: return draw_forms(views.forms, words, asked_);
        case Place::people: return draw_people(views.people, people_, words, asked_);
        case Place::settings: return draw_settings(views.settings, settings_, words, asked_);
    }
}

void Client::note_typing() {
    const FieldsUi& fields = fill_.questions.fields;
    if (fields.question.empty()) {
        typed_.clear();
        return;
    }
    const Millis now = stage_.clock().now();
    if (const std::string typed = fields.question + "\n" + fields.answer; typed != typed_) {
        const bool first = !typed_.starts_with(fields.question + "\n");
        const bool committed = !first && typed.size() >= typed_.size() + kCommitted;
        typed_ = typed;
        typed_since_ = now;
        if (!std::exchange(typing_, true) || first) unrecorded_since_ = now;
        draw_after_(kTypingPause / 1000.0);
        if (!committed && now - unrecorded_since_ < kTypingLong) return;
        typing_ = false;
        asked_.push_back(Answer{fields.question, fields.answer});
        return;
    }
    if (!typing_) return;
    if (now - typed_since_ < kTypingPause) return draw_after_(kTypingPause / 1000.0);
    typing_ = false;
    asked_.push_back(Answer{fields.question, fields.answer});
}

}  // namespace bordereau::app
