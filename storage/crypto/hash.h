// storage/crypto/hash.h - BLAKE2b digests: links of the chain, names of devices and attachments.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace bordereau::storage::crypto {

constexpr std::size_t kDigestSize = 32;

/// BLAKE2b-256 of `bytes`: 32 raw bytes.
std::string digest(std::string_view bytes);

/// BLAKE2b of `bytes` under a key (up to 64 bytes), `size` raw bytes long (16 to 64).
std::string keyed_digest(std::string_view key, std::string_view bytes, std::size_t size);

/// BLAKE2b-128 in hexadecimal, 32 digits: the form of a DeviceId.
std::string short_name(std::string_view bytes);

/// Whether two digests or proofs are the same, in a time that tells nothing of where they differ.
bool equal(std::string_view one, std::string_view other);

/// A BLAKE2b-256 digest over pieces. Each piece counts with its length, so that moving a byte
/// from one piece to the next changes the digest.
class Hasher {
public:
    Hasher();
    ~Hasher();
    Hasher(const Hasher&) = delete;
    Hasher& operator=(const Hasher&) = delete;

    void add(std::string_view piece);
    void add(std::int64_t number);
    std::string finish();  ///< 32 raw bytes; once

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The digest() of bytes that come in pieces, however they are cut.
class RunningDigest {
public:
    RunningDigest();
    RunningDigest(RunningDigest&&) noexcept;
    RunningDigest& operator=(RunningDigest&&) noexcept;
    ~RunningDigest();

    void add(std::string_view piece);
    std::string finish();  ///< 32 raw bytes; once

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace bordereau::storage::crypto
