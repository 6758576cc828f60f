// tests/sync/simulation/world.h - everything there is in a simulated world. The steps are functions
// over it: work.h, travel.h, members.h, trouble.h, sticks.h; then settle.h and checks.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/sync/simulation/dice.h"
#include "tests/sync/simulation/endpoint.h"
#include "tests/sync/simulation/laptop.h"
#include "tests/sync/simulation/plan.h"

namespace bordereau::simulation {

struct Team {
    TeamId id;
    std::string name;
    std::optional<std::size_t> endpoint;  ///< that keeps its key
    std::optional<std::size_t> founder;   ///< the laptop that does
};

/// A message on its way: a request, or a reply with the request that it belongs to.
struct Post {
    std::size_t from = 0;  ///< the laptop that asks
    Place to;
    std::uint64_t session = 0;
    std::string request;   ///< as it was sent
    std::string arriving;  ///< and as it arrives
    std::optional<std::string> reply;
};

/// What a laptop held when it was backed up.
struct Backup {
    std::size_t of = 0;
    std::string image;
    std::vector<Promise> promises;
};

struct World {
    explicit World(const Plan& of);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    /// One line of the trace.
    void tell(std::string_view what);
    Team& team_of(const Laptop& laptop) { return teams[laptop.team]; }
    /// Laptops that are on.
    std::vector<std::size_t> awake() const;
    std::size_t place_of(const Laptop& laptop) const;

    Plan plan;
    Dice dice;
    std::shared_ptr<Millis> time;
    std::size_t step = 0;
    bool tracing = false;
    std::vector<std::unique_ptr<Endpoint>> endpoints;
    std::vector<std::unique_ptr<Laptop>> laptops;
    std::vector<Team> teams;
    std::vector<Post> under_way;
    std::vector<Backup> backups;
    std::filesystem::path sticks;  ///< a folder for each; empty: there are none
    std::uint64_t sessions = 0;
    std::uint64_t values = 0;    ///< answers given: each is another one
    Millis most_ahead = 0;       ///< of any clock, ever
    std::set<DeviceId> copied;   ///< of which there are two disks
    std::set<DeviceId> revoked;  ///< at some time
};

}  // namespace bordereau::simulation
