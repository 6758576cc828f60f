// sync/lan.h - from one laptop to another of its team in the same network: what was typed becomes
// an address, the laptop there proves who it is, and then it is exchanged with like an endpoint.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "storage/base/result.h"
#include "sync/peer.h"
#include "sync/round.h"
#include "sync/station.h"
#include "sync/transport.h"

namespace bordereau::storage {
class Notebook;
}

namespace bordereau::sync {

constexpr int kDoorPort = 8644;  ///< where nothing else was said

/// "name", "name:port", "192.168.1.5:8644" or "[fe80::1]:8644" as a URL without a path.
/// invalid: none of these.
Result<std::string> door_url(std::string_view typed);

/// Makes a way to a server with that TLS key; an empty pin: to whoever answers there, for reading a
/// statement that proves itself.
using DoorTransport = std::function<Transport(std::string_view pin)>;

/// Who answers at a door, as a peer with a pinned key. The notebook's thread.
///   refused  another team's, a stranger's or a revoked laptop; or this one itself
///   corrupt  something else answers there
///   offline  nobody does
Result<Peer> knock(storage::Notebook& notebook, std::string url, const DoorTransport& way,
                   const std::stop_token& stop);

/// One whole exchange with the laptop at a door, changesets and files, over the pinned key: who
/// stands between with another one is not spoken to. Statuses as knock() and run_station().
RoundEnd exchange_at_door(storage::Notebook notebook, std::string url, const DoorTransport& way,
                          const std::function<void(const Progress&)>& tell,
                          const std::stop_token& stop);

}  // namespace bordereau::sync
