// sync/protocol.h - the messages of an exchange, as values and as signed bytes. PROTOCOL.md beside
// this describes them for other clients. No I/O; what a changeset means is not known here.
//
// A message is deterministic CBOR followed by an Ed25519 signature (64 bytes). The device signs its
// request; the endpoint signs its reply together with the digest of the request, so that a reply
// cannot be taken for the reply to anything else.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/crypto/sign.h"
#include "storage/journal/cbor.h"
#include "storage/journal/log.h"
#include "storage/journal/pack.h"
#include "sync/fields.h"

namespace bordereau::sync {

using storage::ChainId;
using storage::VersionVector;

constexpr std::size_t kMaxVectorEntries = 16384;  ///< chains of one team
constexpr std::size_t kMaxChangesetsInMessage = 65536;
/// Of changesets as they are kept, in one message: on the way, packed, half of it and a little
/// more.
constexpr std::size_t kBatchBytes = std::size_t{1} << 20;
/// While nothing is known of the line: less than a piece of a file (256 KiB) on the way, so that a
/// cut costs no more than that.
constexpr std::size_t kFirstBatchBytes = std::size_t{320} << 10;
constexpr std::size_t kLargestBatchBytes = 4 * kBatchBytes;  ///< on a quick line
/// A batch may be passed by its last changeset; the rest of a message is small beside it.
constexpr std::size_t kMaxMessageBytes =
    kLargestBatchBytes + storage::kMaxChangesetBytes + (std::size_t{1} << 20);
constexpr std::chrono::minutes kClockTolerance{10};

/// Four values a chain, in the order of the chains, so that one vector has one form.
void write_vector(storage::CborWriter& out, const VersionVector& vector);
/// Nothing: not a vector, or beyond the limits.
std::optional<VersionVector> read_vector(storage::CborReader& in);

/// A vector in 8 bytes: enough to tell that two sides hold the same.
std::string digest_of(const VersionVector& vector);

/// "I hold this much. Is there anything to do?"
struct Hello {
    std::string digest;  ///< digest_of() the device's vector
    bool operator==(const Hello&) const = default;
};

/// "This is what I hold, and here are changesets that you may lack. Give me what I lack."
struct Offer {
    VersionVector vector;
    std::vector<std::string> changesets;     ///< in either form; read from bytes, in the plain one
    std::size_t answer_bytes = kBatchBytes;  ///< of changesets wanted in the reply; 0: none
    bool operator==(const Offer&) const = default;
};

struct ExchangeRequest {
    TeamId team;
    DeviceId device;
    Moment moment;
    std::variant<Hello, Offer> content;
    bool operator==(const ExchangeRequest&) const = default;
};

/// Both sides hold the vector that the request's digest stands for.
struct Same {
    bool operator==(const Same&) const = default;
};

/// An offered changeset that is not part of the vector now.
struct Declined {
    ChainId chain;  ///< empty where it could not be read
    std::int64_t number = 0;
    std::optional<storage::Fault> fault;  ///< nothing: it waits for its predecessor
    bool operator==(const Declined&) const = default;
};

/// What the endpoint holds durably now. The only acknowledgement there is.
struct Holding {
    VersionVector vector;
    std::vector<std::string>
        changesets;  ///< as in an Offer: what the device lacks; none after Hello
    std::vector<Declined> declined;
    bool operator==(const Holding&) const = default;
};

/// Why the endpoint does not do what was asked.
enum class Refusal : std::uint8_t {
    malformed,     ///< the request does not follow the protocol
    not_a_member,  ///< this device is not, or no longer, in this team; or its signature is wrong
    clock,         ///< the moment is too far from the endpoint's time: ask again by its clock
    invitation,    ///< unknown, used, or expired
    busy,          ///< too much at once: later
    full,          ///< no space left at the endpoint
    unavailable    ///< its disk or database failed
};

struct Refused {
    Refusal reason = Refusal::unavailable;
    Millis now = 0;  ///< the endpoint's time, whole seconds
    bool operator==(const Refused&) const = default;
};

using Reply = std::variant<Same, Holding, Refused>;

/// The bytes of a request, signed by the device.
std::string encode(const ExchangeRequest& request, const storage::crypto::SigningKey& device);

/// Changesets as they stand in a message: the greater part of the work that an Offer makes.
/// They come out of a log that has checked them.
std::string packed(const std::vector<std::string>& changesets,
                   storage::Effort effort = storage::Effort::few_bytes);
/// The bytes of an Offer of changesets that were packed before. Its own list is not looked at.
std::string encode(const ExchangeRequest& offer, std::string_view packed,
                   const storage::crypto::SigningKey& device);

/// Who says to have made a request, and when.
struct RequestSender {
    TeamId team;
    DeviceId device;
    Moment moment;
};

/// The beginning of decode_request(), for checking whose request it is before any work goes into
/// it. corrupt: not a request.
Result<RequestSender> sender_of(std::string_view bytes);

/// corrupt: not a request, or beyond the limits. Whose it is has not been checked: signed_by().
Result<ExchangeRequest> decode_request(std::string_view bytes);

/// Whether the request was signed by this device key.
bool signed_by(std::string_view request_bytes, std::string_view public_key);

/// The bytes of a reply to a request, signed by the endpoint.
std::string encode(const Reply& reply, std::string_view request_bytes,
                   const storage::crypto::SigningKey& endpoint);

/// corrupt: not signed by this endpoint as the reply to this request, damaged, or beyond the
/// limits.
Result<Reply> decode_reply(std::string_view bytes, std::string_view request_bytes,
                           std::string_view endpoint_public_key);

}  // namespace bordereau::sync
