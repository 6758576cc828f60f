// storage/journal/stamp.h - hybrid logical time: close to the wall clock, never against causality.
// A change made after seeing another always has the greater stamp, whatever the clocks say.
#pragma once

#include <compare>
#include <cstdint>
#include <mutex>

#include "storage/base/ids.h"
#include "storage/base/time.h"

namespace bordereau::storage {

/// 48 bits of milliseconds since 1970, then 16 bits that count within one millisecond.
struct Stamp {
    std::uint64_t bits = 0;

    Millis millis() const { return static_cast<Millis>(bits >> 16); }
    static Stamp at(Millis millis) { return {static_cast<std::uint64_t>(millis) << 16}; }
    auto operator<=>(const Stamp&) const = default;
    bool operator==(const Stamp&) const = default;
};

/// Names one change: stamps of one device never repeat.
struct Version {
    Stamp stamp;
    DeviceId device;
    auto operator<=>(const Version&) const = default;  ///< by stamp, then by device
    bool operator==(const Version&) const = default;
    bool none() const { return stamp.bits == 0; }
};

/// Hands out stamps. Shared by the connections of one process, hence the lock.
/// Rule of S. Kulkarni et al., "Logical Physical Clocks" (2014).
class HybridClock {
public:
    HybridClock(Clock clock, Stamp last) : clock_(std::move(clock)), last_(last) {}

    /// Greater than every stamp given or observed before, and not before the wall clock.
    Stamp next();
    /// Takes note of a stamp made elsewhere.
    void observe(Stamp seen);
    /// The greatest stamp given or observed.
    Stamp last();
    /// Goes on after `last`: what had a greater stamp was dated anew.
    void fall_back(Stamp last);
    Millis now() const { return clock_.now(); }
    const Clock& clock() const { return clock_; }

private:
    Clock clock_;
    std::mutex mutex_;
    Stamp last_;
};

}  // namespace bordereau::storage
