// sync/exchange.h - from what both sides hold to the next message, until both hold the same.
// Bytes in, bytes out: it knows no network and no clock of its own. Losing, repeating or mixing up
// messages costs a repetition and never a changeset.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/base/uuid.h"
#include "storage/crypto/sign.h"
#include "sync/protocol.h"
#include "sync/replica.h"

namespace bordereau::sync {

/// Who speaks with whom.
struct Parties {
    TeamId team;
    const storage::crypto::SigningKey* device = nullptr;  ///< outlives the exchange
    std::string endpoint_public_key;                      ///< 32 raw bytes
};

/// What one exchange did so far.
struct Tally {
    std::int64_t sent = 0;      ///< changesets that the endpoint newly acknowledged
    std::int64_t received = 0;  ///< changesets newly held here
    std::int64_t requests = 0;
    std::vector<Declined> declined;  ///< ours, by the endpoint
    std::vector<Declined> refused;   ///< theirs, by this side: they lie in quarantine here
    bool operator==(const Tally&) const = default;
};

class Exchange {
public:
    Exchange(Replica replica, Parties parties, Clock clock, Entropy entropy)
        : replica_(std::move(replica)),
          parties_(std::move(parties)),
          clock_(std::move(clock)),
          entropy_(std::move(entropy)) {}

    /// The bytes of the next request, or nothing: both sides hold the same, or all that they can.
    /// Asking again without a reply gives the same question again, as after a lost one.
    Result<std::optional<std::string>> next();

    /// Takes the reply to a request that next() gave. Nothing is marked as sent unless the endpoint
    /// signed for it.
    ///   corrupt  not the endpoint's reply: nothing has changed
    ///   refused  the endpoint does not know this device in this team
    ///   busy, full, io  the endpoint cannot take it now
    /// and whatever the replica's own disk says.
    Status take(std::string_view request, std::string_view reply);

    /// Halves the batches from now on: a proxy on the way let no longer body pass.
    /// False: they are as small as they get.
    bool shrink();

    const Tally& tally() const { return tally_; }

private:
    Result<ExchangeRequest> compose();
    Status take_same();
    Status take_holding(const Holding& holding);
    Status take_refused(const Refused& refused);
    Status note_acknowledged(const VersionVector& theirs);
    Status note_received(const std::vector<std::string>& changesets);

    Replica replica_;
    Parties parties_;
    Clock clock_;
    Entropy entropy_;
    Tally tally_;
    Millis ahead_ = 0;  ///< the endpoint's time minus ours, once it has told us
    std::size_t batch_bytes_ = kBatchBytes;
    bool greeted_ = false;  ///< a Hello was answered: there is something to do
    bool finished_ = false;
};

}  // namespace bordereau::sync
