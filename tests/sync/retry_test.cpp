#include "sync/retry.h"

#include <catch2/catch_test_macros.hpp>
#include <set>

namespace bordereau::sync {

using namespace std::chrono_literals;

TEST_CASE("waits grow with each failure, up to a limit, and start anew after a success", "[sync]") {
    // All bits set: the longest wait that the dice can give.
    const Entropy longest = [](std::span<std::uint8_t> out) {
        for (std::uint8_t& byte : out) byte = 0xFF;
    };
    Retry retry{{2s, 15min}, longest};
    CHECK(retry.after_failure({}) == 2s);
    CHECK(retry.after_failure({}) == 4s);
    CHECK(retry.after_failure({}) == 8s);
    for (int i = 0; i < 100; ++i) CHECK(retry.after_failure({}) <= 15min);
    CHECK(retry.after_failure({}) == 15min);
    retry.after_success();
    CHECK(retry.after_failure({}) == 2s);
}

TEST_CASE("laptops that fail together do not come back together", "[sync]") {
    std::set<std::chrono::milliseconds> waits;
    for (std::uint64_t laptop = 1; laptop <= 50; ++laptop)
        waits.insert(Retry{{60s, 15min}, seeded_entropy(laptop)}.after_failure({}));
    CHECK(waits.size() > 45);
}

TEST_CASE("what the other side asks for is waited for, and a little longer", "[sync]") {
    Retry retry{{2s, 15min}, seeded_entropy(1)};
    for (int i = 0; i < 20; ++i) {
        const auto wait = retry.after_failure(3600s);
        CHECK(wait >= 3600s);
        CHECK(wait <= 4500s);
    }
    CHECK(retry.after_failure(std::chrono::hours{100'000}) <= std::chrono::hours{30});
}

TEST_CASE("Retry-After is read as seconds, anything else is left aside", "[sync]") {
    CHECK(parse_retry_after("120") == 120s);
    CHECK(parse_retry_after("0") == 0s);
    CHECK(parse_retry_after("-1") == std::nullopt);
    CHECK(parse_retry_after("soon") == std::nullopt);
    CHECK(parse_retry_after("12 ") == std::nullopt);
    CHECK(parse_retry_after("Wed, 21 Oct 2026 07:28:00 GMT") == std::nullopt);
    CHECK(parse_retry_after("99999999999999999999") == std::nullopt);
}

}  // namespace bordereau::sync
