// sync/station.h - what a worker's rounds work with: one side's changesets, the endpoint, the way
// there. Made by the thread that uses it, and used by that thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "storage/base/result.h"
#include "sync/exchange.h"
#include "sync/peer.h"
#include "sync/replica.h"
#include "sync/transport.h"

namespace bordereau::storage {
class Notebook;
}

namespace bordereau::sync {

struct Station {
    Replica replica;
    Parties parties;
    Peer peer;
    Transport transport;
    std::function<Status()> seal;                   ///< seals what may travel
    std::function<Result<std::int64_t>()> waiting;  ///< bytes that the endpoint lacks
    std::shared_ptr<void> owner;                    ///< keeps alive what the members refer to
};

/// The station of a notebook, whose connection it takes over: give it one of Notebook::connect().
/// not_found: the notebook has joined no endpoint.
Result<Station> station_of(storage::Notebook notebook);

/// The same towards a given endpoint and over a given transport.
Station station_of(storage::Notebook notebook, Peer peer, Transport transport);

}  // namespace bordereau::sync
