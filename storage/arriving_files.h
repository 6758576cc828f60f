// storage/arriving_files.h - files that arrive in pieces. Each piece is sealed and durable on its
// own, so that a transfer goes on where it was cut off; a file counts only when it is whole and has
// the content that its name promises. Who may send one, and where it is kept, is for others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "storage/base/result.h"
#include "storage/base/uuid.h"
#include "storage/crypto/secret.h"
#include "storage/sealed_file.h"

namespace bordereau::storage {

/// Pieces are at least so long, but for a file's last: their number is bounded by that.
constexpr std::size_t kSmallestPiece = std::size_t{4} << 10;

/// Some bytes of a file.
struct FilePiece {
    std::uint64_t size = 0;    ///< of the whole file
    std::uint64_t offset = 0;  ///< of these bytes in it
    std::string_view bytes;
};

/// How far a file has arrived.
struct Arrival {
    std::uint64_t held = 0;  ///< bytes from the beginning that are durable here
    bool damaged = false;    ///< all came, and were not the content named: they were thrown away
};

/// Names of files are BLAKE2b-256 of their plain bytes, hexadecimal. One name with two sizes is two
/// files: who says a wrong size spoils nobody else's.
class ArrivingFiles {
public:
    /// All together take at most `most` bytes: of several the one that rested longest gives way.
    ArrivingFiles(std::filesystem::path folder, const crypto::Secret& key, Entropy entropy,
                  std::uint64_t most);

    /// Takes a piece that follows what is held, durably; any other is passed over, and `held` says
    /// where to go on. With the last piece keep() is called: corrupt from it means that the bytes
    /// are not what was named.
    ///   invalid  no bytes, too few of them, or beyond the size
    Result<Arrival> take(std::string_view hash, const FilePiece& piece,
                         const std::function<Status()>& keep);
    /// What is held of a file. Where that is all, because the machine stopped before it was kept,
    /// it is kept now.
    Result<Arrival> settle(std::string_view hash, std::uint64_t size,
                           const std::function<Status()>& keep);
    /// Writes the pieces as one file. corrupt: not of this hash; nothing was written.
    Status join(std::string_view hash, std::uint64_t size, SealedFileWriter writer,
                const std::filesystem::path& place) const;

private:
    std::filesystem::path folder_of(std::string_view hash, std::uint64_t size) const;
    Status add(const std::filesystem::path& folder, const FilePiece& piece);
    void make_room(const std::filesystem::path& folder, std::uint64_t bytes) const;

    std::filesystem::path folder_;
    crypto::Secret naming_, content_;
    Entropy entropy_;
    std::uint64_t most_;
};

}  // namespace bordereau::storage
