// sync/retry.h - how long to wait before trying again. Arithmetic only; waiting is the worker's.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "storage/base/uuid.h"

namespace bordereau::sync {

/// Doubling back-off with full jitter (M. Brooker, "Exponential Backoff and Jitter", AWS 2015):
/// thousands of laptops that lost the endpoint at once do not come back at once.
struct RetryPolicy {
    std::chrono::milliseconds first{2'000};
    std::chrono::milliseconds longest{std::chrono::minutes{15}};
};

class Retry {
public:
    Retry(RetryPolicy policy, Entropy entropy) : policy_(policy), entropy_(std::move(entropy)) {}

    /// The wait after another failure. What the other side asked for is the least; up to a quarter
    /// is added to it, so that those who were told the same do not return together.
    std::chrono::milliseconds after_failure(std::optional<std::chrono::seconds> asked);
    void after_success() { failures_ = 0; }
    int failures() const { return failures_; }

private:
    std::chrono::milliseconds some_of(std::chrono::milliseconds most) const;

    RetryPolicy policy_;
    Entropy entropy_;
    int failures_ = 0;
};

/// The Retry-After header in its form of seconds; a date, or nonsense, gives nothing.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view text);

}  // namespace bordereau::sync
