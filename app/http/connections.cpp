#include "app/http/connections.h"

#include <sys/socket.h>

#include <algorithm>
#include <utility>

namespace bordereau::app::http {
namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

Connections::One* Connections::add(int socket, std::string peer) {
    const std::lock_guard lock{mutex_};
    const Instant now = Clock::now();
    return &all_.emplace_back(socket, std::move(peer), now + patience_.head, now);
}

void Connections::remove(One* one) {
    const std::lock_guard lock{mutex_};
    std::erase_if(all_, [one](const One& other) { return &other == one; });
}

void Connections::begin_body(One& one) {
    const std::lock_guard lock{mutex_};
    one.busy_since = Clock::now();
    one.until = at_slowest(one.busy_since, 0);
}

void Connections::body_came(One& one, std::size_t bytes_so_far) {
    const std::lock_guard lock{mutex_};
    one.until = at_slowest(one.busy_since, bytes_so_far);
}

void Connections::at_work(One& one) {
    set_until(one, Instant::max());
}

void Connections::begin_answer(One& one, std::size_t bytes) {
    set_until(one, at_slowest(Clock::now(), bytes));
}

void Connections::idle(One& one) {
    const std::lock_guard lock{mutex_};
    one.until =
        Clock::now() + (all_.size() > most_ / 2 ? patience_.idle_when_many : patience_.idle);
}

void Connections::cut_overdue(Instant now) {
    const std::lock_guard lock{mutex_};
    for (One& one : all_)
        if (one.until <= now) cut(one);
}

std::size_t Connections::open() const {
    const std::lock_guard lock{mutex_};
    return all_.size();
}

std::uint64_t Connections::cut() const {
    const std::lock_guard lock{mutex_};
    return cut_;
}

void Connections::set_until(One& one, Instant until) {
    const std::lock_guard lock{mutex_};
    one.until = until;
}

Connections::Instant Connections::at_slowest(Instant since, std::size_t bytes) const {
    return since + patience_.beginning +
           std::chrono::seconds{static_cast<std::int64_t>(bytes / patience_.slowest)};
}

// The listener notices, and closes it: the number cannot be another connection's until then.
void Connections::cut(One& one) {
    if (std::exchange(one.cut, true)) return;
    shutdown(one.socket, SHUT_RDWR);
    ++cut_;
}

}  // namespace bordereau::app::http
