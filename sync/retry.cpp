#include "sync/retry.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

namespace bordereau::sync {
namespace {

constexpr std::chrono::seconds kLongestAsked{std::chrono::hours{24}};
constexpr int kMostDoublings = 30;

}  // namespace

std::chrono::milliseconds Retry::some_of(std::chrono::milliseconds most) const {
    std::array<std::uint8_t, 4> random{};
    entropy_(random);
    std::uint64_t drawn = 0;
    for (const std::uint8_t byte : random) drawn = (drawn << 8) | byte;
    const auto steps = static_cast<std::uint64_t>(most.count()) + 1;
    return std::chrono::milliseconds{static_cast<std::int64_t>((drawn * steps) >> 32)};
}

std::chrono::milliseconds Retry::after_failure(std::optional<std::chrono::seconds> asked) {
    const int doublings = std::min(failures_, kMostDoublings);
    const auto most = std::min(policy_.first * (std::int64_t{1} << doublings), policy_.longest);
    ++failures_;
    if (!asked) return some_of(most);
    const std::chrono::milliseconds least = std::min(*asked, kLongestAsked);
    return least + some_of(std::max(least / 4, policy_.first));
}

std::optional<std::chrono::seconds> parse_retry_after(std::string_view text) {
    std::uint32_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return std::chrono::seconds{seconds};
}

}  // namespace bordereau::sync
