// tests/sync/simulation/travel.h - exchanges over a network of single messages, each of which may
// be lost, repeated, late, mixed up with others, cut or damaged.
#pragma once

#include "tests/sync/simulation/world.h"

namespace bordereau::simulation {

/// A laptop begins an exchange with its endpoint or with another laptop, or asks its next question.
void ask(World& world, Laptop& laptop);

/// One of the messages under way arrives.
void deliver(World& world);

/// One of them is lost, repeated or damaged, as the plan says.
void disturb(World& world);

/// One whole exchange over a network that works; how many changesets it moved. Nothing: the other
/// side does not know this laptop.
std::optional<std::int64_t> exchange_now(World& world, Laptop& laptop, Place with);

}  // namespace bordereau::simulation
