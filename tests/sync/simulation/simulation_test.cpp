// Many small worlds of laptops, endpoints and sticks, each from a seed.
//   BORDEREAU_SEEDS=100..2000   runs these small worlds (or one: 100)
//   BORDEREAU_TRACE=1           tells every step
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <string>

#include "tests/sync/simulation/run.h"

namespace bordereau::simulation {
namespace {

struct Seeds {
    std::uint64_t first = 1, last = 400;
};

Seeds seeds_asked_for() {
    const char* asked = std::getenv("BORDEREAU_SEEDS");
    if (asked == nullptr) return {};
    const std::string text = asked;
    const std::size_t dots = text.find("..");
    const std::uint64_t first = std::stoull(text.substr(0, dots));
    return {first, dots == text.npos ? first : std::stoull(text.substr(dots + 2))};
}

std::string told(const Plan& plan, const std::string& what) {
    return "seed " + std::to_string(plan.seed) + ", within " +
           std::to_string(shortest_failing(plan).steps) + " steps: " + what +
           "\nto see it: BORDEREAU_TRACE=1 BORDEREAU_SEEDS=" + std::to_string(plan.seed) +
           " bordereau_simulation_tests 'small worlds*'";
}

}  // namespace

TEST_CASE("small worlds come to rest with everything that was promised", "[simulation]") {
    const Seeds seeds = seeds_asked_for();
    for (std::uint64_t seed = seeds.first; seed <= seeds.last; ++seed) {
        const Plan plan = plan_of(seed);
        if (const auto contradiction = run(plan)) FAIL_CHECK(told(plan, *contradiction));
    }
}

}  // namespace bordereau::simulation
