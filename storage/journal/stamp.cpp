#include "storage/journal/stamp.h"

#include <algorithm>

namespace bordereau::storage {

Stamp HybridClock::next() {
    const Stamp wall = Stamp::at(clock_.now());
    const std::lock_guard lock{mutex_};
    last_ = std::max(wall, Stamp{last_.bits + 1});
    return last_;
}

void HybridClock::observe(Stamp seen) {
    const std::lock_guard lock{mutex_};
    last_ = std::max(last_, seen);
}

Stamp HybridClock::last() {
    const std::lock_guard lock{mutex_};
    return last_;
}

void HybridClock::fall_back(Stamp last) {
    const std::lock_guard lock{mutex_};
    last_ = last;
}

}  // namespace bordereau::storage
