#include "storage/crypto/sign.h"

#include <sodium.h>

#include "storage/base/check.h"
#include "storage/crypto/hash.h"
#include "storage/crypto/library.h"

namespace bordereau::storage::crypto {

// Of the 32 hexadecimal digits of a UUID.
constexpr std::size_t kVersionAt = 12, kVariantAt = 16;

static_assert(kPublicKeySize == crypto_sign_PUBLICKEYBYTES);
static_assert(kSignatureSize == crypto_sign_BYTES);
static_assert(kSeedSize == crypto_sign_SEEDBYTES);

SigningKey SigningKey::generate(const Entropy& entropy) {
    Secret seed{kSeedSize};
    entropy(seed.bytes());
    return from_seed(seed.view());
}

SigningKey SigningKey::from_seed(std::string_view seed) {
    check(seed.size() == kSeedSize, "a signing key's seed has 32 bytes");
    SigningKey key;
    key.seed_ = Secret::copy_of(seed);
    key.secret_key_ = Secret{crypto_sign_SECRETKEYBYTES};
    key.public_key_.assign(kPublicKeySize, '\0');
    crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(key.public_key_.data()),
                             key.secret_key_.bytes().data(), key.seed_.bytes().data());
    return key;
}

std::string SigningKey::sign(std::string_view message) const {
    std::string signature(kSignatureSize, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                         octets(message), message.size(), secret_key_.bytes().data());
    return signature;
}

bool verify(std::string_view signature, std::string_view message, std::string_view public_key) {
    if (signature.size() != kSignatureSize || public_key.size() != kPublicKeySize) return false;
    ready();
    return crypto_sign_verify_detached(octets(signature), octets(message), message.size(),
                                       octets(public_key)) == 0;
}

DeviceId device_id(std::string_view public_key) {
    return {short_name(public_key)};
}

TeamId team_id(std::string_view public_key) {
    std::string text = short_name(public_key);
    text[kVersionAt] = '8';
    // The two highest bits of this digit say that the rest is laid out as RFC 9562 has it.
    text[kVariantAt] = "89ab"[text[kVariantAt] % 4];
    for (const std::size_t at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
    return {text};
}

bool is_keyed(const TeamId& team) {
    constexpr std::size_t kUuidSize = 36, kDashes = 2;
    return team.text.size() == kUuidSize && team.text[kVersionAt + kDashes] == '8';
}

}  // namespace bordereau::storage::crypto
