#include "app/stage.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "app/desk/notebook_place.h"
#include "storage/settings.h"

namespace bordereau::app {
namespace {

constexpr std::string_view kTextSize = "ui.text_size";
constexpr std::string_view kTheme = "ui.theme";
constexpr std::string_view kTouch = "ui.touch";
constexpr std::string_view kOnePage = "ui.one_page";

// A setting of this laptop; `otherwise` where there is none.
std::string setting(Desk& desk, std::string_view name, std::string otherwise) {
    const auto found = storage::Settings{desk.notebook()}.get(name);
    return found && *found ? **found : otherwise;
}

}  // namespace

Stage::Stage(StageOptions options)
    : options_(std::move(options)),
      words_(embedded_words(last_language())),
      looks_{words_.language(), 100, std::nullopt, "light", false},
      idle_{options_.services.uptime()} {}

Stage::~Stage() {
    if (restoring_) restoring_->wanted = false;
    if (opening_.valid()) opening_.wait();
}

void Stage::carry_out(const Commands& commands) {
    for (const Command& command : commands) carry_out(command);
}

void Stage::begin_opening(std::function<Result<std::unique_ptr<Desk>>()> open, Doing doing) {
    if (opening_.valid()) return;
    entry_problem_.clear();
    opening_what_ = doing;
    // Deriving the key takes half a second on purpose: not in the frame loop.
    opening_ = std::async(std::launch::async, [open = std::move(open), wake = options_.wake] {
        auto desk = open();
        wake();
        return desk;
    });
}

void Stage::finish_opening() {
    if (!opening_.valid()) return;
    if (opening_.wait_for(std::chrono::seconds{0}) != std::future_status::ready) return;
    auto desk = opening_.get();
    dirty_ = true;
    const auto restoring = std::exchange(restoring_, nullptr);
    const auto not_joined = std::exchange(not_joined_, nullptr);
    if (std::exchange(abandoned_, false)) return;
    if (desk) {
        enter(*std::move(desk));
        if (restoring && restoring->restored) tell_restored(*restoring->restored);
        if (not_joined && *not_joined) tell_not_joined(**not_joined);
        return;
    }
    entry_problem_ = sentence_for(words_, opening_what_, desk.error());
    const bool mistyped = opening_what_ == Doing::recovering && wrong_group_ > 0;
    if (mistyped && desk.error().code == ErrorCode::invalid)
        entry_problem_ += " " + words_("recovery.group", {{"n", std::to_string(wrong_group_)}});
}

void Stage::settle() {
    if (opening_.valid()) opening_.wait();
    finish_opening();
    while (work_ && !work_->finished()) work_->wait();
    finish_work();
    if (code_ && code_->reading) code_->reading->wait();
    if (!previews_) return;
    static_cast<void>(views());  // asks for the pictures it shows
    previews_->settle();
    dirty_ = true;
}

void Stage::enter(std::unique_ptr<Desk> desk) {
    desk_ = std::move(desk);
    previews_ = std::make_unique<Previews>(desk_->notebook(), options_.wake);
    looks_.theme = setting(*desk_, kTheme, looks_.theme);
    looks_.touch = setting(*desk_, kTouch, looks_.touch ? "1" : "0") == "1";
    if (const std::string kept = setting(*desk_, kOnePage, ""); !kept.empty())
        looks_.one_page = kept == "1";
    const std::string size = setting(*desk_, kTextSize, std::to_string(looks_.text_size));
    looks_.text_size = std::clamp(std::atoi(size.c_str()), 80, 200);
    find_language();
    desk_->start_worker(options_.wake);
    read_lock_minutes();
    come_back();
}

void Stage::keep_looks() {
    if (!desk_ || alone_) return;
    storage::Settings settings{desk_->notebook()};
    Status kept = settings.set(kTextSize, std::to_string(looks_.text_size));
    if (kept) kept = settings.set(kTheme, looks_.theme);
    if (kept) kept = settings.set(kTouch, looks_.touch ? "1" : "0");
    if (kept && looks_.one_page) kept = settings.set(kOnePage, *looks_.one_page ? "1" : "0");
    if (!kept) say(Doing::recording, kept.error());
}

void Stage::say(Tone tone, std::string text) {
    message_ = {tone, std::move(text)};
}

void Stage::say(Doing doing, const Error& error) {
    say(Tone::error, sentence_for(words_, doing, error));
}

// An open audit is the only place of what the disk did not take: it stays open until it is kept.
bool Stage::keeps_all() {
    const bool kept = saved() || filling_->save().ok();
    if (kept) close_refused_ = false;
    if (!kept) say(Tone::error, std::string{words_("message.unsaved_stays")});
    dirty_ = true;
    return kept;
}

bool Stage::close() {
    quit_ = keeps_all() || close_refused_;
    if (quit_) return true;
    close_refused_ = true;
    say(Tone::error, std::string{words_("message.unsaved_close")});
    return false;
}

// What was done to it can still be taken back when it is opened again.
void Stage::forget_filling() {
    if (filling_ && filling_->editable()) left_deeds_[filling_->audit().text] = filling_->deeds();
    filling_.reset();
    earlier_.reset();
    earlier_to_.clear();
}

// Also where a frame has shown it.
void Stage::forget_recovery_key() {
    recovery_key_.wipe();
    views_.people.recovery_key.wipe();
}

void Stage::go(Place place) {
    const bool about_audit = place == Place::fill || place == Place::overview ||
                             place == Place::review || place == Place::history ||
                             place == Place::conflicts;
    if (!about_audit && !keeps_all()) return;
    offer_ = {};
    if (place != Place::people) forget_recovery_key();
    if (place != Place::people) admitted_.reset();
    if (about_audit && !filling_) place = Place::home;
    if (!about_audit) forget_filling();
    browsing_.reset();
    form_added_.reset();
    enlarged_.clear();
    forget_beside();
    place_ = place;
}

// What goes on beside a page, or in its place, ends with it.
void Stage::forget_beside() {
    padded_.clear();
    receiver_.reset();
    receiver_for_.clear();
    code_.reset();
    camera_.reset();
    scanned_ = {};
}

void Stage::open(const AuditId& audit) {
    if (!keeps_all()) return;
    offer_ = {};
    forget_beside();
    auto filling = desk_->open_audit(audit);
    if (offer_to_take_over(audit) && !filling) return;
    if (!filling) return say(Doing::opening_audit, filling.error());
    forget_filling();
    filling_.emplace(*std::move(filling));
    if (const auto left = left_deeds_.extract(audit.text)) filling_->take_up(left.mapped());
    views_.fill.questions.clear();
    show_missing_ = false;
    reading_ = {};
    history_filter_.clear();
    speak_as_interface();
    place_ = filling_->editable() ? Place::fill : Place::review;
}

// A draft of somebody else: what is recorded in it must be somebody's, so taking it over is asked.
bool Stage::offer_to_take_over(const AuditId& id) {
    const auto audit = desk_->audit(id);
    if (!audit || !storage::may_take_over(desk_->notebook().person(), *audit)) return false;
    offer_ = {
        words_("offer.take_over", {{"title", audit->title}, {"person", audit->held_by_login}}), id};
    return true;
}

void Stage::reopen() {
    if (!filling_) return;
    const Reading kept = reading_;
    const Place place = place_;
    const AuditId audit = filling_->audit();
    open(audit);
    reading_ = kept;
    if (filling_ && (place != Place::fill || filling_->editable())) place_ = place;
}

bool Stage::stale() {
    if (dirty_) return true;
    if (!desk_) return opening_.valid();
    if (alone_) return false;
    const std::uint64_t now = desk_->notebook().changes_seen();
    if (now == seen_) return false;
    seen_ = now;
    return true;
}

const Views& Stage::views() {
    finish_opening();
    if (previews_ && previews_->turn()) dirty_ = true;
    finish_work();
    hear_receiver();
    hear_code();
    hear_camera();
    if (stale()) show();
    dirty_ = false;
    return views_;
}

void Stage::show() {
    if (alone_) return show_busy();
    if (desk_) return show_inside();
    const bool busy = opening_.valid();
    const std::string language{text::tag_of(looks_.language)};
    views_.frame = {};
    views_.frame.unlocked = false;
    if (storage::Notebook::exists(options_.folder) && opening_what_ != Doing::making_notebook) {
        views_.scene = Scene::unlock;
        views_.unlock = {};
        if (!options_.person.empty()) views_.unlock.people.push_back(options_.person);
        views_.unlock.languages = interface_languages();
        views_.unlock.language = language;
        views_.unlock.problem = entry_problem_;
        views_.unlock.busy = busy;
        return;
    }
    views_.scene = Scene::first_run;
    views_.first_run = {};
    views_.first_run.languages = interface_languages();
    views_.first_run.language = language;
    views_.first_run.problem = entry_problem_;
    if (!busy && !can_hold_notebook(options_.folder))
        views_.first_run.folder_problem =
            words_("first.no_folder", {{"folder", options_.folder.string()}});
    views_.first_run.busy = busy;
    if (restoring_)
        views_.frame.work = WorkView{std::string{words_("work.restoring")},
                                     static_cast<float>(restoring_->hundredths) / 100.0f, true};
}

void Stage::show_busy() {
    views_.scene = Scene::busy;
    views_.frame = {};
    views_.frame.unlocked = false;
    views_.frame.work = WorkView{work_words_, work_->share(), true};
}

void Stage::show_inside() {
    const Presenting present{words_, options_.services.clock};
    views_.scene = Scene::inside;
    if (auto frame = present_frame(present, *desk_, desk_->worker()))
        views_.frame = *std::move(frame);
    else
        say(Doing::opening_audit, frame.error());
    if (Status shown = show_place(present); !shown) say(Doing::opening_audit, shown.error());
    desk_->tend_beside(options_.wake);
    if (Status shown = show_files(present); !shown) say(Doing::opening_audit, shown.error());
    views_.frame.unlocked = true;
    views_.frame.place = place_;
    views_.frame.message = message_;
    if (!offer_.text.empty()) views_.frame.offer = offer_;
    if (work_) views_.frame.work = WorkView{work_words_, work_->share(), true};
    seen_ = desk_->notebook().changes_seen();
}

// Conflicts have a tab while there are some, and while one looks at them.
std::vector<Place> Stage::audit_places() {
    std::vector<Place> places{Place::fill, Place::overview, Place::history};
    if (!filling_->editable()) places = {Place::review, Place::history};
    const auto conflicts = conflicts_in(*desk_, filling_->audit());
    if (place_ == Place::conflicts || (conflicts && *conflicts > 0))
        places.push_back(Place::conflicts);
    return places;
}

Status Stage::show_sync(const Presenting& present) {
    auto shown = present_sync(present, *desk_, desk_->worker(), travel_pages_);
    if (!shown) return shown.error();
    views_.sync = *std::move(shown);
    views_.sync.join_problem = join_problem_;
    views_.sync.travel.problem = travel_problem_;
    views_.sync.looking_nearby = looking_nearby_;
    views_.sync.sticks = sticks_in(options_.places);
    return done();
}

Status Stage::show_place(const Presenting& present) {
    // Keeps what a presenter made, or hands its error on.
    const auto keep = [](auto made, auto& view) -> Status {
        if (!made) return std::move(made).error();
        view = *std::move(made);
        return done();
    };
    switch (place_) {
        case Place::home:
            return keep(present_home(present, *desk_, query_, home_pages_), views_.home);
        case Place::forms:
            return keep(present_forms(present, *desk_, form_added_ ? &*form_added_ : nullptr),
                        views_.forms);
        case Place::sync: return show_sync(present);
        case Place::people: {
            LaptopsView laptops = std::move(views_.people.laptops);
            Status shown = keep(present_people(*desk_), views_.people);
            views_.people.laptops = std::move(laptops);
            views_.people.problem = people_problem_;
            views_.people.recovery_key = recovery_key_;
            return shown ? show_laptops(present) : shown;
        }
        case Place::reports:
            return keep(present_reports(present, *desk_, made_, not_ready_, unit_scores_),
                        views_.reports);
        case Place::settings:
            views_.settings = {interface_languages(),
                               std::string{text::tag_of(looks_.language)},
                               looks_.text_size,
                               {80, 90, 100, 115, 130, 150, 175, 200},
                               {widgets::kThemeNames.begin(), widgets::kThemeNames.end()},
                               looks_.theme,
                               looks_.touch,
                               lock_minutes_,
                               {1, 2, 5, 10, 15, 30},
                               storage::may(desk_->notebook().person(), storage::Act::back_up),
                               BORDEREAU_VERSION,
                               options_.folder.string()};
            return done();
        case Place::fill: return show_fill(present);
        case Place::overview: {
            Status shown = keep(present_overview(present, *desk_, *filling_), views_.overview);
            views_.overview.header.places = audit_places();
            look_for_earlier();
            views_.overview.copy =
                present_copy(present, {*filling_, earlier_ ? &*earlier_ : nullptr}, nullptr);
            return shown;
        }
        case Place::review: {
            Status shown =
                keep(present_review(present, *desk_, *filling_, reading_), views_.review);
            views_.review.header.places = audit_places();
            return shown;
        }
        case Place::conflicts: {
            Status shown = keep(present_conflicts(present, *desk_, *filling_), views_.conflicts);
            views_.conflicts.header.places = audit_places();
            return shown;
        }
        case Place::history: {
            Status shown =
                keep(present_history(present, *desk_, *filling_, history_filter_), views_.history);
            views_.history.header.places = audit_places();
            return shown;
        }
    }
    return done();
}

}  // namespace bordereau::app
