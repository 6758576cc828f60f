#include "sync/enrol.h"

#include "storage/journal/cbor.h"
#include "storage/journal/membership.h"
#include "sync/message_parts.h"
#include "sync/signed_bytes.h"

namespace bordereau::sync {
namespace {

using storage::CborReader;
using storage::CborWriter;

constexpr std::int64_t kAdmitted = 0;
constexpr std::size_t kRequestFields = 5, kAdmittedFields = 3;
constexpr auto kLastRole = static_cast<std::int64_t>(storage::Role::administrator);
constexpr std::size_t kMaxAnswer = storage::kMaxCertificateBytes + (std::size_t{16} << 10);

Error status_of(const Refused& refused) {
    if (auto trouble = passing_trouble(refused)) return *std::move(trouble);
    switch (refused.reason) {
        case Refusal::clock:
            return {ErrorCode::refused, "this machine's clock differs from the endpoint's"};
        case Refusal::malformed:
            return {ErrorCode::invalid, "the endpoint does not understand the request"};
        default: break;
    }
    return {ErrorCode::refused, "the invitation is unknown, used, or expired"};
}

Error malformed() {
    return {ErrorCode::corrupt, "a message does not follow the protocol"};
}

// Refusals have one form in all replies.
Result<EnrolReply> refusal_of(std::string_view bytes, std::string_view request_bytes,
                              std::string_view endpoint_public_key) {
    auto reply = decode_reply(bytes, request_bytes, endpoint_public_key);
    if (!reply) return std::move(reply).error();
    if (const auto* refused = std::get_if<Refused>(&*reply)) return EnrolReply{*refused};
    return malformed();
}

}  // namespace

std::string encode(const EnrolRequest& request, const storage::crypto::SigningKey& device) {
    CborWriter out;
    out.array(kRequestFields)
        .bytes(wire_bytes(request.team))
        .bytes(request.public_key)
        .bytes(request.secret)
        .text(request.name)
        .bytes(request.moment.bytes);
    return signed_request(out.take(), device);
}

Result<EnrolRequest> decode_enrol_request(std::string_view bytes) {
    auto parts = signed_parts(bytes);
    if (!parts) return std::move(parts).error();
    CborReader in{parts->payload};
    const std::size_t fields = in.array();
    EnrolRequest request;
    request.team = team_from_wire(bytes_of(in, kIdSize));
    request.public_key = bytes_of(in, storage::crypto::kPublicKeySize);
    request.secret = bytes_of(in, kSecretSize);
    request.name = text_up_to(in, kMaxNameBytes);
    request.moment = {std::string{bytes_of(in, kMomentSize)}};
    if (fields != kRequestFields || !in.complete()) return malformed();
    if (!request_holds(bytes, request.public_key))
        return Error{ErrorCode::corrupt, "not signed by the key that asks to be admitted"};
    return request;
}

std::string encode(const EnrolReply& reply, std::string_view request_bytes,
                   const storage::crypto::SigningKey& endpoint) {
    if (const auto* refused = std::get_if<Refused>(&reply))
        return encode(Reply{*refused}, request_bytes, endpoint);
    CborWriter out;
    const auto& admitted = std::get<Admitted>(reply);
    out.array(kAdmittedFields)
        .number(kAdmitted)
        .number(static_cast<std::int64_t>(admitted.role))
        .bytes(admitted.certificate);
    return signed_reply(out.take(), request_bytes, endpoint);
}

Result<EnrolReply> decode_enrol_reply(std::string_view bytes, std::string_view request_bytes,
                                      std::string_view endpoint_public_key) {
    auto payload = payload_of_reply(bytes, request_bytes, endpoint_public_key);
    if (!payload) return std::move(payload).error();
    CborReader in{*payload};
    const std::size_t fields = in.array();
    const std::int64_t kind = in.number();
    if (kind == kRefusedKind) return refusal_of(bytes, request_bytes, endpoint_public_key);
    Admitted admitted{static_cast<storage::Role>(number_up_to(in, kLastRole)), {}};
    admitted.certificate = bytes_up_to(in, storage::kMaxCertificateBytes);
    if (fields != kAdmittedFields || kind != kAdmitted || !in.complete()) return malformed();
    return EnrolReply{admitted};
}

Result<Admitted> enrol(const Invitation& invitation, const Newcomer& newcomer, const Clock& clock,
                       const Entropy& entropy, const Transport& transport, std::stop_token stop) {
    const Millis now = clock.now();
    if (now > invitation.expires_at) return Error{ErrorCode::invalid, "the invitation has expired"};
    Request request;
    request.url = invitation.endpoint.url + "/v1/enrol";
    request.limits.answer_bytes = kMaxAnswer;
    request.body =
        encode(EnrolRequest{invitation.team, newcomer.key->public_key(), invitation.secret,
                            newcomer.name.substr(0, kMaxNameBytes), Moment::at(now, entropy)},
               *newcomer.key);
    auto response = transport(request, stop);
    if (!response) return std::move(response).error();
    auto reply = decode_enrol_reply(response->body, request.body, invitation.endpoint.public_key);
    if (!reply) return std::move(reply).error().during("HTTP " + std::to_string(response->status));
    if (const auto* refused = std::get_if<Refused>(&*reply)) return status_of(*refused);
    return std::get<Admitted>(*reply);
}

}  // namespace bordereau::sync
