#include "tests/sync/simulation/trouble.h"

#include <algorithm>
#include <array>
#include <vector>

#include "storage/journal/log.h"
#include "tests/sync/simulation/contradiction.h"
#include "tests/sync/simulation/members.h"

namespace bordereau::simulation {
namespace {

constexpr Millis kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;
constexpr std::size_t kMostLaptops = 60;

Laptop& any_laptop(World& world) {
    return *world.laptops[world.dice.roll(world.laptops.size())];
}

void lose_power(World& world) {
    Laptop& laptop = any_laptop(world);
    if (laptop.on()) {
        world.tell(laptop.name() + " loses power");
        laptop.switch_off();
    }
    if (world.dice.chance(50)) laptop.switch_on(world.dice);
}

void move_clock(World& world) {
    constexpr std::array<Millis, 9> kJumps{0,         40 * kSecond, 9 * kMinute, 30 * kMinute,
                                           5 * kHour, 23 * kHour,   3 * kDay,    40 * kDay,
                                           400 * kDay};
    Millis drift = world.dice.pick(kJumps);
    if (world.dice.chance(50)) drift = -drift;
    world.most_ahead = std::max(world.most_ahead, drift);
    if (world.dice.chance(15) && !world.endpoints.empty()) {
        // People look after an endpoint: its clock is off by minutes.
        world.dice.pick(world.endpoints)->set_drift(std::clamp(drift, -kHour, kHour));
        return;
    }
    Laptop& laptop = any_laptop(world);
    world.tell(laptop.name() + " has its clock off by " + std::to_string(drift / kMinute) + " min");
    laptop.set_drift(drift);
}

bool keeps_team_key(World& world, const Laptop& laptop) {
    const Team& team = world.team_of(laptop);
    return team.founder && world.laptops[*team.founder].get() == &laptop;
}

void copy_disk(World& world) {
    Laptop& laptop = any_laptop(world);
    if (world.laptops.size() >= kMostLaptops || keeps_team_key(world, laptop)) return;
    if (!laptop.on() || !has_joined(world, laptop)) return;
    const std::string name = laptop.name() + "-copy-" + std::to_string(world.laptops.size());
    world.tell("the disk of " + laptop.name() + " is copied: " + name);
    world.copied.insert(laptop.notebook().device());
    world.laptops.push_back(std::make_unique<Laptop>(Laptop::copy_of(laptop, name, world.dice)));
}

void back_up(World& world) {
    Laptop& laptop = any_laptop(world);
    world.tell(laptop.name() + " is backed up");
    world.backups.push_back({world.place_of(laptop), laptop.image(), laptop.promises});
}

void restore(World& world) {
    if (world.backups.empty() || world.laptops.size() >= kMostLaptops) return;
    const Backup& backup = world.dice.pick(world.backups);
    const Laptop& of = *world.laptops[backup.of];
    if (keeps_team_key(world, of)) return;
    const std::string name = of.name() + "-restored-" + std::to_string(world.laptops.size());
    world.tell("a backup is restored: " + name);
    world.laptops.push_back(
        std::make_unique<Laptop>(Laptop::restored(of, backup.image, name, world.dice)));
    world.laptops.back()->promises = backup.promises;
    invite(world, *world.laptops.back());
}

void fill_disk(World& world) {
    Laptop& laptop = any_laptop(world);
    if (!laptop.on()) return;
    world.tell(laptop.name() + " has a full disk");
    need(laptop.notebook().database().run("PRAGMA max_page_count = 1"), "filling a disk");
    laptop.disk_full = true;
}

void empty_disk(World& world) {
    for (const auto& laptop : world.laptops)
        if (laptop->on() && laptop->disk_full) {
            laptop->switch_off();
            laptop->switch_on(world.dice);
        }
}

void trouble_endpoint(World& world) {
    if (world.endpoints.empty()) return;
    Endpoint& endpoint = *world.dice.pick(world.endpoints);
    world.tell(endpoint.name() + " restarts");
    switch (world.dice.roll(4)) {
        case 0: return endpoint.restart_full(world.dice);
        case 1: return endpoint.restart_failing(world.dice);
        default: return endpoint.restart(world.dice);
    }
}

// The flaw, not a trouble: a disk that forgot what it had said was on it.
void forget(World& world) {
    Laptop& laptop = any_laptop(world);
    if (!laptop.on() || laptop.promises.empty()) return;
    if (laptop.before_latest.empty()) return;
    laptop.fall_back_to(laptop.before_latest);
    laptop.switch_on(world.dice);
}

}  // namespace

void trouble(World& world) {
    using Kind = void (*)(World&);
    const Plan& plan = world.plan;
    std::vector<Kind> kinds;
    if (plan.crashes) kinds.insert(kinds.end(), {lose_power, lose_power, lose_power});
    if (plan.clocks) kinds.insert(kinds.end(), {move_clock, move_clock});
    if (plan.copies) kinds.push_back(copy_disk);
    if (plan.restores) kinds.insert(kinds.end(), {back_up, restore});
    if (plan.endpoint_trouble) kinds.push_back(trouble_endpoint);
    if (plan.full_disks) kinds.insert(kinds.end(), {fill_disk, empty_disk});
    if (plan.flaw == Flaw::laptop_forgets) kinds.push_back(forget);
    if (!kinds.empty()) world.dice.pick(kinds)(world);
}

void end_trouble(World& world) {
    world.under_way.clear();
    *world.time += world.most_ahead + 3 * storage::kMostAhead;
    for (const auto& endpoint : world.endpoints) {
        endpoint->set_drift(0);
        if (endpoint->ailing()) endpoint->restart(world.dice);
    }
    for (const auto& laptop : world.laptops) {
        laptop->set_drift(0);
        if (laptop->disk_full) laptop->switch_off();
        if (!laptop->on()) laptop->switch_on(world.dice);
    }
    world.plan.flaw = Flaw::none;
    world.plan.bad_network = world.plan.damage = false;
}

}  // namespace bordereau::simulation
