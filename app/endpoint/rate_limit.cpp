#include "app/endpoint/rate_limit.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace bordereau::app::endpoint {
namespace {

constexpr double kMillisInMinute = 60'000;

}  // namespace

std::optional<Millis> RateLimit::take(const std::string& who, Millis now) {
    if (a_minute_ == 0) return std::nullopt;
    const std::lock_guard lock{mutex_};
    Bucket& bucket = bucket_of(who, now);
    const auto passed = static_cast<double>(std::max<Millis>(now - bucket.at, 0));
    bucket.tokens = std::min(a_minute_, bucket.tokens + passed * a_minute_ / kMillisInMinute);
    bucket.at = now;
    if (bucket.tokens < 1)
        return static_cast<Millis>(std::ceil((1 - bucket.tokens) * kMillisInMinute / a_minute_));
    bucket.tokens -= 1;
    return std::nullopt;
}

void RateLimit::give_back(const std::string& who) {
    const std::lock_guard lock{mutex_};
    const auto known = by_who_.find(who);
    if (known == by_who_.end()) return;
    known->second->tokens = std::min(a_minute_, known->second->tokens + 1);
}

std::size_t RateLimit::remembered() const {
    const std::lock_guard lock{mutex_};
    return buckets_.size();
}

RateLimit::Bucket& RateLimit::bucket_of(const std::string& who, Millis now) {
    if (const auto known = by_who_.find(who); known != by_who_.end()) {
        buckets_.splice(buckets_.begin(), buckets_, known->second);
        return buckets_.front();
    }
    if (buckets_.size() >= most_) {
        by_who_.erase(buckets_.back().who);
        buckets_.pop_back();
    }
    buckets_.push_front({who, a_minute_, now});
    by_who_.emplace(who, buckets_.begin());
    return buckets_.front();
}

std::chrono::seconds retry_after(Millis wait, const Entropy& entropy) {
    std::uint8_t dice = 0;
    entropy({&dice, 1});
    const auto most = std::max<Millis>(wait / 2, 2'000);
    const Millis jittered = wait + most * dice / 255;
    return std::chrono::seconds{(jittered + 999) / 1000};
}

}  // namespace bordereau::app::endpoint
