// sync/reconnect.h - notices that a network came back, from what the kernel says of addresses and
// routes (rtnetlink(7)). A thread that waits for that and costs nothing until then. On systems
// without rtnetlink nothing is ever told, and the worker's own waits lead to the endpoint.
#pragma once

#include <functional>
#include <thread>

namespace bordereau::sync {

class Reconnect {
public:
    /// `returned` is called from a thread after an address or a route to somewhere else was added;
    /// several of them at once are told once.
    explicit Reconnect(std::function<void()> returned);
    Reconnect(const Reconnect&) = delete;
    Reconnect& operator=(const Reconnect&) = delete;
    ~Reconnect();

private:
    std::function<void()> returned_;
    int news_ = -1;  // the kernel's messages
    int end_ = -1;   // an event: the thread is to end
    std::thread thread_;
};

}  // namespace bordereau::sync
