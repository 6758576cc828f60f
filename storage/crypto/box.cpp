#include "storage/crypto/box.h"

#include <sodium.h>

#include "storage/base/check.h"
#include "storage/crypto/library.h"

namespace bordereau::storage::crypto {
namespace {

static_assert(kBoxSeedSize == crypto_box_SEEDBYTES);
static_assert(kBoxPublicSize == crypto_box_PUBLICKEYBYTES);
static_assert(kBoxOverhead == crypto_box_SEALBYTES);

unsigned char* octets(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

// The nonce of crypto_box_seal(): BLAKE2b over both public keys.
std::string nonce_of(std::string_view ephemeral, std::string_view recipient) {
    std::string both{ephemeral};
    both += recipient;
    std::string nonce(crypto_box_NONCEBYTES, '\0');
    crypto_generichash(octets(nonce), nonce.size(), octets(both), both.size(), nullptr, 0);
    return nonce;
}

}  // namespace

OpeningKey OpeningKey::generate(const Entropy& entropy) {
    Secret seed{kBoxSeedSize};
    entropy(seed.bytes());
    return from_seed(seed.view());
}

OpeningKey OpeningKey::from_seed(std::string_view seed) {
    check(seed.size() == kBoxSeedSize, "an opening key's seed has 32 bytes");
    OpeningKey key;
    key.seed_ = Secret::copy_of(seed);
    key.secret_key_ = Secret{crypto_box_SECRETKEYBYTES};
    key.public_key_.assign(kBoxPublicSize, '\0');
    crypto_box_seed_keypair(octets(key.public_key_), key.secret_key_.bytes().data(),
                            key.seed_.bytes().data());
    return key;
}

OpeningKey OpeningKey::of(const SigningKey& signing) {
    Secret whole{crypto_sign_SECRETKEYBYTES};
    std::string unused(crypto_sign_PUBLICKEYBYTES, '\0');
    crypto_sign_seed_keypair(octets(unused), whole.bytes().data(), crypto::octets(signing.seed()));
    OpeningKey key;
    key.secret_key_ = Secret{crypto_box_SECRETKEYBYTES};
    key.public_key_.assign(kBoxPublicSize, '\0');
    crypto_sign_ed25519_sk_to_curve25519(key.secret_key_.bytes().data(), whole.bytes().data());
    crypto_scalarmult_base(octets(key.public_key_), key.secret_key_.bytes().data());
    return key;
}

Result<std::string> sealing_key_of(std::string_view signing_public_key) {
    ready();
    std::string key(kBoxPublicSize, '\0');
    if (signing_public_key.size() != kPublicKeySize ||
        crypto_sign_ed25519_pk_to_curve25519(octets(key), crypto::octets(signing_public_key)) != 0)
        return Error{ErrorCode::invalid, "not a public key"};
    return key;
}

Result<Secret> OpeningKey::shared_with(std::string_view public_key) const {
    Secret shared{crypto_box_BEFORENMBYTES};
    if (public_key.size() != kBoxPublicSize ||
        crypto_box_beforenm(shared.bytes().data(), crypto::octets(public_key),
                            secret_key_.bytes().data()) != 0)
        return Error{ErrorCode::invalid, "not a public key"};
    return shared;
}

Result<Secret> OpeningKey::open(std::string_view sealed) const {
    if (sealed.size() < crypto_box_SEALBYTES)
        return Error{ErrorCode::corrupt, "a sealed box is cut short"};
    Secret plain{sealed.size() - crypto_box_SEALBYTES};
    const int failed =
        crypto_box_seal_open(plain.bytes().data(), crypto::octets(sealed), sealed.size(),
                             crypto::octets(public_key_), secret_key_.bytes().data());
    if (failed != 0) return Error{ErrorCode::corrupt, "a sealed box does not open with this key"};
    return plain;
}

Result<std::string> seal_for(std::string_view public_key, const Secret& plain,
                             const Entropy& entropy) {
    if (public_key.size() != kBoxPublicSize) return Error{ErrorCode::invalid, "not a public key"};
    ready();
    Secret seed{crypto_box_SEEDBYTES}, secret_key{crypto_box_SECRETKEYBYTES};
    entropy(seed.bytes());
    std::string sealed(crypto_box_PUBLICKEYBYTES, '\0');
    crypto_box_seed_keypair(octets(sealed), secret_key.bytes().data(), seed.bytes().data());
    const std::string nonce = nonce_of(sealed, public_key);
    std::string box(plain.size() + crypto_box_MACBYTES, '\0');
    const int failed =
        crypto_box_easy(octets(box), plain.bytes().data(), plain.size(), crypto::octets(nonce),
                        crypto::octets(public_key), secret_key.bytes().data());
    if (failed != 0) return Error{ErrorCode::invalid, "not a public key"};
    return sealed + box;
}

}  // namespace bordereau::storage::crypto
