// storage/crypto/stream.h - authenticated encryption of long content, chunk by chunk, so that it
// never has to lie in memory as a whole.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "storage/base/result.h"
#include "storage/base/uuid.h"
#include "storage/crypto/secret.h"

namespace bordereau::storage::crypto {

/// Plain bytes of every chunk but the last, which has at most as many.
constexpr std::size_t kChunkSize = std::size_t{64} << 10;
constexpr std::size_t kChunkTag = 16;      ///< what sealing adds to a chunk
constexpr std::size_t kStreamPrefix = 16;  ///< random bytes that every stream begins with

/// XChaCha20-Poly1305 in the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizar 2015): a
/// chunk's nonce is the stream's random prefix, the chunk's number, and whether it is the last one.
/// So a chunk that is changed, moved, repeated, left out or cut off does not open.
class ChunkCipher {
public:
    /// A new stream.
    ChunkCipher(Secret key, const Entropy& entropy);
    /// A stream that begins with this prefix of kStreamPrefix bytes.
    ChunkCipher(Secret key, std::string_view prefix);

    std::string_view prefix() const { return {prefix_.data(), prefix_.size()}; }

    /// The next chunk.
    std::string seal(std::string_view plain, bool last);
    /// The chunk of this number, from 0, is the next one.
    void go_to(std::uint64_t number) { number_ = number; }
    /// The next chunk again. corrupt: not that chunk of that stream.
    Result<std::string> open(std::string_view sealed, bool last);

private:
    using Nonce = std::array<unsigned char, 24>;
    Nonce next_nonce(bool last);

    Secret key_;
    std::array<char, kStreamPrefix> prefix_{};
    std::uint64_t number_ = 0;
};

}  // namespace bordereau::storage::crypto
