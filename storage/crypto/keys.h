// storage/crypto/keys.h - keys from passphrases, and keys from keys.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "storage/base/result.h"
#include "storage/base/uuid.h"
#include "storage/crypto/secret.h"

namespace bordereau::storage::crypto {

constexpr std::size_t kSaltSize = 16;

/// What one guess at a passphrase costs: Argon2id passes and memory.
struct PassphraseCost {
    std::uint64_t passes = 3;
    std::uint64_t memory = std::uint64_t{256}
                           << 20;  ///< bytes; libsodium's "moderate": about 0.5 s
};

/// The least that Argon2id takes, for tests only.
PassphraseCost least_cost();

/// 32 bytes from a passphrase. invalid: a cost outside what is sensible (a forged key file);
/// full: not enough memory.
Result<Secret> key_from_passphrase(std::string_view passphrase, std::string_view salt,
                                   PassphraseCost cost);

/// A fresh random 32-byte key.
Secret new_key(const Entropy& entropy);

/// A 32-byte key for one purpose, from a main key: "attachments", "names", ...
Secret derived_key(const Secret& main, std::string_view purpose);

}  // namespace bordereau::storage::crypto
