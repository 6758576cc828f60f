#include "tests/sync/simulation/world.h"

#include <cstdlib>
#include <iostream>
#include <system_error>

#include "storage/base/time.h"
#include "tests/sync/simulation/contradiction.h"
#include "tests/sync/simulation/members.h"

namespace bordereau::simulation {
namespace {

constexpr Millis kBeginning = 1'772'900'000'000;

void found_endpoint(World& world, std::size_t number) {
    world.endpoints.push_back(
        std::make_unique<Endpoint>("endpoint-" + std::to_string(number), world.time, world.dice));
    for (std::size_t teams = 1 + world.dice.roll(2); teams > 0; --teams) {
        const std::string name = "Team " + std::to_string(world.teams.size());
        const TeamId id = need(world.endpoints.back()->store().found_team(name), "founding a team");
        world.teams.push_back({id, name, number, std::nullopt});
    }
}

Laptop& add_laptop(World& world) {
    const std::string name = "laptop-" + std::to_string(world.laptops.size());
    world.laptops.push_back(std::make_unique<Laptop>(name, world.time, world.dice));
    return *world.laptops.back();
}

void found_on_laptop(World& world) {
    Laptop& founder = add_laptop(world);
    founder.team = world.teams.size();
    world.teams.push_back({founder.notebook().team(), "Team of " + founder.name(), std::nullopt,
                           world.laptops.size() - 1});
}

}  // namespace

World::World(const Plan& of)
    : plan(of),
      dice(of.seed),
      time(std::make_shared<Millis>(kBeginning)),
      tracing(std::getenv("BORDEREAU_TRACE") != nullptr) {
    for (std::size_t i = 0; i < plan.endpoints; ++i) found_endpoint(*this, i);
    for (std::size_t i = 0; i < plan.founders; ++i) found_on_laptop(*this);
    while (laptops.size() < plan.laptops) {
        Laptop& laptop = add_laptop(*this);
        laptop.team = dice.roll(teams.size());
        invite(*this, laptop);
        if (dice.chance(70)) redeem(*this, laptop, true);
    }
}

World::~World() {
    std::error_code ignored;
    if (!sticks.empty()) std::filesystem::remove_all(sticks, ignored);
}

void World::tell(std::string_view what) {
    if (tracing) std::cout << step << " " << to_iso(*time, 0) << " " << what << '\n';
}

std::vector<std::size_t> World::awake() const {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < laptops.size(); ++i)
        if (laptops[i]->on()) found.push_back(i);
    return found;
}

std::size_t World::place_of(const Laptop& laptop) const {
    for (std::size_t i = 0; i < laptops.size(); ++i)
        if (laptops[i].get() == &laptop) return i;
    throw Contradiction{"a laptop that is nowhere"};
}

}  // namespace bordereau::simulation
