// storage/sealed_file.h - one encrypted file, written and read in chunks: memory stays small
// however long it is. What it stands for is the caller's.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "storage/base/result.h"
#include "storage/base/uuid.h"
#include "storage/crypto/hash.h"
#include "storage/crypto/stream.h"
#include "storage/files.h"

namespace bordereau::storage {

/// Layout: kSealedFileMark, the stream's prefix, the chunks.
constexpr std::string_view kSealedFileMark = "BDRA\x01";

/// Writes a sealed file. Until take_place() there is nothing to be seen of it.
class SealedFileWriter {
public:
    static Result<SealedFileWriter> begin(const std::filesystem::path& unfinished,
                                          crypto::Secret key, const Entropy& entropy);

    Status add(std::string_view plain);
    std::uint64_t size() const { return size_; }  ///< plain bytes so far
    /// Seals the last chunk. BLAKE2b-256 of all plain bytes, hexadecimal.
    Result<std::string> finish();
    /// After finish(): flushed and in its place when this returns.
    Status take_place(const std::filesystem::path& file) &&;

private:
    SealedFileWriter(NewFile file, crypto::ChunkCipher cipher)
        : file_(std::move(file)), cipher_(std::move(cipher)) {}
    Status write_chunk(bool last);

    NewFile file_;
    crypto::ChunkCipher cipher_;
    crypto::RunningDigest digest_;
    std::string chunk_;
    std::uint64_t size_ = 0;
};

/// Reads a sealed file from its beginning.
class SealedFileReader {
public:
    /// not_found: no such file; corrupt: not a sealed file.
    static Result<SealedFileReader> open(const std::filesystem::path& file, crypto::Secret key);

    bool at_end() const { return at_end_; }
    /// The next chunk. corrupt: changed, exchanged, or cut off.
    Result<std::string> next();
    std::uint64_t plain_size() const { return plain_size_; }  ///< by the length of the file
    /// Plain bytes from an offset on, up to `limit` or the end. corrupt as next(), of the chunks
    /// that they lie in; nothing is said of the others.
    Result<std::string> read_at(std::uint64_t offset, std::size_t limit);

private:
    SealedFileReader(std::ifstream in, crypto::ChunkCipher cipher, std::uint64_t rest);
    void go_to(std::uint64_t chunk);

    std::ifstream in_;
    crypto::ChunkCipher cipher_;
    std::uint64_t sealed_size_, rest_, plain_size_;
    bool at_end_ = false;
};

}  // namespace bordereau::storage
