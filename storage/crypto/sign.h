// storage/crypto/sign.h - Ed25519 signatures of devices and endpoints.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "storage/base/ids.h"
#include "storage/base/uuid.h"
#include "storage/crypto/secret.h"

namespace bordereau::storage::crypto {

constexpr std::size_t kPublicKeySize = 32;
constexpr std::size_t kSignatureSize = 64;
constexpr std::size_t kSeedSize = 32;

/// A key pair that signs. Kept as its 32-byte seed.
class SigningKey {
public:
    static SigningKey generate(const Entropy& entropy);
    /// `seed` must be kSeedSize bytes long.
    static SigningKey from_seed(std::string_view seed);

    const std::string& public_key() const { return public_key_; }  ///< 32 raw bytes
    std::string_view seed() const { return seed_.view(); }         ///< to be stored encrypted only
    std::string sign(std::string_view message) const;              ///< 64 raw bytes, detached

private:
    SigningKey() = default;
    Secret seed_;
    Secret secret_key_;
    std::string public_key_;
};

/// Whether `signature` of `message` was made by the holder of `public_key`. Wrong sizes: false.
bool verify(std::string_view signature, std::string_view message, std::string_view public_key);

/// The name of a device: BLAKE2b-128 of its public key, so that a changeset proves its own origin.
DeviceId device_id(std::string_view public_key);

/// The name of a team that has a key: BLAKE2b-128 of its public key in the form of a UUID of
/// version 8, so that whoever knows a team's name can check what is said in its name.
TeamId team_id(std::string_view public_key);
/// Whether a team's name is made of a key. In other teams nobody can be told from a member.
bool is_keyed(const TeamId& team);

}  // namespace bordereau::storage::crypto
