#include "storage/crypto/seal.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "storage/base/check.h"
#include "storage/crypto/library.h"

namespace bordereau::storage::crypto {

static_assert(kKeySize == crypto_secretbox_KEYBYTES);
static_assert(kKeySize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(kNumberedTag == crypto_aead_xchacha20poly1305_ietf_ABYTES);

namespace {

using Nonce = std::array<unsigned char, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES>;

Nonce nonce_of(std::uint64_t number) {
    Nonce nonce{};
    for (std::size_t i = 0; i < sizeof number; ++i)
        nonce[i] = static_cast<unsigned char>(number >> (8 * i));
    return nonce;
}

std::string encrypted(const Secret& key, const Nonce& nonce, std::string_view context,
                      std::string_view plain) {
    check(key.size() == kKeySize, "a sealing key has 32 bytes");
    ready();
    std::string sealed(plain.size() + kNumberedTag, '\0');
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        reinterpret_cast<unsigned char*>(sealed.data()), nullptr, octets(plain), plain.size(),
        octets(context), context.size(), nullptr, nonce.data(), key.bytes().data());
    return sealed;
}

Result<std::string> decrypted(const Secret& key, const Nonce& nonce, std::string_view context,
                              std::string_view sealed) {
    check(key.size() == kKeySize, "a sealing key has 32 bytes");
    ready();
    std::string plain(sealed.size() - kNumberedTag, '\0');
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr, octets(sealed),
        sealed.size(), octets(context), context.size(), nonce.data(), key.bytes().data());
    if (failed != 0) return Error{ErrorCode::corrupt, "a block does not open with this key"};
    return plain;
}

}  // namespace

std::string seal(const Secret& key, std::string_view plain, const Entropy& entropy) {
    check(key.size() == kKeySize, "a sealing key has 32 bytes");
    std::string sealed(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.size(),
                       '\0');
    auto* nonce = reinterpret_cast<unsigned char*>(sealed.data());
    entropy({nonce, crypto_secretbox_NONCEBYTES});
    crypto_secretbox_easy(nonce + crypto_secretbox_NONCEBYTES, octets(plain), plain.size(), nonce,
                          key.bytes().data());
    return sealed;
}

Result<Secret> open(const Secret& key, std::string_view sealed) {
    check(key.size() == kKeySize, "a sealing key has 32 bytes");
    constexpr std::size_t kAround = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (sealed.size() < kAround) return Error{ErrorCode::corrupt, "sealed bytes are cut short"};
    Secret plain{sealed.size() - kAround};
    const auto* nonce = octets(sealed);
    const int failed = crypto_secretbox_open_easy(
        plain.bytes().data(), nonce + crypto_secretbox_NONCEBYTES,
        sealed.size() - crypto_secretbox_NONCEBYTES, nonce, key.bytes().data());
    if (failed != 0) return Error{ErrorCode::corrupt, "sealed bytes do not open with this key"};
    return plain;
}

std::string seal_bound(const Secret& key, std::string_view context, std::string_view plain,
                       const Entropy& entropy) {
    Nonce nonce{};
    entropy(nonce);
    std::string sealed(reinterpret_cast<const char*>(nonce.data()), nonce.size());
    return sealed += encrypted(key, nonce, context, plain);
}

Result<std::string> open_bound(const Secret& key, std::string_view context,
                               std::string_view sealed) {
    Nonce nonce{};
    if (sealed.size() < nonce.size() + kNumberedTag)
        return Error{ErrorCode::corrupt, "sealed bytes are cut short"};
    std::copy_n(octets(sealed), nonce.size(), nonce.begin());
    return decrypted(key, nonce, context, sealed.substr(nonce.size()));
}

std::string seal_numbered(const Secret& key, std::uint64_t number, std::string_view context,
                          std::string_view plain) {
    return encrypted(key, nonce_of(number), context, plain);
}

Result<std::string> open_numbered(const Secret& key, std::uint64_t number, std::string_view context,
                                  std::string_view sealed) {
    if (sealed.size() < kNumberedTag)
        return Error{ErrorCode::corrupt, "a sealed block is cut short"};
    return decrypted(key, nonce_of(number), context, sealed);
}

}  // namespace bordereau::storage::crypto
