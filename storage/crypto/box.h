// storage/crypto/box.h - sealing for somebody who is not here: with the public half of their key,
// to be opened with the other half. Key slots and bundles.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "storage/base/result.h"
#include "storage/base/uuid.h"
#include "storage/crypto/secret.h"
#include "storage/crypto/sign.h"

namespace bordereau::storage::crypto {

constexpr std::size_t kBoxSeedSize = 32;
constexpr std::size_t kBoxPublicSize = 32;

/// An X25519 key pair that opens what was sealed for its public half. Kept as its 32-byte seed.
class OpeningKey {
public:
    static OpeningKey generate(const Entropy& entropy);
    /// `seed` must be kBoxSeedSize bytes long.
    static OpeningKey from_seed(std::string_view seed);
    /// The X25519 twin of a signing key, so that what was sealed for sealing_key_of() a device
    /// opens with the one key that it has. Its seed() is empty.
    static OpeningKey of(const SigningKey& key);

    const std::string& public_key() const { return public_key_; }  ///< 32 raw bytes
    const Secret& seed() const { return seed_; }
    /// corrupt: sealed for somebody else, or changed bytes.
    Result<Secret> open(std::string_view sealed) const;
    /// 32 bytes that this key's holder and the holder of the other one alone can make (those of
    /// crypto_box_beforenm()). invalid: `public_key` is none.
    Result<Secret> shared_with(std::string_view public_key) const;

private:
    OpeningKey() = default;
    Secret seed_;
    Secret secret_key_;
    std::string public_key_;
};

/// The X25519 public key that belongs to an Ed25519 public key. invalid: it is none.
Result<std::string> sealing_key_of(std::string_view signing_public_key);

/// What seal_for() adds.
constexpr std::size_t kBoxOverhead = 48;

/// As libsodium's sealed boxes (an ephemeral key before the ciphertext), with entropy passed in.
/// invalid: `public_key` is none.
Result<std::string> seal_for(std::string_view public_key, const Secret& plain,
                             const Entropy& entropy);

}  // namespace bordereau::storage::crypto
