// storage/crypto/seal.h - authenticated encryption of small things: key slots, attachments,
// bundles.
#pragma once

#include <cstddef>
#include <cstdint>
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

/// XChaCha20-Poly1305 with a random nonce (24 bytes) before the sealed bytes; `context` is bound to
/// it and not kept. For rows that somebody else keeps, who must not be able to exchange them.
std::string seal_bound(const Secret& key, std::string_view context, std::string_view plain,
                       const Entropy& entropy);

/// corrupt: another key or context, or changed bytes.
Result<std::string> open_bound(const Secret& key, std::string_view context,
                               std::string_view sealed);

constexpr std::size_t kNumberedTag = 16;  ///< what seal_numbered() adds

/// XChaCha20-Poly1305 with the number as the nonce, which must not repeat under one key; `context`
/// is bound to it and not kept. For blocks that are opened one by one, in any order.
std::string seal_numbered(const Secret& key, std::uint64_t number, std::string_view context,
                          std::string_view plain);

/// corrupt: another key, number or context, or changed bytes.
Result<std::string> open_numbered(const Secret& key, std::uint64_t number, std::string_view context,
                                  std::string_view sealed);

}  // namespace bordereau::storage::crypto
