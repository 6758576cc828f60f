// sync/station.h - what a worker's rounds work with: one side's changesets, the endpoint, the way
// there. Made by the thread that uses it, and used by that thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "storage/base/result.h"
#include "sync/blob_shelf.h"
#include "sync/exchange.h"
#include "sync/peer.h"
#include "sync/replica.h"
#include "sync/round.h"
#include "sync/transport.h"

namespace bordereau::storage {
class Notebook;
}

namespace bordereau::sync {

struct Station {
    Replica replica;
    Parties parties;
    Peer peer;
    Transport transport;  ///< may be called on another thread than the one that uses the station
    std::function<Status()> seal;                   ///< seals what may travel
    std::function<Result<std::int64_t>()> waiting;  ///< bytes that the endpoint lacks
    std::shared_ptr<void> owner;                    ///< keeps alive what the members refer to
    std::optional<BlobStock> files = {};            ///< none: changesets only
    std::function<void(const Tally&)> ended = {};   ///< told when changesets have travelled
    /// Told when a whole round has succeeded, by both clocks.
    std::function<void(Millis here, Millis there)> succeeded = {};
    /// Whether the endpoint's time is to be asked for before anything is sealed; none: never.
    std::function<Result<bool>()> clock_in_doubt = {};
    Choosing choose = {};  ///< how a person wants requests to travel
};

/// Bytes of files that are to go either way, as far as is known before anybody was asked.
std::uint64_t file_bytes_waiting(const Station& station);

/// One whole round: changesets until both sides hold the same, then the files that they name.
RoundEnd run_station(const Station& station, const Clock& clock, const Entropy& entropy,
                     const std::function<void(const Progress&)>& tell, const std::stop_token& stop);

/// The station of a notebook, whose connection it takes over: give it one of Notebook::connect().
/// not_found: the notebook has joined no endpoint.
Result<Station> station_of(storage::Notebook notebook);

/// The same towards a given endpoint and over a given transport.
Station station_of(storage::Notebook notebook, Peer peer, Transport transport);

}  // namespace bordereau::sync
