// app/endpoint/rate_limit.h - how often somebody may ask: a bucket of tokens for each, refilled
// steadily. Time is passed in. What it remembers is bounded: who was not seen longest is forgotten.
#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "storage/base/time.h"
#include "storage/base/uuid.h"

namespace bordereau::app::endpoint {

class RateLimit {
public:
    /// A minute's worth may come at once. 0 a minute: no limit.
    explicit RateLimit(std::size_t a_minute, std::size_t most_remembered = 65536)
        : a_minute_(static_cast<double>(a_minute)), most_(most_remembered) {}

    /// Nothing: one was taken. Otherwise how long it takes until there is one.
    std::optional<Millis> take(const std::string& who, Millis now);
    /// What was taken should not count.
    void give_back(const std::string& who);
    std::size_t remembered() const;

private:
    struct Bucket {
        std::string who;
        double tokens;
        Millis at;
    };
    Bucket& bucket_of(const std::string& who, Millis now);

    double a_minute_;
    std::size_t most_;
    mutable std::mutex mutex_;
    std::list<Bucket> buckets_;  // the latest first
    std::unordered_map<std::string, std::list<Bucket>::iterator> by_who_;
};

/// A Retry-After of at least `wait`, and up to half of it more, at least up to two seconds: those
/// who were told the same do not come back together.
std::chrono::seconds retry_after(Millis wait, const Entropy& entropy);

}  // namespace bordereau::app::endpoint
