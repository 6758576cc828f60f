#include "sync/blob_protocol.h"

#include <limits>
#include <optional>

#include "storage/crypto/hash.h"
#include "storage/journal/cbor.h"
#include "sync/message_parts.h"
#include "sync/signed_bytes.h"

namespace bordereau::sync {
namespace {

using storage::CborReader;
using storage::CborWriter;

// Other numbers than those of an exchange, so that no message is taken for one of those.
constexpr std::int64_t kHave = 8, kPut = 9, kGet = 10;
constexpr std::size_t kHaveFields = 5, kPutFields = 5, kGetFields = 6;
constexpr std::size_t kPieceFields = 4, kTakenFields = 2, kFromFields = 2, kGivenFields = 2;
constexpr std::int64_t kMaxBytes = std::numeric_limits<std::int64_t>::max();

Error malformed() {
    return {ErrorCode::corrupt, "a message about files does not follow the protocol"};
}

std::string digest_field(CborReader& in) {
    return std::string{bytes_of(in, storage::crypto::kDigestSize)};
}

std::uint64_t count_field(CborReader& in) {
    return static_cast<std::uint64_t>(number_up_to(in, kMaxBytes));
}

std::int64_t wire(std::uint64_t count) {
    return static_cast<std::int64_t>(count);
}

// How many entries of that many fields follow. Fails where it does not come out even.
std::size_t entries(CborReader& in, std::size_t fields) {
    const std::size_t values = array_up_to(in, kMaxFilesInMessage * fields);
    if (values % fields != 0) in.fail();
    return in.ok() ? values / fields : 0;
}

Have read_have(CborReader& in) {
    Have have;
    for (std::size_t left = entries(in, 1); left > 0 && in.ok(); --left)
        have.digests.push_back(digest_field(in));
    return have;
}

Put read_put(CborReader& in) {
    Put put;
    std::size_t room = kPieceBytes;
    for (std::size_t left = entries(in, kPieceFields); left > 0 && in.ok(); --left) {
        Piece piece{digest_field(in), count_field(in), count_field(in), {}};
        piece.bytes = std::string{bytes_up_to(in, room)};
        room -= piece.bytes.size();
        put.pieces.push_back(std::move(piece));
    }
    return put;
}

Get read_get(CborReader& in) {
    Get get;
    get.bytes = static_cast<std::size_t>(number_up_to(in, kPieceBytes));
    for (std::size_t left = entries(in, kFromFields); left > 0 && in.ok(); --left) {
        std::string digest = digest_field(in);
        get.files.push_back({std::move(digest), count_field(in)});
    }
    return get;
}

std::optional<std::variant<Have, Put, Get>> read_content(CborReader& in, std::int64_t kind,
                                                         std::size_t fields) {
    if (kind == kHave && fields == kHaveFields) return read_have(in);
    if (kind == kPut && fields == kPutFields) return read_put(in);
    if (kind == kGet && fields == kGetFields) return read_get(in);
    return std::nullopt;
}

struct RequestWriter {
    CborWriter& out;
    const BlobRequest& request;

    CborWriter& head(std::int64_t kind, std::size_t fields) {
        write(out, RequestHead{fields, kind, {request.team, request.device, request.moment}});
        return out;
    }
    void operator()(const Have& have) {
        head(kHave, kHaveFields).array(have.digests.size());
        for (const std::string& digest : have.digests) out.bytes(digest);
    }
    void operator()(const Put& put) {
        head(kPut, kPutFields).array(put.pieces.size() * kPieceFields);
        for (const Piece& piece : put.pieces)
            out.bytes(piece.digest)
                .number(wire(piece.size))
                .number(wire(piece.offset))
                .bytes(piece.bytes);
    }
    void operator()(const Get& get) {
        head(kGet, kGetFields).number(static_cast<std::int64_t>(get.bytes));
        out.array(get.files.size() * kFromFields);
        for (const Get::From& from : get.files) out.bytes(from.digest).number(wire(from.offset));
    }
};

HeldBytes read_held(CborReader& in) {
    HeldBytes held;
    for (std::size_t left = entries(in, 1); left > 0 && in.ok(); --left)
        held.held.push_back(count_field(in));
    return held;
}

Taken read_taken(CborReader& in) {
    Taken taken;
    for (std::size_t left = entries(in, kTakenFields); left > 0 && in.ok(); --left) {
        Taken::One one{count_field(in), PieceFate::counted};
        one.fate =
            static_cast<PieceFate>(number_up_to(in, static_cast<std::int64_t>(PieceFate::damaged)));
        taken.pieces.push_back(one);
    }
    return taken;
}

Given read_given(CborReader& in) {
    Given given;
    std::size_t room = kPieceBytes;
    for (std::size_t left = entries(in, kGivenFields); left > 0 && in.ok(); --left) {
        Given::One one{count_field(in), {}};
        one.bytes = std::string{bytes_up_to(in, room)};
        room -= one.bytes.size();
        given.files.push_back(std::move(one));
    }
    return given;
}

std::optional<BlobReply> read_reply(CborReader& in) {
    const std::size_t fields = in.array();
    const std::int64_t kind = number_up_to(in, kGet);
    if (kind == kRefusedKind && fields == kRefusedFields) return read_refused(in);
    if (fields != 2) return std::nullopt;
    if (kind == kHave) return read_held(in);
    if (kind == kPut) return read_taken(in);
    if (kind == kGet) return read_given(in);
    return std::nullopt;
}

struct ReplyWriter {
    CborWriter& out;
    void operator()(const HeldBytes& held) {
        out.array(2).number(kHave).array(held.held.size());
        for (const std::uint64_t bytes : held.held) out.number(wire(bytes));
    }
    void operator()(const Taken& taken) {
        out.array(2).number(kPut).array(taken.pieces.size() * kTakenFields);
        for (const Taken::One& one : taken.pieces)
            out.number(wire(one.held)).number(static_cast<std::int64_t>(one.fate));
    }
    void operator()(const Given& given) {
        out.array(2).number(kGet).array(given.files.size() * kGivenFields);
        for (const Given::One& one : given.files) out.number(wire(one.size)).bytes(one.bytes);
    }
    void operator()(const Refused& refused) { write(out, refused); }
};

}  // namespace

std::string encode(const BlobRequest& request, const storage::crypto::SigningKey& device) {
    CborWriter out;
    std::visit(RequestWriter{out, request}, request.content);
    return signed_request(out.take(), device);
}

Result<BlobRequest> decode_blob_request(std::string_view bytes) {
    const auto parts = signed_parts(bytes);
    if (!parts) return parts.error();
    CborReader in{parts->payload};
    RequestHead head = read_request_head(in, kGet);
    BlobRequest request{std::move(head.sender.team),
                        std::move(head.sender.device),
                        std::move(head.sender.moment),
                        {}};
    auto content = read_content(in, head.kind, head.fields);
    if (!content || !in.complete()) return malformed();
    request.content = *std::move(content);
    return request;
}

std::string encode(const BlobReply& reply, std::string_view request_bytes,
                   const storage::crypto::SigningKey& endpoint) {
    CborWriter out;
    std::visit(ReplyWriter{out}, reply);
    return signed_reply(out.take(), request_bytes, endpoint);
}

Result<BlobReply> decode_blob_reply(std::string_view bytes, std::string_view request_bytes,
                                    std::string_view endpoint_public_key) {
    const auto payload = payload_of_reply(bytes, request_bytes, endpoint_public_key);
    if (!payload) return payload.error();
    CborReader in{*payload};
    auto reply = read_reply(in);
    if (!reply || !in.complete()) return malformed();
    return *std::move(reply);
}

}  // namespace bordereau::sync
