#include "storage/crypto/seal.h"

#include <sodium.h>

#include "storage/base/check.h"
#include "storage/crypto/library.h"

namespace bordereau::storage::crypto {

static_assert(kKeySize == crypto_secretbox_KEYBYTES);

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

}  // namespace bordereau::storage::crypto
