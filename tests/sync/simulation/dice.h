// tests/sync/simulation/dice.h - all chance of a simulated world, from one seed.
#pragma once

#include <cstddef>
#include <cstdint>

#include "storage/base/uuid.h"

namespace bordereau::simulation {

/// Repeatable on every machine: no distribution of the standard library is.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    /// SplitMix64.
    std::uint64_t next() {
        std::uint64_t mixed = state_ += 0x9E3779B97F4A7C15ull;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ull;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBull;
        return mixed ^ (mixed >> 31);
    }
    /// 0 ... sides - 1.
    std::size_t roll(std::size_t sides) { return static_cast<std::size_t>(next() % sides); }
    bool chance(std::size_t percent) { return roll(100) < percent; }
    /// Both ends included.
    std::int64_t between(std::int64_t least, std::int64_t most) {
        return least +
               static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(most - least + 1));
    }
    template <class Container>
    auto& pick(Container& from) {
        return from[roll(from.size())];
    }
    Entropy entropy() { return seeded_entropy(next()); }

private:
    std::uint64_t state_;
};

}  // namespace bordereau::simulation
