// tests/bench/measure.h - what every program that measures needs: results or the end, and times.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <utility>
#include <vector>

#include "storage/base/result.h"

namespace bordereau::bench {

/// Says why and ends the program where there is no result: a figure of a failure means nothing.
template <class T>
T want(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "bench: %s\n", result.error().detail.c_str());
        std::exit(1);
    }
    return *std::move(result);
}

template <class Work>
double millis(const Work& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    const auto end = std::chrono::steady_clock::now();
    return std::chrono::duration<double, std::milli>(end - begin).count();
}

/// Processor time, where no disk is waited for: other work on the machine does not count.
template <class Work>
double busy_millis(const Work& work) {
    const std::clock_t begin = std::clock();
    work();
    return static_cast<double>(std::clock() - begin) * 1e3 / CLOCKS_PER_SEC;
}

/// `share` from 0, the least, to 1, the most.
inline double percentile(std::vector<double> times, double share) {
    std::ranges::sort(times);
    return times[static_cast<std::size_t>(share * static_cast<double>(times.size() - 1))];
}

}  // namespace bordereau::bench
