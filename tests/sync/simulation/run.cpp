#include "tests/sync/simulation/run.h"

#include "tests/sync/simulation/checks.h"
#include "tests/sync/simulation/contradiction.h"
#include "tests/sync/simulation/members.h"
#include "tests/sync/simulation/settle.h"
#include "tests/sync/simulation/sticks.h"
#include "tests/sync/simulation/travel.h"
#include "tests/sync/simulation/trouble.h"
#include "tests/sync/simulation/work.h"

namespace bordereau::simulation {
namespace {

constexpr Millis kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute;

void pass_time(World& world) {
    const std::size_t dice = world.dice.roll(100);
    if (dice < 92) *world.time += world.dice.between(1, 20 * kSecond);
    if (dice >= 92 && dice < 98) *world.time += world.dice.between(1, 15 * kMinute);
    if (dice >= 98) *world.time += world.dice.between(1, 30 * kHour);
}

void at_laptop(World& world, Laptop& laptop) {
    if (!laptop.invitation.empty() && world.dice.chance(70)) return redeem(world, laptop, false);
    if (world.plan.flaw == Flaw::laptop_forgets) laptop.before_latest = laptop.image();
    const bool asks = has_joined(world, laptop) ? world.dice.chance(50) : world.dice.chance(5);
    asks ? ask(world, laptop) : work(world, laptop);
}

void take_step(World& world) {
    pass_time(world);
    const Plan& plan = world.plan;
    if (world.dice.chance(8)) return trouble(world);
    if (plan.members && world.dice.chance(6))
        return change_member(world, *world.dice.pick(world.laptops));
    if (plan.sticks && world.dice.chance(10)) return use_stick(world);
    if ((plan.bad_network || plan.damage) && world.dice.chance(8)) return disturb(world);
    if (!world.under_way.empty() && world.dice.chance(55)) return deliver(world);
    const auto awake = world.awake();
    if (!awake.empty()) at_laptop(world, *world.laptops[awake[world.dice.roll(awake.size())]]);
}

void live(World& world) {
    for (; world.step < world.plan.steps; ++world.step) take_step(world);
    world.tell("everything works again");
    end_trouble(world);
    settle(world);
    check_at_rest(world);
}

}  // namespace

std::optional<std::string> run(const Plan& plan) {
    try {
        World world{plan};
        live(world);
    } catch (const Contradiction& contradiction) {
        return contradiction.text;
    }
    return std::nullopt;
}

Plan shortest_failing(Plan plan) {
    const std::size_t most = plan.steps;
    for (plan.steps = 0; plan.steps < most; ++plan.steps)
        if (run(plan)) break;
    return plan;
}

}  // namespace bordereau::simulation
