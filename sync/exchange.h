// sync/exchange.h - from what both sides hold to the next message, until both hold the same.
// Bytes in, bytes out: it knows no network and no clock of its own. Losing, repeating or mixing up
// messages costs a repetition and never a changeset.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
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

    /// Whether the latest request filled its batch, so that another one is likely to follow.
    bool goes_on() const { return latest_.full; }

    /// Packs what follows the latest request, should it be taken whole: for the time in which that
    /// one travels. next() looks whether it still is what follows. A failure shows itself there.
    void prepare();

    /// The bytes of a request that may go out before the latest one is answered, with what
    /// prepare() packed: so that the line does not stand still while the endpoint answers. It asks
    /// for nothing in return. Nothing: there is none, or what it would hold hangs on the answer.
    Result<std::optional<std::string>> further();

    /// Reads the reply to a request that next() gave. corrupt: not this endpoint's reply to it.
    Result<Reply> read(std::string_view request, std::string_view reply_bytes) const;

    /// Acts on a reply. Nothing is marked as sent but what the endpoint signed that it holds.
    ///   refused         the endpoint does not know this device in this team
    ///   busy, full, io  the endpoint cannot take it now
    /// and whatever the replica's own disk says.
    Status take(std::string_view request, const Reply& reply);

    /// Halves the batches from now on: a proxy on the way let no longer body pass.
    /// False: they are as small as they get.
    bool shrink();

    const Tally& tally() const { return tally_; }
    /// The endpoint's time minus ours, milliseconds, where it minded the difference; else 0.
    Millis ahead() const { return ahead_; }

private:
    Status take_same(std::string_view request);
    Status take_holding(std::string_view request, const Holding& holding);
    /// `asked_ahead` is what ahead_ was when the request was made.
    Status take_refused(const Refused& refused, Millis asked_ahead);
    /// Whether anything of it was new here.
    Result<bool> take_in(const std::vector<std::string>& changesets);
    bool follow_parted(const storage::Receipt& receipt);
    bool refuse(const storage::Receipt& receipt);
    /// Decides whether a further message follows.
    Status look_ahead(bool fruitful);
    Result<VersionVector> held_by_endpoint() const;
    /// Changesets on their way, or about to be.
    struct Batch {
        VersionVector beyond;  ///< they are what is missing beyond this
        Numbered contents;
        std::string packed;
        std::size_t limit = 0;  ///< bytes that it was made for
        bool full = false;
    };
    /// An Offer that has not been answered.
    struct UnderWay {
        std::string signature;  ///< tells it from others
        Numbered contents;
        bool full = false;
        bool hurried = false;  ///< made while another one was not answered
        Millis at = 0;         ///< when it was made
        Millis ahead = 0;      ///< ahead_ at that time
    };
    Result<Batch> gather(VersionVector beyond) const;
    bool follows(const Batch& batch, const VersionVector& beyond) const;
    VersionVector not_to_give(const VersionVector& theirs) const;
    Result<std::string> hello(const VersionVector& ours);
    Result<std::string> offer(const VersionVector& ours, const VersionVector& theirs);
    std::string send(Batch batch, Offer offer);
    std::optional<UnderWay> answered(std::string_view request);
    bool may_hurry() const;
    void adapt_batch(const UnderWay& batch);
    VersionVector held_after(const Holding& holding, const std::optional<UnderWay>& one);
    std::int64_t count_sent(const VersionVector& before, const std::optional<UnderWay>& answered);
    ExchangeRequest request(std::variant<Hello, Offer> content) const;

    Replica replica_;
    Parties parties_;
    Clock clock_;
    Entropy entropy_;
    Tally tally_;
    Millis ahead_ = 0;  ///< the endpoint's time minus ours, once it has told us
    std::size_t batch_bytes_ = kFirstBatchBytes;
    std::size_t largest_batch_ = kLargestBatchBytes;
    bool near_ = false;                    ///< a batch was answered at once: bytes are cheap
    std::optional<VersionVector> theirs_;  ///< as the endpoint told in this exchange
    std::string greeting_;                 ///< the latest Hello, and the vector it stood for
    VersionVector greeted_with_;
    Batch latest_;                     ///< in the latest Offer
    std::optional<Batch> prepared_;    ///< for the next one
    std::vector<UnderWay> under_way_;  ///< since next() was asked
    bool gives_more_ = false;          ///< the latest answer brought something: more may follow
    /// Chains that one side does not take: in this exchange they are not offered, or asked for,
    /// again, so that they do not keep the others waiting.
    std::set<ChainId> declined_, refused_;
    /// Chains that the two sides hold with different contents, and how far each side has been told
    /// of the other's from its beginning: until the place where they part is found.
    std::map<ChainId, std::int64_t> giving_, asking_;
    bool tracing_ = false;  ///< the latest reply leaves more to ask for of such a chain
    int fruitless_ = 0;     ///< replies in a row that brought nobody further
    bool finished_ = false;
};

}  // namespace bordereau::sync
