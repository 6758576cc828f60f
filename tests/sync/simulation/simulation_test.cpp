// Many small worlds of laptops, endpoints and sticks, each from a seed.
//   BORDEREAU_SEEDS=100..2000   runs these small worlds (or one: 100)
//   BORDEREAU_TRACE=1           tells every step
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cstdlib>
#include <string>

#include "tests/sync/simulation/run.h"

namespace bordereau::simulation {
namespace {

constexpr std::uint64_t kWorldsToFindAFlaw = 200;

struct Seeds {
    std::uint64_t first = 1, last = 200;
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

TEST_CASE("a large world comes to rest as well", "[simulation]") {
    const Plan plan = large_plan_of(seeds_asked_for().first);
    const auto contradiction = run(plan);
    INFO("large world " << plan.seed << ": " << contradiction.value_or(""));
    CHECK_FALSE(contradiction.has_value());
}

TEST_CASE("what is built wrong on purpose is found within a few worlds", "[simulation]") {
    const Flaw flaw = GENERATE(Flaw::endpoint_forgets, Flaw::laptop_forgets, Flaw::peer_tells_all);
    CAPTURE(static_cast<int>(flaw));
    std::uint64_t seed = 1;
    for (; seed <= kWorldsToFindAFlaw; ++seed) {
        Plan plan = plan_of(seed);
        plan.flaw = flaw;
        if (flaw == Flaw::peer_tells_all) {
            plan.direct = true;
            plan.laptops = 5;
            plan.steps = 120;
        }
        if (run(plan)) break;
    }
    CHECK(seed <= kWorldsToFindAFlaw);
}

}  // namespace bordereau::simulation
