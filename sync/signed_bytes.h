// sync/signed_bytes.h - a message and its signature in one string. What a signature covers is said
// here once, so that a signature made for one purpose is never valid for another.
#pragma once

#include <string>
#include <string_view>

#include "storage/base/result.h"
#include "storage/crypto/sign.h"

namespace bordereau::sync {

/// The parts of signed bytes: views into them.
struct SignedParts {
    std::string_view payload;
    std::string_view signature;  ///< 64 bytes
};

/// corrupt: too short to carry a signature.
Result<SignedParts> signed_parts(std::string_view bytes);

/// `payload` followed by the device's signature over it.
std::string signed_request(std::string payload, const storage::crypto::SigningKey& device);
bool request_holds(std::string_view bytes, std::string_view device_public_key);

/// `payload` followed by the endpoint's signature over it and the digest of the request.
std::string signed_reply(std::string payload, std::string_view request_bytes,
                         const storage::crypto::SigningKey& endpoint);
/// The payload. corrupt: not the reply of this endpoint to this request.
Result<std::string_view> payload_of_reply(std::string_view bytes, std::string_view request_bytes,
                                          std::string_view endpoint_public_key);

}  // namespace bordereau::sync
