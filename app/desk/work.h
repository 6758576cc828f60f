// app/desk/work.h - one long work in a thread of its own: its progress, its end, and stopping it.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>

#include "storage/backup_file.h"
#include "storage/base/result.h"

namespace bordereau::app {

class Work {
public:
    /// Runs `task` in a thread. `wake` is called from it when there is something new to show, a
    /// hundred times in all at most, and at the end.
    Work(std::function<Status(const storage::GoingOn&)> task, std::function<void()> wake);
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;
    ~Work();  ///< stops it and waits

    float share() const;  ///< 0 to 1
    void cancel() { state_->wanted = false; }
    bool finished() const;
    void wait() const { running_.wait(); }
    Status result();  ///< once, when it is finished; waits for that

private:
    struct State {
        std::atomic<bool> wanted = true;
        std::atomic<int> hundredths = 0;
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
    std::future<Status> running_;
};

}  // namespace bordereau::app
