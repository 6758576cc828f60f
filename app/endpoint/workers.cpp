#include "app/endpoint/workers.h"

#include <optional>
#include <utility>

namespace bordereau::app::endpoint {

Workers::Workers(std::vector<Handler> handlers, std::size_t most) : most_(most) {
    for (Handler& handler : handlers)
        threads_.emplace_back(
            [this, own = std::move(handler)](const std::stop_token& stop) { work(own, stop); });
}

Workers::~Workers() {
    for (std::jthread& thread : threads_) thread.request_stop();
}

bool Workers::take(http::Request& request, const http::SendAnswer& send) {
    {
        const std::lock_guard lock{mutex_};
        if (queue_.size() >= most_) return false;
        queue_.push_back({std::move(request), send});
    }
    changed_.notify_one();
    return true;
}

std::size_t Workers::waiting() const {
    const std::lock_guard lock{mutex_};
    return queue_.size();
}

void Workers::work(const Handler& handler, const std::stop_token& stop) {
    for (;;) {
        std::optional<Job> job;
        {
            std::unique_lock lock{mutex_};
            changed_.wait(lock, stop, [this] { return !queue_.empty(); });
            if (queue_.empty()) return;
            job = std::move(queue_.front());
            queue_.pop_front();
        }
        job->send(handler(job->request));
    }
}

}  // namespace bordereau::app::endpoint
