#include "app/desk/work.h"

#include <chrono>

namespace bordereau::app {

Work::Work(std::function<Status(const storage::GoingOn&)> task, std::function<void()> wake) {
    running_ = std::async(
        std::launch::async, [state = state_, task = std::move(task), wake = std::move(wake)] {
            Status status = task([&](std::int64_t done, std::int64_t total) {
                const int now = total > 0 ? static_cast<int>(done * 100 / total) : 0;
                if (state->hundredths.exchange(now) != now) wake();
                return state->wanted.load();
            });
            wake();
            return status;
        });
}

Work::~Work() {
    cancel();
    if (running_.valid()) running_.wait();
}

float Work::share() const {
    return static_cast<float>(state_->hundredths.load()) / 100.0f;
}

bool Work::finished() const {
    return running_.valid() &&
           running_.wait_for(std::chrono::seconds{0}) == std::future_status::ready;
}

Status Work::result() {
    return running_.get();
}

}  // namespace bordereau::app
