#include "app/shell/resume_watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <array>
#include <cstdint>

namespace bordereau::shell {
namespace {

// A timer that is never reached. Linux cancels it when real time jumps, which is what a resume is.
bool arm(int timer) {
    itimerspec far{};
    far.it_value.tv_sec = INT64_MAX / 4'000'000'000;
    return ::timerfd_settime(timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &far, nullptr) ==
           0;
}

void watch(int timer, int stop, const std::function<void()>& wake) {
    std::array<pollfd, 2> both{{{timer, POLLIN, 0}, {stop, POLLIN, 0}}};
    while (::poll(both.data(), both.size(), -1) >= 0 && (both[1].revents & POLLIN) == 0) {
        std::uint64_t times = 0;
        (void)!::read(timer, &times, sizeof times);
        wake();
        if (!arm(timer)) return;
    }
}

}  // namespace

ResumeWatch::ResumeWatch(std::function<void()> wake)
    : timer_(::timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC)),
      stop_(::eventfd(0, EFD_CLOEXEC)) {
    if (timer_ < 0 || stop_ < 0 || !arm(timer_)) return;
    thread_ = std::thread{
        [timer = timer_, stop = stop_, wake = std::move(wake)] { watch(timer, stop, wake); }};
}

ResumeWatch::~ResumeWatch() {
    const std::uint64_t one = 1;
    if (stop_ >= 0) (void)!::write(stop_, &one, sizeof one);
    if (thread_.joinable()) thread_.join();
    for (const int descriptor : {timer_, stop_})
        if (descriptor >= 0) ::close(descriptor);
}

}  // namespace bordereau::shell
