#include "tests/sync/simulation/settle.h"

#include "tests/sync/simulation/contradiction.h"
#include "tests/sync/simulation/members.h"
#include "tests/sync/simulation/travel.h"

namespace bordereau::simulation {
namespace {

constexpr int kMostRounds = 8;

std::optional<Place> meeting_place(World& world, const Laptop& laptop) {
    const Team& team = world.team_of(laptop);
    if (team.endpoint) return Place{Place::Kind::endpoint, *team.endpoint};
    if (world.laptops[*team.founder].get() == &laptop) return std::nullopt;
    return Place{Place::Kind::laptop, *team.founder};
}

// What everybody moved; nothing left to do: 0.
std::int64_t round(World& world) {
    std::int64_t moved = 0;
    for (const auto& laptop : world.laptops) {
        redeem(world, *laptop, true);
        if (laptop->notebook().team() != world.team_of(*laptop).id) continue;
        const auto sealed =
            need(laptop->notebook().journal().seal_all(), "sealing everything at rest");
        const auto with = meeting_place(world, *laptop);
        const auto exchanged = with ? exchange_now(world, *laptop, *with) : std::nullopt;
        world.tell(laptop->name() + " moves " + std::to_string(exchanged.value_or(-1)));
        moved += sealed.changesets + exchanged.value_or(0);
    }
    return moved;
}

}  // namespace

void settle(World& world) {
    for (int rounds = 0; round(world) != 0; ++rounds)
        insist(rounds < kMostRounds, "the world does not come to rest");
}

}  // namespace bordereau::simulation
