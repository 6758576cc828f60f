// storage/kept_files.h - the files that an endpoint keeps for its teams: encrypted, under names
// that tell nothing, each content once. Which of them exist, and for whom, the changesets say.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "storage/arriving_files.h"
#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/uuid.h"
#include "storage/crypto/secret.h"

namespace bordereau::storage {

/// For any number of threads, and for several processes with one folder. Hashes are BLAKE2b-256 of
/// the plain bytes, hexadecimal.
class KeptFiles {
public:
    /// Of a team, in bytes, of files that have not arrived as a whole.
    static constexpr std::uint64_t kMostArriving = std::uint64_t{256} << 20;
    static constexpr const char* kKeyFile = "files.key";  ///< in the folder
    static constexpr const char* kWholeFolder = "whole";  ///< in it, of the files that are whole

    /// Makes the folder and its key where they are not there yet. corrupt: the key is damaged.
    static Result<KeptFiles> open(const std::filesystem::path& folder, Entropy entropy);

    /// Bytes from the beginning that are here of a file of that size; all of them once it is whole.
    Result<std::uint64_t> held(const TeamId& team, std::string_view hash, std::uint64_t size);
    /// As ArrivingFiles::take(). refused: too large.
    Result<Arrival> take_piece(const TeamId& team, std::string_view hash, const FilePiece& piece);
    /// A whole file at once. corrupt: not of this hash.
    Status put(std::string_view hash, std::string_view bytes);

    bool has(std::string_view hash) const;
    /// not_found: not here; corrupt: damaged here.
    Result<std::uint64_t> size(std::string_view hash) const;
    /// From an offset on; fewer than `limit` bytes at the end only. Errors as size().
    Result<std::string> read(std::string_view hash, std::uint64_t offset, std::size_t limit) const;
    /// All of it, verified. Errors as size().
    Result<std::string> get(std::string_view hash) const;
    /// Takes damaged bytes away, so that they may come again.
    Status discard(std::string_view hash);

private:
    KeptFiles(std::filesystem::path folder, crypto::Secret key, Entropy entropy);
    std::filesystem::path place_of(std::string_view hash) const;
    ArrivingFiles arriving(const TeamId& team) const;
    Result<SealedFileWriter> begin() const;
    Result<SealedFileReader> open_file(std::string_view hash) const;
    std::mutex& one_at_a_time(std::string_view hash) const;

    std::filesystem::path folder_;
    crypto::Secret key_, naming_, content_;
    Entropy entropy_;
    std::unique_ptr<std::array<std::mutex, 16>> mutexes_;  // by the hash's first digit
};

}  // namespace bordereau::storage
