#include "sync/worker.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>

#include "sync/clock_check.h"

namespace bordereau::sync {

// The inbox is what other threads wrote and this one reads: one mutex for all of it.
struct Worker::State {
    explicit State(WorkerParts given)
        : parts(std::move(given)), retry(parts.retry, parts.entropy), on_request(parts.on_request) {
        if (parts.paused) status.phase = Phase::paused;
    }

    // Waits until a round is due; false: the thread is to end.
    bool wait_for_work(const std::stop_token& stop);
    void run_one_round(const std::stop_token& stop);
    RoundEnd attempt(const std::stop_token& stop);
    std::optional<std::chrono::milliseconds> wait_after(const RoundEnd& end);
    void settle(const RoundEnd& end);
    void change(const std::function<void(SyncStatus&)>& how);
    bool end_for_a_network();  // under the mutex
    void live(const std::stop_token& stop);

    WorkerParts parts;
    Retry retry;                     // the worker's thread only
    std::optional<Station> station;  // the worker's thread only

    mutable std::mutex mutex;
    std::condition_variable_any changed;
    bool on_request = false;
    bool asked = false;
    bool afresh = false;      // earlier failures were of another network
    bool begun_anew = false;  // for a network, and no message has come through since
    std::stop_source round;   // stops the round under way, not the thread
    std::optional<std::chrono::steady_clock::time_point> due;
    SyncStatus status;

    std::jthread thread;  // last: ends before what it uses
};

bool Worker::State::wait_for_work(const std::stop_token& stop) {
    std::unique_lock lock{mutex};
    while (!stop.stop_requested() && !asked) {
        if (!due)
            changed.wait(lock, stop, [this] { return asked || due; });
        else if (std::chrono::steady_clock::now() >= *due)
            break;
        else
            changed.wait_until(lock, stop, *due, [this] { return asked || !due; });
    }
    asked = false;
    if (std::exchange(afresh, false)) retry.after_success();
    due.reset();
    round = std::stop_source{};
    return !stop.stop_requested();
}

void Worker::State::change(const std::function<void(SyncStatus&)>& how) {
    {
        const std::lock_guard lock{mutex};
        how(status);
    }
    parts.wake();
}

RoundEnd Worker::State::attempt(const std::stop_token& stop) {
    RoundEnd failed;
    if (!station) {
        auto opened = parts.open();
        if (!opened) {
            failed.status = std::move(opened).error();
            return failed;
        }
        station = std::move(*opened);
    }
    failed.status = seal_for_round(*station, parts.clock, parts.entropy, stop);
    const auto waiting = station->waiting();
    const std::uint64_t files = file_bytes_waiting(*station);
    change([&](SyncStatus& now) {
        now.waiting_bytes = waiting ? *waiting : 0;
        now.file_bytes = files;
    });
    if (!failed.status) return failed;
    return run_station(
        *station, parts.clock, parts.entropy,
        [this](const Progress& progress) {
            change([&](SyncStatus& now) {
                // Bytes alone may go to a network that is there no more.
                if (progress.tally.requests != now.progress.tally.requests) begun_anew = false;
                now.progress = progress;
            });
        },
        stop);
}

// Nothing: no use in trying again by itself.
std::optional<std::chrono::milliseconds> Worker::State::wait_after(const RoundEnd& end) {
    if (end.status.ok()) {
        retry.after_success();
        return std::nullopt;
    }
    switch (end.status.error().code) {
        case ErrorCode::cancelled:
        case ErrorCode::not_found: return std::nullopt;  // no endpoint to go to
        case ErrorCode::conflict:
        case ErrorCode::refused:  // a person must act, here or there
            return std::max(retry.after_failure(end.retry_after), parts.retry.longest);
        default: return retry.after_failure(end.retry_after);
    }
}

void Worker::State::settle(const RoundEnd& end) {
    const Millis now = parts.clock.now();
    const auto wait = wait_after(end);
    change([&](SyncStatus& shown) {
        shown.progress = end.progress;
        if (end.status.ok()) {
            shown.last_success = now;
            shown.last_error.reset();
        } else if (end.status.error().code != ErrorCode::cancelled) {
            shown.last_error = end.status.error();
        }
        if (shown.phase == Phase::paused) return;
        const bool again = wait && !on_request;
        shown.phase = again ? Phase::waiting : Phase::idle;
        if (!again) return;
        shown.next_try = now + wait->count();
        due = std::chrono::steady_clock::now() + *wait;
    });
}

void Worker::State::run_one_round(const std::stop_token& stop) {
    std::stop_source this_round;
    {
        const std::lock_guard lock{mutex};
        if (round.stop_requested()) return;  // paused before it began
        this_round = round;
        status.phase = Phase::syncing;
        status.progress = {};
        status.began = parts.clock.now();
        status.next_try.reset();
    }
    parts.wake();
    const std::stop_callback end_both{stop, [&this_round] { this_round.request_stop(); }};
    settle(attempt(this_round.get_token()));
}

void Worker::State::live(const std::stop_token& stop) {
    while (wait_for_work(stop)) run_one_round(stop);
    station.reset();
}

Worker::Worker(WorkerParts parts) : state_(std::make_unique<State>(std::move(parts))) {
    state_->thread =
        std::jthread{[state = state_.get()](const std::stop_token& stop) { state->live(stop); }};
}

Worker::~Worker() = default;

void Worker::request() {
    {
        const std::lock_guard lock{state_->mutex};
        state_->asked = true;
        if (state_->status.phase == Phase::paused) state_->status.phase = Phase::idle;
    }
    state_->changed.notify_all();
}

void Worker::note_change() {
    {
        const std::lock_guard lock{state_->mutex};
        if (state_->on_request || state_->status.phase == Phase::paused) return;
        state_->asked = true;
    }
    state_->changed.notify_all();
}

void Worker::note_presence() {
    const Millis old = state_->parts.clock.now() - std::chrono::milliseconds{kNewsAge}.count();
    {
        const std::lock_guard lock{state_->mutex};
        const SyncStatus& now = state_->status;
        if (now.phase != Phase::idle || !now.last_success || *now.last_success > old) return;
    }
    note_change();
}

void Worker::set_on_request(bool on_request) {
    {
        const std::lock_guard lock{state_->mutex};
        state_->on_request = on_request;
        if (on_request) {
            state_->due.reset();
            state_->status.next_try.reset();
            if (state_->status.phase == Phase::waiting) state_->status.phase = Phase::idle;
        }
    }
    state_->changed.notify_all();
    state_->parts.wake();
}

void Worker::network_returned() {
    {
        const std::lock_guard lock{state_->mutex};
        const SyncStatus& now = state_->status;
        const bool offline = now.last_error && now.last_error->code == ErrorCode::offline;
        if (now.phase == Phase::waiting ? !offline : !state_->end_for_a_network()) return;
        state_->asked = state_->afresh = true;
    }
    state_->changed.notify_all();
}

// What is under way hangs on a connection of the network before, which may never say that it is
// dead: beginning anew costs a message. Where networks come and go all the time, no more often than
// messages come through.
bool Worker::State::end_for_a_network() {
    if (status.phase != Phase::syncing || begun_anew) return false;
    begun_anew = true;
    return round.request_stop();
}

void Worker::pause() {
    {
        const std::lock_guard lock{state_->mutex};
        state_->asked = false;
        state_->due.reset();
        state_->status.phase = Phase::paused;
        state_->status.next_try.reset();
        state_->round.request_stop();
    }
    state_->changed.notify_all();
    state_->parts.wake();
}

Remaining remaining(const SyncStatus& status, Millis now) {
    const auto changesets =
        static_cast<std::uint64_t>(std::max<std::int64_t>(status.waiting_bytes, 0));
    const std::uint64_t sent = std::min<std::uint64_t>(changesets, status.progress.bytes_up);
    Remaining rest;
    rest.all = changesets + status.file_bytes;
    rest.left = status.progress.files.begun ? status.progress.files.left
                                            : status.file_bytes + changesets - sent;
    rest.left = std::min(rest.left, rest.all);
    const std::uint64_t gone = rest.all - rest.left;
    const Millis elapsed = now - status.began;
    if (gone == 0 || elapsed <= 0) return rest;
    const double share = static_cast<double>(rest.left) / static_cast<double>(gone);
    rest.time = std::chrono::seconds{
        static_cast<std::int64_t>(share * static_cast<double>(elapsed) / 1000.0 + 0.5)};
    return rest;
}

SyncStatus Worker::status() const {
    const std::lock_guard lock{state_->mutex};
    return state_->status;
}

}  // namespace bordereau::sync
