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

/// Of the files that changesets name.
struct FileTally {
    std::int64_t sent = 0;      ///< newly acknowledged as whole
    std::int64_t received = 0;  ///< newly whole here
    std::int64_t refused = 0;   ///< not taken there, or damaged on arrival here
    bool begun = false;         ///< changesets are through: `left` is known
    std::uint64_t left = 0;     ///< bytes still to go either way
    bool operator==(const FileTally&) const = default;
};

/// How far a round is, told after every message, and within those that bring pieces of files.
struct Progress {
    Tally tally;
    std::size_t bytes_up = 0;
    std::size_t bytes_down = 0;
    FileTally files;
};

/// How a round ended.
struct RoundEnd {
    Progress progress;
    Status status = done();
    std::optional<std::chrono::seconds> retry_after;  ///< what the endpoint, or a proxy, asked for

    /// Counts a message that was answered, and keeps what the answer asks for.
    void count(const Request& request, const Response& response);
};

/// The error that a response stands for whose body is not the endpoint's reply.
Error foreign_response(const Response& response, Error&& unreadable);

/// Runs the exchange to its end. Requests travel on threads of their own, two at most: while a full
/// batch does, the next one is packed, and sent where the transport tells that the first has gone.
/// Everything else, `choose` too, is done on this thread. Statuses as Exchange::take()
/// and Transport; a response that is not the endpoint's own (a login page, a proxy's error) is
/// offline: try again elsewhere or later.
RoundEnd run_round(Exchange& exchange, const Peer& peer, const Transport& transport,
                   const std::function<void(const Progress&)>& tell, std::stop_token stop,
                   const Choosing& choose = {});

}  // namespace bordereau::sync
