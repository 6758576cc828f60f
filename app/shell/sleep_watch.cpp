#include "app/shell/sleep_watch.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <systemd/sd-bus.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <utility>

namespace bordereau::shell {
namespace {

// The interface of logind: https://www.freedesktop.org/wiki/Software/systemd/logind and, for the
// lock that delays, https://systemd.io/INHIBITOR_LOCKS.
constexpr const char* kLogind = "org.freedesktop.login1";
constexpr const char* kPath = "/org/freedesktop/login1";
constexpr const char* kLogindManager = "org.freedesktop.login1.Manager";
constexpr const char* kSession = "org.freedesktop.login1.Session";

struct CloseBus {
    void operator()(sd_bus* bus) const { sd_bus_flush_close_unref(bus); }
};
using Bus = std::unique_ptr<sd_bus, CloseBus>;

Bus open_bus(const std::string& address) {
    sd_bus* opened = nullptr;
    if (address.empty()) {
        if (sd_bus_open_system(&opened) < 0) return {};
        return Bus{opened};
    }
    if (sd_bus_new(&opened) < 0) return {};
    Bus bus{opened};
    const bool started = sd_bus_set_address(opened, address.c_str()) >= 0 &&
                         sd_bus_set_bus_client(opened, 1) >= 0 && sd_bus_start(opened) >= 0;
    return started ? std::move(bus) : Bus{};
}

// What is asked of logind and what it answers. Lives in the thread; nothing here waits.
class Listener {
public:
    Listener(Bus bus, std::function<void()> alarm)
        : bus_(std::move(bus)), alarm_(std::move(alarm)) {}
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener() { release(); }

    void begin() {
        sd_bus_match_signal_async(bus_.get(), nullptr, kLogind, kPath, kLogindManager,
                                  "PrepareForSleep", on_sleep, nullptr, this);
        find_session();
    }

    // Works off what has arrived. False: the bus is gone.
    bool turn() {
        int worked = 1;
        while (worked > 0) worked = sd_bus_process(bus_.get(), nullptr);
        return worked == 0;
    }

    void release() {
        if (held_ >= 0) ::close(std::exchange(held_, -1));
    }

    sd_bus* bus() const { return bus_.get(); }

private:
    // The lock that delays sleep: it lasts as long as the descriptor is open.
    void hold() {
        if (held_ >= 0) return;
        sd_bus_call_method_async(bus_.get(), nullptr, kLogind, kPath, kLogindManager, "Inhibit",
                                 on_held, this, "ssss", "sleep", "Bordereau",
                                 "The notebook is being locked", "delay");
    }

    // A program that a desktop starts may belong to no session of its own: then its environment
    // names one.
    void find_session() {
        const char* id = std::getenv("XDG_SESSION_ID");
        if (id != nullptr)
            sd_bus_call_method_async(bus_.get(), nullptr, kLogind, kPath, kLogindManager,
                                     "GetSession", on_session, this, "s", id);
        else
            sd_bus_call_method_async(bus_.get(), nullptr, kLogind, kPath, kLogindManager,
                                     "GetSessionByPID", on_session, this, "u",
                                     static_cast<std::uint32_t>(::getpid()));
    }

    static Listener& of(void* self) { return *static_cast<Listener*>(self); }

    static int on_held(sd_bus_message* answer, void* self, sd_bus_error*) {
        int lent = -1;
        if (sd_bus_message_read(answer, "h", &lent) < 0) return 0;
        of(self).release();
        of(self).held_ = ::fcntl(lent, F_DUPFD_CLOEXEC, 3);
        return 0;
    }
    static int on_session(sd_bus_message* answer, void* self, sd_bus_error*) {
        const char* path = nullptr;
        if (sd_bus_message_read(answer, "o", &path) >= 0)
            sd_bus_match_signal_async(of(self).bus(), nullptr, kLogind, path, kSession, "Lock",
                                      on_lock, nullptr, self);
        of(self).hold();  // when all is listened to
        return 0;
    }
    static int on_lock(sd_bus_message*, void* self, sd_bus_error*) {
        of(self).alarm_();
        return 0;
    }
    static int on_sleep(sd_bus_message* told, void* self, sd_bus_error*) {
        int begins = 0;
        if (sd_bus_message_read(told, "b", &begins) < 0) return 0;
        if (begins != 0)
            of(self).alarm_();
        else
            of(self).hold();
        return 0;
    }

    Bus bus_;
    std::function<void()> alarm_;
    int held_ = -1;
};

int patience(sd_bus* bus) {
    std::uint64_t until = 0;
    if (sd_bus_get_timeout(bus, &until) < 0 || until == UINT64_MAX) return -1;
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    const auto present = static_cast<std::uint64_t>(now.tv_sec) * 1'000'000 +
                         static_cast<std::uint64_t>(now.tv_nsec) / 1000;
    return until <= present
               ? 0
               : static_cast<int>(std::min<std::uint64_t>((until - present) / 1000 + 1, 60'000));
}

void listen(Listener& listener, int answer, const std::atomic<bool>& ending) {
    listener.begin();
    while (listener.turn()) {
        const int events = sd_bus_get_events(listener.bus());
        std::array<pollfd, 2> both{
            {{sd_bus_get_fd(listener.bus()), static_cast<short>(events), 0}, {answer, POLLIN, 0}}};
        if (events < 0) return;
        if (::poll(both.data(), both.size(), patience(listener.bus())) < 0 && errno != EINTR)
            return;
        if ((both[1].revents & POLLIN) == 0) continue;
        if (ending) return;
        std::uint64_t times = 0;
        (void)!::read(answer, &times, sizeof times);
        listener.release();
    }
}

void ring(int event) {
    const std::uint64_t one = 1;
    if (event >= 0) (void)!::write(event, &one, sizeof one);
}

}  // namespace

SleepWatch::SleepWatch(std::function<void()> wake, std::string bus)
    : wake_(std::move(wake)), answer_(::eventfd(0, EFD_CLOEXEC)) {
    if (answer_ < 0) return;
    thread_ = std::thread{[this, address = std::move(bus)] {
        Bus opened = open_bus(address);
        if (!opened) return;
        Listener listener{std::move(opened), [this] {
                              alarm_ = true;
                              wake_();
                          }};
        listen(listener, answer_, ending_);
    }};
}

SleepWatch::~SleepWatch() {
    ending_ = true;
    ring(answer_);
    if (thread_.joinable()) thread_.join();
    if (answer_ >= 0) ::close(answer_);
}

void SleepWatch::let_sleep() {
    ring(answer_);
}

}  // namespace bordereau::shell
