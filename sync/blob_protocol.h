// sync/blob_protocol.h - the messages about files, as values and as signed bytes: how many bytes of
// them are there, pieces of them, and pieces wanted. PROTOCOL.md beside this describes them for
// other clients. No I/O. Files are named by the digest of their plain bytes, as changesets do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/crypto/sign.h"
#include "sync/fields.h"
#include "sync/protocol.h"

namespace bordereau::sync {

constexpr std::size_t kPieceBytes = std::size_t{256} << 10;  ///< of files, in one message
constexpr std::size_t kMaxFilesInMessage = 1024;
/// Digests, numbers and the head are small beside the pieces.
constexpr std::size_t kMaxBlobMessageBytes = kPieceBytes + (std::size_t{64} << 10);

/// "How much of these do you hold?"
struct Have {
    std::vector<std::string> digests;  ///< 32 raw bytes each
    bool operator==(const Have&) const = default;
};

/// Some bytes of a file.
struct Piece {
    std::string digest;
    std::uint64_t size = 0;    ///< of the whole file
    std::uint64_t offset = 0;  ///< of these bytes in it
    std::string bytes;
    bool operator==(const Piece&) const = default;
};

/// "Keep these." Together at most kPieceBytes.
struct Put {
    std::vector<Piece> pieces;
    bool operator==(const Put&) const = default;
};

/// "Give me these from there on", as much of them as fits into `bytes`, in this order.
struct Get {
    struct From {
        std::string digest;
        std::uint64_t offset = 0;
        bool operator==(const From&) const = default;
    };
    std::size_t bytes = kPieceBytes;
    std::vector<From> files;
    bool operator==(const Get&) const = default;
};

struct BlobRequest {
    TeamId team;
    DeviceId device;
    Moment moment;
    std::variant<Have, Put, Get> content;
    bool operator==(const BlobRequest&) const = default;
};

/// For each file asked for: bytes from its beginning that are durable. 0 also where no changeset
/// held names it, or none that the device may hold.
struct HeldBytes {
    std::vector<std::uint64_t> held;
    bool operator==(const HeldBytes&) const = default;
};

/// What became of a piece.
enum class PieceFate : std::uint8_t {
    counted,    ///< `held` says what is durable now; less than was sent: go on from there
    not_named,  ///< no changeset held names such a file, or none that the device may hold
    damaged     ///< all of it came and has another digest: thrown away
};

struct Taken {
    struct One {
        std::uint64_t held = 0;
        PieceFate fate = PieceFate::counted;
        bool operator==(const One&) const = default;
    };
    std::vector<One> pieces;  ///< as in the Put
    bool operator==(const Taken&) const = default;
};

struct Given {
    struct One {
        std::uint64_t size = 0;  ///< of the whole file; 0: not here
        std::string bytes;       ///< fewer, or none, where the message is full
        bool operator==(const One&) const = default;
    };
    std::vector<One> files;  ///< as in the Get
    bool operator==(const Given&) const = default;
};

using BlobReply = std::variant<HeldBytes, Taken, Given, Refused>;

/// The bytes of a request, signed by the device.
std::string encode(const BlobRequest& request, const storage::crypto::SigningKey& device);
/// corrupt: not a request, or beyond the limits. Whose it is has not been checked: signed_by().
Result<BlobRequest> decode_blob_request(std::string_view bytes);

/// The bytes of a reply to a request, signed by who answers.
std::string encode(const BlobReply& reply, std::string_view request_bytes,
                   const storage::crypto::SigningKey& endpoint);
/// corrupt: not signed as the reply to this request, damaged, or beyond the limits.
Result<BlobReply> decode_blob_reply(std::string_view bytes, std::string_view request_bytes,
                                    std::string_view endpoint_public_key);

}  // namespace bordereau::sync
