#include "sync/protocol.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>

#include "storage/crypto/hash.h"
#include "storage/journal/cbor.h"
#include "storage/journal/opening.h"
#include "storage/journal/pack.h"
#include "sync/message_parts.h"
#include "sync/signed_bytes.h"

namespace bordereau::sync {
namespace {

using storage::CborReader;
using storage::CborWriter;

constexpr std::int64_t kHello = 0, kOffer = 1;
constexpr std::int64_t kSame = 0, kHolding = 1;
constexpr std::size_t kHelloFields = 5, kOfferFields = 7;
constexpr std::size_t kChainFields = 4;
constexpr std::size_t kDigestBytes = 8;
constexpr std::int64_t kAsItIs = 0, kPack = 1;
// Bytes of changesets as they are kept.
constexpr std::size_t kExpandedAtOnce = std::size_t{256} << 10;
// Of all packs in a message, expanded: half of what a reader takes.
constexpr std::size_t kMostPacked = storage::kMaxUnpackedBytes / 4;
constexpr std::int64_t kMaxNumber = std::numeric_limits<std::int64_t>::max();
constexpr auto kLastFault = static_cast<std::int64_t>(storage::Fault::beyond_role);

// Eight bytes, the greatest first; none where the mark is not known.
std::string wire_bytes_of_mark(std::uint64_t mark) {
    std::string bytes;
    if (mark == 0) return bytes;
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>((mark >> shift) & 0xFF);
    return bytes;
}

std::uint64_t mark_field(CborReader& in) {
    const std::string_view bytes = bytes_up_to(in, sizeof(std::uint64_t));
    if (bytes.empty()) return 0;
    if (bytes.size() != sizeof(std::uint64_t)) in.fail();
    return storage::mark_of(bytes);
}

Error malformed() {
    return {ErrorCode::corrupt, "a message does not follow the protocol"};
}

}  // namespace

// Four values a chain, in the order of the chains, so that one vector has one form.
void write_vector(CborWriter& out, const VersionVector& vector) {
    out.array(vector.size() * kChainFields);
    for (const auto& [chain, end] : vector)
        out.bytes(wire_bytes(chain.device))
            .bytes(wire_bytes(chain.lane))
            .number(end.number)
            .bytes(wire_bytes_of_mark(end.mark));
}

std::optional<VersionVector> read_vector(CborReader& in) {
    VersionVector vector;
    const std::size_t values = array_up_to(in, kMaxVectorEntries * kChainFields);
    if (values % kChainFields != 0) return std::nullopt;
    for (std::size_t i = 0; i < values && in.ok(); i += kChainFields) {
        DeviceId device = device_from_wire(bytes_of(in, kIdSize));
        ChainId chain{std::move(device), lane_field(in)};
        const bool ascends = vector.empty() || vector.rbegin()->first < chain;
        const std::int64_t number = number_up_to(in, kMaxNumber);
        if (!ascends || number == 0) return std::nullopt;
        vector.emplace_hint(vector.end(), std::move(chain),
                            storage::ChainEnd{number, mark_field(in)});
    }
    if (!in.ok()) return std::nullopt;
    return vector;
}

namespace {

// Changesets in their order: packs, and between them what goes into none.
class ParcelWriter {
public:
    explicit ParcelWriter(storage::Effort effort) : pack_(effort) {}

    void add(std::span<const std::string> changesets) {
        if (plain_ >= kMostPacked) return add_as_they_are(changesets);
        auto expanded = storage::expand_all(changesets);
        for (std::size_t i = 0; i < changesets.size(); ++i)
            if (!pack(expanded[i])) add_as_they_are(changesets.subspan(i, 1));
    }
    void write(CborWriter& out) {
        close();
        out.array(2 * items_.size());
        for (const auto& [kind, bytes] : items_) out.number(kind).bytes(bytes);
    }

private:
    bool pack(Result<storage::OpenChangeset>& expanded) {
        if (!expanded || plain_ >= kMostPacked) return false;
        if (pack_.add(*expanded)) return true;
        close();
        return pack_.add(*expanded);
    }
    void add_as_they_are(std::span<const std::string> changesets) {
        close();
        for (const std::string& one : changesets) items_.emplace_back(kAsItIs, one);
    }
    void close() {
        plain_ += pack_.plain_bytes();
        if (pack_.size() > 0) items_.emplace_back(kPack, pack_.finish());
    }

    storage::PackWriter pack_;
    std::size_t plain_ = 0;
    std::vector<std::pair<std::int64_t, std::string>> items_;
};

// As many as have so many bytes together are expanded at once.
void write(CborWriter& out, std::span<const std::string> changesets,
           storage::Effort effort = storage::Effort::few_bytes) {
    ParcelWriter parcel{effort};
    while (!changesets.empty()) {
        std::size_t count = 0;
        for (std::size_t bytes = 0; count < changesets.size() && bytes < kExpandedAtOnce; ++count)
            bytes += changesets[count].size();
        parcel.add(changesets.first(count));
        changesets = changesets.subspan(count);
    }
    parcel.write(out);
}

RequestSender sender_in(const ExchangeRequest& request) {
    return {request.team, request.device, request.moment};
}

// Fails the reader where there are too many of them, or too many bytes.
std::vector<std::string> read_changesets(CborReader& in) {
    std::vector<std::string> changesets;
    const std::size_t values = array_up_to(in, 2 * kMaxChangesetsInMessage);
    if (values % 2 != 0) in.fail();
    std::size_t left = storage::kMaxUnpackedBytes;
    for (std::size_t i = 0; i < values && in.ok(); i += 2) {
        if (number_up_to(in, kPack) == kAsItIs) {
            changesets.emplace_back(bytes_up_to(in, storage::kMaxChangesetBytes));
            continue;
        }
        auto some = storage::unpack(bytes_up_to(in, kMaxMessageBytes), left);
        if (!some) in.fail();
        if (!some) break;
        for (std::string& one : *some) {
            left -= std::min(left, one.size());
            changesets.push_back(std::move(one));
        }
    }
    if (changesets.size() > kMaxChangesetsInMessage) in.fail();
    return changesets;
}

void write(CborWriter& out, const std::vector<Declined>& declined) {
    out.array(declined.size());
    for (const Declined& one : declined)
        out.array(4)
            .bytes(wire_bytes(one.chain.device))
            .bytes(wire_bytes(one.chain.lane))
            .number(one.number)
            .number(one.fault ? static_cast<std::int64_t>(*one.fault) + 1 : 0);
}

std::vector<Declined> read_declined(CborReader& in) {
    std::vector<Declined> declined;
    const std::size_t count = array_up_to(in, kMaxChangesetsInMessage);
    for (std::size_t i = 0; i < count && in.ok(); ++i) {
        if (in.array() != 4) in.fail();
        Declined one;
        one.chain.device = device_from_wire(bytes_up_to(in, kIdSize));
        one.chain.lane = lane_field(in);
        one.number = number_up_to(in, kMaxNumber);
        if (const std::int64_t fault = number_up_to(in, kLastFault + 1); fault > 0)
            one.fault = static_cast<storage::Fault>(fault - 1);
        declined.push_back(std::move(one));
    }
    return declined;
}

std::optional<Offer> read_offer(CborReader& in) {
    auto vector = read_vector(in);
    if (!vector) return std::nullopt;
    const auto answer_bytes = static_cast<std::size_t>(number_up_to(in, kMaxMessageBytes));
    return Offer{std::move(*vector), read_changesets(in), answer_bytes};
}

std::optional<Holding> read_holding(CborReader& in) {
    auto vector = read_vector(in);
    if (!vector) return std::nullopt;
    auto changesets = read_changesets(in);
    return Holding{std::move(*vector), std::move(changesets), read_declined(in)};
}

// The whole reply; nothing where it does not follow the protocol. complete() is for the caller.
std::optional<Reply> read_reply(CborReader& in) {
    constexpr std::array<std::size_t, 3> kFields{1, 4, kRefusedFields};
    const std::size_t fields = in.array();
    const std::int64_t kind = number_up_to(in, kRefusedKind);
    if (!in.ok() || fields != kFields[static_cast<std::size_t>(kind)]) return std::nullopt;
    if (kind == kSame) return Same{};
    if (kind == kHolding) return read_holding(in);
    return read_refused(in);
}

struct ReplyWriter {
    CborWriter& out;
    void operator()(const Same&) { out.array(1).number(kSame); }
    void operator()(const Holding& holding) {
        out.array(4).number(kHolding);
        write_vector(out, holding.vector);
        write(out, holding.changesets);
        write(out, holding.declined);
    }
    void operator()(const Refused& refused) { write(out, refused); }
};

}  // namespace

std::string digest_of(const VersionVector& vector) {
    CborWriter out;
    write_vector(out, vector);
    return storage::crypto::digest(out.out()).substr(0, kDigestBytes);
}

std::string encode(const ExchangeRequest& request, const storage::crypto::SigningKey& device) {
    if (const auto* offer = std::get_if<Offer>(&request.content))
        return encode(request, packed(offer->changesets), device);
    CborWriter out;
    write(out, RequestHead{kHelloFields, kHello, sender_in(request)});
    out.bytes(std::get<Hello>(request.content).digest);
    return signed_request(out.take(), device);
}

std::string packed(const std::vector<std::string>& changesets, storage::Effort effort) {
    CborWriter out;
    write(out, changesets, effort);
    return out.take();
}

std::string encode(const ExchangeRequest& request, std::string_view packed,
                   const storage::crypto::SigningKey& device) {
    const auto& offer = std::get<Offer>(request.content);
    CborWriter out;
    write(out, RequestHead{kOfferFields, kOffer, sender_in(request)});
    write_vector(out, offer.vector);
    out.number(static_cast<std::int64_t>(offer.answer_bytes));
    return signed_request(out.take().append(packed), device);
}

namespace {

// Nothing: not what an exchange's requests begin with.
std::optional<RequestHead> read_head(CborReader& in) {
    RequestHead head = read_request_head(in, kOffer);
    const std::size_t fields = head.kind == kHello ? kHelloFields : kOfferFields;
    if (!in.ok() || head.fields != fields) return std::nullopt;
    return head;
}

}  // namespace

Result<RequestSender> sender_of(std::string_view bytes) {
    const auto parts = signed_parts(bytes);
    if (!parts) return parts.error();
    CborReader in{parts->payload};
    auto head = read_head(in);
    if (!head) return malformed();
    return std::move(head->sender);
}

Result<ExchangeRequest> decode_request(std::string_view bytes) {
    auto parts = signed_parts(bytes);
    if (!parts) return std::move(parts).error();
    CborReader in{parts->payload};
    const auto head = read_head(in);
    if (!head) return malformed();
    const RequestSender& sender = head->sender;
    ExchangeRequest request{sender.team, sender.device, sender.moment, {}};
    if (head->kind == kHello) {
        request.content = Hello{std::string{bytes_of(in, kDigestBytes)}};
    } else {
        auto offer = read_offer(in);
        if (!offer) return malformed();
        request.content = std::move(*offer);
    }
    if (!in.complete()) return malformed();
    return request;
}

bool signed_by(std::string_view request_bytes, std::string_view public_key) {
    return request_holds(request_bytes, public_key);
}

std::string encode(const Reply& reply, std::string_view request_bytes,
                   const storage::crypto::SigningKey& endpoint) {
    CborWriter out;
    std::visit(ReplyWriter{out}, reply);
    return signed_reply(out.take(), request_bytes, endpoint);
}

Result<Reply> decode_reply(std::string_view bytes, std::string_view request_bytes,
                           std::string_view endpoint_public_key) {
    auto payload = payload_of_reply(bytes, request_bytes, endpoint_public_key);
    if (!payload) return std::move(payload).error();
    CborReader in{*payload};
    auto reply = read_reply(in);
    if (!reply) return malformed();
    if (!in.complete()) return malformed();
    return std::move(*reply);
}

}  // namespace bordereau::sync
