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

// As every round begins, and then the drafts too, so that all tables can be compared. Of these only
// the former takes in what was refused while a clock was behind.
storage::Sealed seal_at_rest(storage::Journal& journal) {
    const auto finished = need(journal.seal_finished(), "beginning a round at rest");
    const auto drafts = need(journal.seal_all(), "sealing everything at rest");
    return {finished.changesets + drafts.changesets, finished.changes + drafts.changes};
}

// What everybody moved; nothing left to do: 0.
std::int64_t round(World& world) {
    std::int64_t moved = 0;
    for (const auto& laptop : world.laptops) {
        redeem(world, *laptop, true);
        if (laptop->notebook().team() != world.team_of(*laptop).id) continue;
        const auto sealed = seal_at_rest(laptop->notebook().journal());
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
