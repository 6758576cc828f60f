// app/http/byte_budget.h - how many bytes of bodies all connections together may hold.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>

namespace bordereau::app::http {

/// The last quarter is for the beginnings of bodies: a few clients with large ones, however slow,
/// leave room for the many with small ones. From any thread.
class ByteBudget {
public:
    static constexpr std::size_t kBeginning = std::size_t{64} << 10;

    explicit ByteBudget(std::size_t bytes) : bytes_(bytes) {}

    /// Takes `more` for a body that holds `held` already. False: nothing was taken.
    bool take(std::size_t held, std::size_t more) {
        const std::size_t most = held + more <= kBeginning ? bytes_ : bytes_ - bytes_ / 4;
        std::size_t taken = taken_.load();
        do
            if (taken + more > most) return false;
        while (!taken_.compare_exchange_weak(taken, taken + more));
        return true;
    }
    /// Counts bytes that are there already, an answer's: what comes later is refused instead.
    void add(std::size_t bytes) { taken_ += bytes; }
    void give_back(std::size_t bytes) { taken_ -= bytes; }
    std::size_t taken() const { return taken_; }

private:
    std::size_t bytes_;
    std::atomic<std::size_t> taken_ = 0;
};

}  // namespace bordereau::app::http
