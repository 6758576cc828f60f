// storage/crypto/box.h - sealing for somebody who is not here: with the public half of their key,
// to be opened with the other half. Key slots and bundles.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "storage/base/result.h"
#include "storage/base/uuid.h"
#include "storage/crypto/secret.h"

namespace bordereau::storage::crypto {

constexpr std::size_t kBoxSeedSize = 32;
constexpr std::size_t kBoxPublicSize = 32;

/// An X25519 key pair that opens what was sealed for its public half. Kept as its 32-byte seed.
class OpeningKey {
public:
    static OpeningKey generate(const Entropy& entropy);
    /// `seed` must be kBoxSeedSize bytes long.
    static OpeningKey from_seed(std::string_view seed);

    const std::string& public_key() const { return public_key_; }  ///< 32 raw bytes
    const Secret& seed() const { return seed_; }
    /// corrupt: sealed for somebody else, or changed bytes.
    Result<Secret> open(std::string_view sealed) const;

private:
    OpeningKey() = default;
    Secret seed_;
    Secret secret_key_;
    std::string public_key_;
};

/// As libsodium's sealed boxes (an ephemeral key before the ciphertext), with entropy passed in.
/// invalid: `public_key` is none.
Result<std::string> seal_for(std::string_view public_key, const Secret& plain,
                             const Entropy& entropy);

}  // namespace bordereau::storage::crypto
