// storage/crypto/seal.h - authenticated encryption of small things: key slots, attachments,
// bundles.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "storage/base/result.h"
#include "storage/base/uuid.h"
#include "storage/crypto/secret.h"

namespace bordereau::storage::crypto {

constexpr std::size_t kKeySize = 32;

/// XSalsa20-Poly1305 under a 32-byte key: nonce (24 bytes, random) followed by the sealed bytes.
std::string seal(const Secret& key, std::string_view plain, const Entropy& entropy);

/// The plain bytes again, in locked memory. corrupt: another key, or changed bytes.
Result<Secret> open(const Secret& key, std::string_view sealed);

}  // namespace bordereau::storage::crypto
