// sync/join.h - a notebook joins a team at an endpoint with a code: all steps in their order.
#pragma once

#include <functional>
#include <stop_token>
#include <string_view>

#include "storage/base/result.h"
#include "sync/invitation.h"
#include "sync/transport.h"

namespace bordereau::storage {
class Notebook;
}

namespace bordereau::sync {

/// Makes the way to an endpoint; see http_transport().
using TransportMaker = std::function<Transport(const Peer&)>;

/// Reads the code, has this device admitted, moves the notebook into the team and remembers the
/// endpoint. `name` tells people whose laptop it is. Close the notebook's other connections before:
/// they would go on writing for the team it was in. After a failure it can be tried again with the
/// same code. Errors as read_code(), enrol() and storage::Notebook::join().
Result<Invitation> join(storage::Notebook& notebook, std::string_view code, std::string_view name,
                        const TransportMaker& transport, std::stop_token stop);

}  // namespace bordereau::sync
