#include "storage/crypto/sign.h"

#include <sodium.h>

#include "storage/base/check.h"
#include "storage/crypto/hash.h"
#include "storage/crypto/library.h"

namespace bordereau::storage::crypto {

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

}  // namespace bordereau::storage::crypto
