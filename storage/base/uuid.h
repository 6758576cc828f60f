// storage/base/uuid.h - random identifiers from an entropy source that callers pass in.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace bordereau {

/// Fills a span with random bytes. The real one comes from storage/crypto; tests pass their own.
using Entropy = std::function<void(std::span<std::uint8_t>)>;

/// UUID version 4, lower case, for example "0f0c1d4e-...".
std::string new_uuid(const Entropy& entropy);

/// `length` characters of a-z and 0-9 without look-alikes (0 o 1 l i): keys of repeat instances,
/// codes.
std::string new_key(const Entropy& entropy, int length);

/// Repeatable bytes from a seed, for tests and simulations only.
Entropy seeded_entropy(std::uint64_t seed);

}  // namespace bordereau
