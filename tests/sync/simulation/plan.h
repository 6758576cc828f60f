// tests/sync/simulation/plan.h - what a seed decides before a world begins: how many take part, and
// which kinds of trouble they have. Not every world has all of them: what one kind hides another
// shows.
#pragma once

#include <cstddef>
#include <cstdint>

namespace bordereau::simulation {

/// Something built wrong on purpose, to show that the checks would see it.
enum class Flaw {
    none,
    endpoint_forgets,  ///< acknowledges before it stores, and then loses power
    laptop_forgets,    ///< says "saved" before it is, and then loses power
    peer_tells_all     ///< a laptop gives another one whatever it holds
};

struct Plan {
    std::uint64_t seed = 0;
    std::size_t endpoints = 1;  ///< each with one or two teams
    std::size_t founders = 0;   ///< teams founded on a laptop, without an endpoint
    std::size_t laptops = 3;    ///< of all teams together
    std::size_t steps = 60;
    bool bad_network = false;  ///< loses, repeats, delays, mixes up
    bool damage = false;       ///< truncates and corrupts messages and sticks
    bool crashes = false;
    bool clocks = false;
    bool direct = false;
    bool sticks = false;
    bool copies = false;  ///< of disks: two go on writing as one device
    bool restores = false;
    bool members = false;           ///< change role, are revoked, come back
    bool endpoint_trouble = false;  ///< full, failing
    bool full_disks = false;
    Flaw flaw = Flaw::none;
};

/// The plan of a seed: mostly small worlds.
Plan plan_of(std::uint64_t seed);
/// One of up to 50 laptops.
Plan large_plan_of(std::uint64_t seed);

}  // namespace bordereau::simulation
