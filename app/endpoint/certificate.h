// app/endpoint/certificate.h - what an invitation says about a TLS certificate.
#pragma once

#include <filesystem>
#include <string>

#include "storage/base/result.h"

namespace bordereau::app::endpoint {

/// SHA-256 of the public key of the first certificate in a PEM file, 32 raw bytes: the pin of
/// RFC 7469, section 2.4, which stays the same when the certificate is renewed with its key.
Result<std::string> public_key_pin(const std::filesystem::path& pem);

}  // namespace bordereau::app::endpoint
