// tests/support/parties.h - keys, a clock and a team for the two sides of an exchange.
#pragma once

#include <cstdint>
#include <string>

#include "storage/base/time.h"
#include "storage/base/uuid.h"
#include "storage/crypto/sign.h"
#include "sync/exchange.h"

namespace bordereau::test {

constexpr Millis kNoon = 1'772'900'000'000;

/// One device and one endpoint that know each other.
struct Pair {
    explicit Pair(std::uint64_t seed = 1)
        : entropy(seeded_entropy(seed)),
          device(storage::crypto::SigningKey::generate(entropy)),
          endpoint(storage::crypto::SigningKey::generate(entropy)) {}

    sync::Parties parties() const { return {team, &device, endpoint.public_key()}; }
    DeviceId device_id() const { return storage::crypto::device_id(device.public_key()); }
    sync::Exchange exchange(sync::Replica replica) const {
        return {std::move(replica), parties(), fixed_clock(kNoon), entropy};
    }

    Entropy entropy;
    storage::crypto::SigningKey device, endpoint;
    TeamId team{"2f1c8a52-8e0f-4b7e-9a55-0c3b1d2e4f60"};
};

}  // namespace bordereau::test
