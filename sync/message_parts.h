// sync/message_parts.h - what the messages of several kinds have in common: the head of a request,
// and a refusal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "storage/base/result.h"
#include "storage/journal/cbor.h"
#include "sync/protocol.h"

namespace bordereau::sync {

/// What every request but one to be admitted begins with.
struct RequestHead {
    std::size_t fields = 0;  ///< of the whole request
    std::int64_t kind = 0;
    RequestSender sender;
};

void write(storage::CborWriter& out, const RequestHead& head);
/// Fails the reader where it is none, or of a kind beyond `last_kind`.
RequestHead read_request_head(storage::CborReader& in, std::int64_t last_kind);

constexpr std::int64_t kRefusedKind = 2;
constexpr std::size_t kRefusedFields = 3;

/// A whole reply.
void write(storage::CborWriter& out, const Refused& refused);
/// What follows its kind.
Refused read_refused(storage::CborReader& in);

/// The error of a refusal that is the endpoint's own trouble, and passes; nothing: it is about who
/// asks, and what for.
std::optional<Error> passing_trouble(const Refused& refused);

}  // namespace bordereau::sync
