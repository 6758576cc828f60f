// app/desk/watched.h - a state that a thread brings up to date, until its work is over or it is
// told to end: what looking through a camera and listening to a receiver have in common.
#pragma once

#include <sys/eventfd.h>
#include <unistd.h>

#include <functional>
#include <mutex>
#include <thread>
#include <utility>

namespace bordereau::app {

template <class State>
class Watched {
public:
    /// `changed` is called from the thread when state() has news.
    explicit Watched(std::function<void()> changed)
        : changed_(std::move(changed)), ending_(eventfd(0, EFD_CLOEXEC)) {}
    /// Tells the thread to end, and waits for it.
    ~Watched() {
        eventfd_write(ending_, 1);
        wait();
        close(ending_);
    }
    Watched(const Watched&) = delete;
    Watched& operator=(const Watched&) = delete;

    /// Once. What `work` uses outlives this.
    void begin(std::function<void()> work) { thread_ = std::thread{std::move(work)}; }
    void wait() {
        if (thread_.joinable()) thread_.join();
    }
    State state() const {
        const std::lock_guard hold{guard_};
        return state_;
    }

    // For the thread.
    template <class Change>
    void change(const Change& change) {
        {
            const std::lock_guard hold{guard_};
            change(state_);
        }
        changed_();
    }
    int ending() const { return ending_; }  ///< poll() finds it readable when it is told to end

private:
    std::function<void()> changed_;
    mutable std::mutex guard_;
    State state_;
    int ending_;
    std::thread thread_;
};

}  // namespace bordereau::app
