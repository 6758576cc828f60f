// Locking and coming back: what is wiped, and where a person is led afterwards.
#include <algorithm>
#include <cstdlib>
#include <utility>

#include "app/stage.h"
#include "storage/settings.h"

namespace bordereau::app {
namespace {

constexpr std::string_view kLockMinutes = "ui.lock_minutes";
constexpr int kDefaultMinutes = 10;

}  // namespace

void Stage::lock() {
    if (!keeps_all()) return;
    work_.reset();  // waits for it: what has the notebook to itself must not be left half done
    alone_ = false;
    if (desk_) {
        left_ = {desk_->notebook().person().login, place_, filling_ ? filling_->audit() : AuditId{},
                 reading_};
        options_.person = left_.person;
    }
    browsing_.reset();
    enlarged_.clear();
    forget_beside();
    forget_filling();
    left_deeds_.clear();
    previews_.reset();
    desk_.reset();
    opening_what_ = Doing::opening_notebook;
    message_ = {};
    offer_ = {};
    forget_recovery_key();
    made_.clear();
    unit_scores_ = {};
    query_ = {};
    home_pages_ = {};
    history_filter_.clear();
    reading_ = {};
    place_ = Place::home;
    views_ = {};  // they hold answers
}

// Only for the same person: what somebody else had open is no business of the next one.
void Stage::come_back() {
    const Whereabouts left = std::exchange(left_, {});
    if (!desk_ || left.person != desk_->notebook().person().login) return go(Place::home);
    if (left.audit.empty()) return go(left.place);
    open(left.audit);
    if (!filling_) return;
    reading_ = left.reading;
    ++reading_.scroll_request;
    const bool filled = left.place == Place::fill && !filling_->editable();
    if (!filled) place_ = left.place;
}

bool Stage::lock_is_due() {
    if (!desk_) return false;
    const Uptime now = options_.services.uptime();
    slept_ = idle_.slept(now) || slept_;
    return slept_ || (!work_ && idle_.left(now, lock_after()) == 0);
}

void Stage::note_alarm() {
    slept_ = true;
    abandoned_ = opening_.valid();
}

void Stage::note_input() {
    idle_.note_input(options_.services.uptime());
}

Millis Stage::lock_after() const {
    return Millis{lock_minutes_} * 60'000;
}

double Stage::seconds_to_lock() const {
    // A moment later rather than earlier, so that the look at the clock finds it due.
    const Millis left = idle_.left(options_.services.uptime(), lock_after());
    // While a long work runs, or something is unsaved, it is looked at again now and then.
    return left > 0 ? static_cast<double>(left) / 1000 + 0.05 : 60;
}

void Stage::read_lock_minutes() {
    const auto kept = storage::Settings{desk_->notebook()}.get(kLockMinutes);
    const int minutes = kept && *kept ? std::atoi((*kept)->c_str()) : kDefaultMinutes;
    lock_minutes_ = std::clamp(minutes, 1, 60);
    idle_ = Idle{options_.services.uptime()};
    slept_ = false;
}

void Stage::set_lock_minutes(int minutes) {
    lock_minutes_ = std::clamp(minutes, 1, 60);
    Status kept =
        storage::Settings{desk_->notebook()}.set(kLockMinutes, std::to_string(lock_minutes_));
    if (!kept) say(Doing::recording, kept.error());
}

void Stage::begin_work(std::string words, Doing doing,
                       std::function<Status(const storage::GoingOn&)> task, std::string good) {
    work_words_ = std::move(words);
    work_doing_ = doing;
    work_good_ = std::move(good);
    work_ = std::make_unique<Work>(std::move(task), options_.wake);
}

// What reads the notebook beside the work goes first, and comes back after it.
void Stage::begin_work_alone(std::string words, Doing doing,
                             std::function<Status(const storage::GoingOn&)> task,
                             std::string good) {
    if (!keeps_all()) return;
    forget_beside();
    forget_filling();
    browsing_.reset();
    previews_.reset();
    message_ = {};
    alone_ = true;
    begin_work(std::move(words), doing, std::move(task), std::move(good));
}

void Stage::finish_work() {
    if (!work_) return;
    dirty_ = true;  // its progress
    if (!work_->finished()) return;
    Status ended = work_->result();
    work_.reset();
    if (std::exchange(alone_, false))
        previews_ = std::make_unique<Previews>(desk_->notebook(), options_.wake);
    people_problem_.clear();
    const auto told = std::exchange(work_told_, nullptr);
    if (ended && told)
        message_ = *told;
    else if (ended)
        say(Tone::good, work_good_);
    else if (place_ == Place::people)
        people_problem_ = sentence_for(words_, work_doing_, ended.error());
    else
        say(work_doing_, ended.error());
}

}  // namespace bordereau::app
