// app/shell/sleep_watch.h - tells before the machine sleeps, and holds sleep up until it was
// answered; tells also when the desktop locks its session. Asks logind on the system bus, from a
// thread that waits and costs nothing until then. Without a bus or logind nothing is ever told:
// resume_watch.h then tells afterwards.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace bordereau::shell {

class SleepWatch {
public:
    /// `wake` is called from a thread when take_alarm() has something to tell. An empty `bus` means
    /// the system's; else an address of D-Bus.
    explicit SleepWatch(std::function<void()> wake, std::string bus = {});
    SleepWatch(const SleepWatch&) = delete;
    SleepWatch& operator=(const SleepWatch&) = delete;
    ~SleepWatch();

    /// True once after sleep was announced or the session was locked. Until let_sleep() is called
    /// the machine waits (logind: five seconds at most, unless it is set up otherwise).
    bool take_alarm() { return alarm_.exchange(false); }
    /// Nothing is left to be done before sleep.
    void let_sleep();

private:
    std::function<void()> wake_;
    std::atomic<bool> alarm_ = false;
    int answer_ = -1;  // an event: let_sleep() was called, or the thread is to end
    std::atomic<bool> ending_ = false;
    std::thread thread_;
};

}  // namespace bordereau::shell
