// sync/worker.h - the thread that keeps a notebook and its endpoint the same. It has its own
// connection; values go in and come out. Idle, it waits on a condition and costs nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>

#include "storage/base/result.h"
#include "storage/base/time.h"
#include "sync/retry.h"
#include "sync/round.h"
#include "sync/station.h"

namespace bordereau::sync {

enum class Phase {
    idle,     ///< all sent and received, as far as is known
    syncing,  ///< a round is under way
    waiting,  ///< the last round failed; another one follows by itself
    paused    ///< by a person, until the next request
};

/// What a screen shows of it. Counts are of the present or latest round.
struct SyncStatus {
    Phase phase = Phase::idle;
    Progress progress;
    std::int64_t waiting_bytes = 0;  ///< of changesets still to be sent when the round began
    std::uint64_t file_bytes = 0;    ///< of files to go either way when the round began
    Millis began = 0;                ///< the present or latest round
    std::optional<Millis> last_success;
    std::optional<Error> last_error;  ///< of the latest round; nothing after a success
    std::optional<Millis> next_try;   ///< while waiting
};

/// Bytes of a round, as far as is known: of all that is to travel, what has not yet.
struct Remaining {
    std::uint64_t left = 0, all = 0;
    /// By the speed so far; nothing before there is one.
    std::optional<std::chrono::seconds> time;
};
Remaining remaining(const SyncStatus& status, Millis now);

/// What others have sent is not older than this where somebody is at work and there is a network.
constexpr std::chrono::minutes kNewsAge{5};

struct WorkerParts {
    /// Called once on the worker's thread; again after it failed. Opens the thread's connection.
    std::function<Result<Station>()> open;
    Clock clock;
    Entropy entropy;
    RetryPolicy retry;
    /// Called on the worker's thread after each change of status: wakes the frame loop.
    std::function<void()> wake;
    bool paused = false;      ///< from the beginning
    bool on_request = false;  ///< rounds only when a person asks, none by itself
};

class Worker {
public:
    /// Starts the thread, which waits to be asked.
    explicit Worker(WorkerParts parts);
    /// Cancels what is under way and waits for the thread. Nothing is half done.
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// A person asks: a round now, and another one if one is under way. Ends a pause.
    void request();
    /// Something was sealed, or the notebook was opened: as request(), but not while paused, and
    /// not where rounds are only on request.
    void note_change();
    /// Somebody is at work here: as note_change(), where the latest round succeeded more than
    /// kNewsAge ago. So others' news come without asking for them while nobody would read them.
    void note_presence();
    void set_on_request(bool on_request);
    /// A network came back: where the latest round found none, another one now, and short waits
    /// again after that; one under way begins anew, over a connection of that network. Who was
    /// asked to wait by the endpoint, or paused, goes on waiting.
    void network_returned();
    /// Cancels what is under way; nothing happens until the next request().
    void pause();
    SyncStatus status() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace bordereau::sync
