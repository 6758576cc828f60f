// app/endpoint/workers.h - a fixed number of threads, each with a handler of its own, behind a
// queue that is never longer than it was allowed to be.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <vector>

#include "app/http/listener.h"

namespace bordereau::app::endpoint {

/// Answers one request; used by one thread.
using Handler = std::function<http::Answer(const http::Request&)>;

class Workers {
public:
    /// A thread for each handler. `most` wait.
    Workers(std::vector<Handler> handlers, std::size_t most);
    /// Answers what waits.
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// False: too much waits already; `request` is untouched and `send` will not be called.
    bool take(http::Request& request, const http::SendAnswer& send);
    std::size_t waiting() const;

private:
    struct Job {
        http::Request request;
        http::SendAnswer send;
    };
    void work(const Handler& handler, const std::stop_token& stop);

    std::size_t most_;
    mutable std::mutex mutex_;
    std::condition_variable_any changed_;
    std::deque<Job> queue_;
    std::vector<std::jthread> threads_;  // last: use all of the above
};

}  // namespace bordereau::app::endpoint
