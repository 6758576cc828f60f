// app/shell/resume_watch.h - tells when the machine wakes from sleep, also where no event reaches
// the window. A thread that waits and costs nothing until then.
#pragma once

#include <functional>
#include <thread>

namespace bordereau::shell {

class ResumeWatch {
public:
    /// `wake` is called from a thread after each resume, and also when the clock is set. Where the
    /// system cannot tell, it is never called.
    explicit ResumeWatch(std::function<void()> wake);
    ResumeWatch(const ResumeWatch&) = delete;
    ResumeWatch& operator=(const ResumeWatch&) = delete;
    ~ResumeWatch();

private:
    int timer_ = -1, stop_ = -1;
    std::thread thread_;
};

}  // namespace bordereau::shell
