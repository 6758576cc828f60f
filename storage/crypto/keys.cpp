#include "storage/crypto/keys.h"

#include <sodium.h>

#include "storage/base/check.h"
#include "storage/crypto/library.h"
#include "storage/crypto/seal.h"

namespace bordereau::storage::crypto {
namespace {

// More than one digest takes.
constexpr std::size_t kStackUsed = 4096;
// A key file comes from a disk that others may write to: what it asks for must stay affordable.
constexpr std::uint64_t kMostPasses = 64;
constexpr std::uint64_t kMostMemory = std::uint64_t{2} << 30;

}  // namespace

static_assert(kSaltSize == crypto_pwhash_SALTBYTES);

PassphraseCost least_cost() {
    return {crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};
}

Result<Secret> key_from_passphrase(std::string_view passphrase, std::string_view salt,
                                   PassphraseCost cost) {
    const bool sensible = salt.size() == kSaltSize && cost.passes >= crypto_pwhash_OPSLIMIT_MIN &&
                          cost.passes <= kMostPasses && cost.memory >= crypto_pwhash_MEMLIMIT_MIN &&
                          cost.memory <= kMostMemory;
    if (!sensible) return Error{ErrorCode::invalid, "passphrase cost out of range"};
    Secret key{kKeySize};
    const int failed =
        crypto_pwhash(key.bytes().data(), key.size(), passphrase.data(), passphrase.size(),
                      octets(salt), cost.passes, cost.memory, crypto_pwhash_ALG_ARGON2ID13);
    if (failed != 0) return Error{ErrorCode::full, "not enough memory for the passphrase"};
    return key;
}

Secret new_key(const Entropy& entropy) {
    Secret key{kKeySize};
    entropy(key.bytes());
    return key;
}

Secret derived_key(const Secret& main, std::string_view purpose) {
    check(main.size() == kKeySize, "a main key has 32 bytes");
    Secret key{kKeySize};
    crypto_generichash(key.bytes().data(), key.size(), octets(purpose), purpose.size(),
                       main.bytes().data(), main.size());
    sodium_stackzero(kStackUsed);  // BLAKE2b leaves the block that holds the key there
    return key;
}

}  // namespace bordereau::storage::crypto
