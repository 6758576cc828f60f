// sync/round.h - one whole exchange with an endpoint over a transport: until both hold the same, or
// the first failure. Blocks; what came through before a failure stays.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>

#include "storage/base/result.h"
#include "sync/exchange.h"
#include "sync/peer.h"
#include "sync/transport.h"

namespace bordereau::sync {

/// How far a round is, told after every message.
struct Progress {
    Tally tally;
    std::size_t bytes_up = 0;
    std::size_t bytes_down = 0;
};

/// How a round ended.
struct RoundEnd {
    Progress progress;
    Status status = done();
    std::optional<std::chrono::seconds> retry_after;  ///< what the endpoint, or a proxy, asked for
};

/// Runs the exchange to its end. Statuses as Exchange::take() and Transport; a response that is not
/// the endpoint's own (a login page, a proxy's error) is offline: try again elsewhere or later.
RoundEnd run_round(Exchange& exchange, const Peer& peer, const Transport& transport,
                   const std::function<void(const Progress&)>& tell, std::stop_token stop);

}  // namespace bordereau::sync
