#include "storage/crypto/hash.h"

#include <sodium.h>

#include "storage/base/check.h"
#include "storage/base/text.h"
#include "storage/crypto/library.h"

namespace bordereau::storage::crypto {

std::string keyed_digest(std::string_view key, std::string_view bytes, std::size_t size) {
    ready();
    std::string out(size, '\0');
    const int failed = crypto_generichash(reinterpret_cast<unsigned char*>(out.data()), size,
                                          octets(bytes), bytes.size(), octets(key), key.size());
    check(failed == 0, "a digest of an impossible size");
    if (!key.empty()) sodium_stackzero(4096);  // it leaves the block that holds the key there
    return out;
}

std::string digest(std::string_view bytes) {
    return keyed_digest({}, bytes, kDigestSize);
}

std::string short_name(std::string_view bytes) {
    return to_hex(keyed_digest({}, bytes, 16));
}

bool equal(std::string_view one, std::string_view other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

struct Hasher::State {
    crypto_generichash_state blake;
};

Hasher::Hasher() : state_(std::make_unique<State>()) {
    ready();
    crypto_generichash_init(&state_->blake, nullptr, 0, kDigestSize);
}

Hasher::~Hasher() = default;

void Hasher::add(std::string_view piece) {
    add(static_cast<std::int64_t>(piece.size()));
    crypto_generichash_update(&state_->blake, octets(piece), piece.size());
}

void Hasher::add(std::int64_t number) {
    std::array<unsigned char, 8> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(number) >> (8 * i));
    crypto_generichash_update(&state_->blake, bytes.data(), bytes.size());
}

std::string Hasher::finish() {
    std::string out(kDigestSize, '\0');
    crypto_generichash_final(&state_->blake, reinterpret_cast<unsigned char*>(out.data()),
                             kDigestSize);
    return out;
}

struct RunningDigest::State {
    crypto_generichash_state blake;
};

RunningDigest::RunningDigest() : state_(std::make_unique<State>()) {
    ready();
    crypto_generichash_init(&state_->blake, nullptr, 0, kDigestSize);
}

RunningDigest::RunningDigest(RunningDigest&&) noexcept = default;
RunningDigest& RunningDigest::operator=(RunningDigest&&) noexcept = default;
RunningDigest::~RunningDigest() = default;

void RunningDigest::add(std::string_view piece) {
    crypto_generichash_update(&state_->blake, octets(piece), piece.size());
}

std::string RunningDigest::finish() {
    std::string out(kDigestSize, '\0');
    crypto_generichash_final(&state_->blake, reinterpret_cast<unsigned char*>(out.data()),
                             kDigestSize);
    return out;
}

}  // namespace bordereau::storage::crypto
