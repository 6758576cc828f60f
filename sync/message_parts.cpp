#include "sync/message_parts.h"

namespace bordereau::sync {

using storage::CborReader;
using storage::CborWriter;

void write(CborWriter& out, const RequestHead& head) {
    out.array(head.fields)
        .number(head.kind)
        .bytes(wire_bytes(head.sender.team))
        .bytes(wire_bytes(head.sender.device))
        .bytes(head.sender.moment.bytes);
}

RequestHead read_request_head(CborReader& in, std::int64_t last_kind) {
    RequestHead head;
    head.fields = in.array();
    head.kind = number_up_to(in, last_kind);
    head.sender.team = team_from_wire(bytes_of(in, kIdSize));
    head.sender.device = device_from_wire(bytes_of(in, kIdSize));
    head.sender.moment = {std::string{bytes_of(in, kMomentSize)}};
    return head;
}

void write(CborWriter& out, const Refused& refused) {
    out.array(kRefusedFields)
        .number(kRefusedKind)
        .number(static_cast<std::int64_t>(refused.reason))
        .number(refused.now / 1000);
}

Refused read_refused(CborReader& in) {
    constexpr auto kLast = static_cast<std::int64_t>(Refusal::unavailable);
    const auto reason = static_cast<Refusal>(number_up_to(in, kLast));
    return {reason, seconds_field(in)};
}

std::optional<Error> passing_trouble(const Refused& refused) {
    switch (refused.reason) {
        case Refusal::busy: return Error{ErrorCode::busy, "the endpoint is busy"};
        case Refusal::full: return Error{ErrorCode::full, "the endpoint has no space left"};
        case Refusal::unavailable: return Error{ErrorCode::io, "the endpoint's storage failed"};
        default: return std::nullopt;
    }
}

}  // namespace bordereau::sync
