#include "sync/signed_bytes.h"

#include "storage/crypto/hash.h"

namespace bordereau::sync {
namespace {

namespace crypto = storage::crypto;

// Digests, since Ed25519 would go through the payload twice, with a slower hash.
std::string covered_by_request(std::string_view payload) {
    return std::string{"bordereau request 1"}.append(crypto::digest(payload));
}

std::string covered_by_reply(std::string_view payload, std::string_view request_bytes) {
    return std::string{"bordereau reply 1"}
        .append(crypto::digest(request_bytes))
        .append(crypto::digest(payload));
}

}  // namespace

Result<SignedParts> signed_parts(std::string_view bytes) {
    if (bytes.size() < crypto::kSignatureSize)
        return Error{ErrorCode::corrupt, "a message without a signature"};
    const std::size_t end = bytes.size() - crypto::kSignatureSize;
    return SignedParts{bytes.substr(0, end), bytes.substr(end)};
}

std::string signed_request(std::string payload, const crypto::SigningKey& device) {
    const std::string signature = device.sign(covered_by_request(payload));
    return std::move(payload) + signature;
}

bool request_holds(std::string_view bytes, std::string_view device_public_key) {
    const auto parts = signed_parts(bytes);
    return parts &&
           crypto::verify(parts->signature, covered_by_request(parts->payload), device_public_key);
}

std::string signed_reply(std::string payload, std::string_view request_bytes,
                         const crypto::SigningKey& endpoint) {
    const std::string signature = endpoint.sign(covered_by_reply(payload, request_bytes));
    return std::move(payload) + signature;
}

Result<std::string_view> payload_of_reply(std::string_view bytes, std::string_view request_bytes,
                                          std::string_view endpoint_public_key) {
    auto parts = signed_parts(bytes);
    if (!parts) return std::move(parts).error();
    if (!crypto::verify(parts->signature, covered_by_reply(parts->payload, request_bytes),
                        endpoint_public_key))
        return Error{ErrorCode::corrupt, "not signed by the endpoint as the reply to this request"};
    return parts->payload;
}

}  // namespace bordereau::sync
