// tests/bench/timing.h - how long work takes: processor time of this thread, the best of several
// rounds, so that other work on the machine counts as little as may be. And how much heap is in
// use.
#pragma once

#include <malloc.h>
#include <time.h>

#include <algorithm>
#include <cstddef>
#include <limits>

namespace bordereau::bench {

inline double busy_ms() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

/// Milliseconds of one run.
template <class Work>
double once_ms(Work&& work) {
    const double start = busy_ms();
    work();
    return busy_ms() - start;
}

/// Milliseconds of the quickest run; `prepare` is called before each one and not counted.
template <class Prepare, class Work>
double best_ms(int rounds, Prepare&& prepare, Work&& work) {
    double best = std::numeric_limits<double>::max();
    for (int round = 0; round < rounds; ++round) {
        prepare();
        best = std::min(best, once_ms(work));
    }
    return best;
}

template <class Work>
double best_ms(int rounds, Work&& work) {
    return best_ms(
        rounds, [] {}, work);
}

/// Bytes that are allocated and not yet freed.
inline std::size_t heap_bytes() {
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

}  // namespace bordereau::bench
