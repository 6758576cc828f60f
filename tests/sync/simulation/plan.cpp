#include "tests/sync/simulation/plan.h"

#include "tests/sync/simulation/dice.h"

namespace bordereau::simulation {
namespace {

constexpr std::uint64_t kPlans = 0x706c616e73ull;  // apart from what happens later

Plan with_trouble(Plan plan, Dice& dice) {
    plan.bad_network = dice.chance(70);
    plan.damage = dice.chance(30);
    plan.crashes = dice.chance(60);
    plan.clocks = dice.chance(30);
    plan.direct = dice.chance(50);
    plan.sticks = dice.chance(20);
    plan.copies = dice.chance(20);
    plan.restores = dice.chance(20);
    plan.members = dice.chance(40);
    plan.endpoint_trouble = dice.chance(25);
    plan.full_disks = dice.chance(15);
    return plan;
}

}  // namespace

Plan plan_of(std::uint64_t seed) {
    Dice dice{seed ^ kPlans};
    Plan plan;
    plan.seed = seed;
    plan.endpoints = dice.chance(80) ? 1 : dice.roll(3);
    plan.founders = plan.endpoints == 0 || dice.chance(20) ? 1 : 0;
    plan.laptops = 2 + dice.roll(4);
    plan.steps = 30 + dice.roll(70);
    return with_trouble(plan, dice);
}

Plan large_plan_of(std::uint64_t seed) {
    Dice dice{seed ^ kPlans};
    Plan plan;
    plan.seed = seed;
    plan.endpoints = 1 + dice.roll(2);
    plan.founders = dice.roll(2);
    plan.laptops = 20 + dice.roll(31);
    plan.steps = plan.laptops * 10;
    return with_trouble(plan, dice);
}

}  // namespace bordereau::simulation
