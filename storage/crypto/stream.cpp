#include "storage/crypto/stream.h"

#include <sodium.h>

#include <algorithm>

#include "storage/base/check.h"
#include "storage/crypto/library.h"
#include "storage/crypto/seal.h"

namespace bordereau::storage::crypto {

static_assert(kChunkTag == crypto_aead_xchacha20poly1305_ietf_ABYTES);
static_assert(kKeySize == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
static_assert(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES == kStreamPrefix + 8);

ChunkCipher::ChunkCipher(Secret key, const Entropy& entropy) : key_(std::move(key)) {
    check(key_.size() == kKeySize, "a stream's key has 32 bytes");
    ready();
    entropy({reinterpret_cast<std::uint8_t*>(prefix_.data()), prefix_.size()});
}

ChunkCipher::ChunkCipher(Secret key, std::string_view prefix) : key_(std::move(key)) {
    check(key_.size() == kKeySize && prefix.size() == kStreamPrefix,
          "a stream begins with its prefix");
    ready();
    std::ranges::copy(prefix, prefix_.begin());
}

ChunkCipher::Nonce ChunkCipher::next_nonce(bool last) {
    Nonce nonce{};
    std::ranges::copy(prefix_, nonce.begin());
    for (std::size_t i = 0; i < 7; ++i)
        nonce[kStreamPrefix + i] = static_cast<unsigned char>(number_ >> (8 * i));
    nonce.back() = last ? 1 : 0;
    ++number_;
    return nonce;
}

std::string ChunkCipher::seal(std::string_view plain, bool last) {
    check(plain.size() <= kChunkSize && (last || plain.size() == kChunkSize),
          "only the last chunk is shorter");
    const Nonce nonce = next_nonce(last);
    std::string sealed(plain.size() + kChunkTag, '\0');
    crypto_aead_xchacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char*>(sealed.data()),
                                               nullptr, octets(plain), plain.size(), nullptr, 0,
                                               nullptr, nonce.data(), key_.bytes().data());
    return sealed;
}

Result<std::string> ChunkCipher::open(std::string_view sealed, bool last) {
    const Nonce nonce = next_nonce(last);
    if (sealed.size() < kChunkTag) return Error{ErrorCode::corrupt, "a chunk is cut short"};
    std::string plain(sealed.size() - kChunkTag, '\0');
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr, octets(sealed),
        sealed.size(), nullptr, 0, nonce.data(), key_.bytes().data());
    if (failed != 0) return Error{ErrorCode::corrupt, "a chunk does not open with this key"};
    return plain;
}

}  // namespace bordereau::storage::crypto
