#include "storage/sealed_file.h"

#include <algorithm>
#include <system_error>

#include "storage/base/text.h"

namespace bordereau::storage {
namespace {

using crypto::kChunkSize;
using crypto::kChunkTag;

constexpr std::uint64_t kHead = kSealedFileMark.size() + crypto::kStreamPrefix;

// Every chunk but the last is full, so the length of the chunks tells how many there are.
std::uint64_t plain_size_of(std::uint64_t sealed) {
    const std::uint64_t chunks = (sealed + kChunkSize + kChunkTag - 1) / (kChunkSize + kChunkTag);
    return sealed - std::min(sealed, chunks * kChunkTag);
}

}  // namespace

Result<SealedFileWriter> SealedFileWriter::begin(const std::filesystem::path& unfinished,
                                                 crypto::Secret key, const Entropy& entropy) {
    auto file = NewFile::begin(unfinished);
    if (!file) return std::move(file).error();
    SealedFileWriter writer{*std::move(file), crypto::ChunkCipher{std::move(key), entropy}};
    Status begun = writer.file_.add(kSealedFileMark);
    if (begun) begun = writer.file_.add(writer.cipher_.prefix());
    if (!begun) return std::move(begun).error();
    return writer;
}

Status SealedFileWriter::add(std::string_view plain) {
    size_ += plain.size();
    digest_.add(plain);
    while (!plain.empty()) {
        if (chunk_.size() == kChunkSize)
            if (Status written = write_chunk(false); !written) return written;
        const std::size_t taken = std::min(kChunkSize - chunk_.size(), plain.size());
        chunk_.append(plain.substr(0, taken));
        plain.remove_prefix(taken);
    }
    return done();
}

Status SealedFileWriter::write_chunk(bool last) {
    Status written = file_.add(cipher_.seal(chunk_, last));
    chunk_.clear();
    return written;
}

Result<std::string> SealedFileWriter::finish() {
    if (Status written = write_chunk(true); !written) return std::move(written).error();
    return to_hex(digest_.finish());
}

Status SealedFileWriter::take_place(const std::filesystem::path& file) && {
    return std::move(file_).commit(file);
}

SealedFileReader::SealedFileReader(std::ifstream in, crypto::ChunkCipher cipher, std::uint64_t rest)
    : in_(std::move(in)),
      cipher_(std::move(cipher)),
      sealed_size_(rest),
      rest_(rest),
      plain_size_(plain_size_of(rest)) {}

Result<SealedFileReader> SealedFileReader::open(const std::filesystem::path& file,
                                                crypto::Secret key) {
    std::ifstream in{file, std::ios::binary};
    if (!in) return Error{ErrorCode::not_found, "no file " + file.string()};
    std::error_code code;
    const std::uint64_t length = std::filesystem::file_size(file, code);
    std::string head(kHead, '\0');
    if (code || length < kHead || !in.read(head.data(), static_cast<std::streamsize>(kHead)) ||
        !head.starts_with(kSealedFileMark))
        return Error{ErrorCode::corrupt, "not a sealed file: " + file.string()};
    crypto::ChunkCipher cipher{std::move(key),
                               std::string_view{head}.substr(kSealedFileMark.size())};
    return SealedFileReader{std::move(in), std::move(cipher), length - kHead};
}

Result<std::string> SealedFileReader::next() {
    check(!at_end_, "read beyond the end of a sealed file");
    std::string sealed(std::min<std::uint64_t>(rest_, kChunkSize + kChunkTag), '\0');
    rest_ -= sealed.size();
    at_end_ = rest_ == 0;
    if (!in_.read(sealed.data(), static_cast<std::streamsize>(sealed.size())))
        return Error{ErrorCode::io, "reading a sealed file"};
    return cipher_.open(sealed, at_end_);
}

void SealedFileReader::go_to(std::uint64_t chunk) {
    const std::uint64_t place = chunk * (kChunkSize + kChunkTag);
    in_.clear();
    in_.seekg(static_cast<std::streamoff>(kHead + place));
    cipher_.go_to(chunk);
    rest_ = sealed_size_ - place;
    at_end_ = false;
}

Result<std::string> SealedFileReader::read_at(std::uint64_t offset, std::size_t limit) {
    std::string bytes;
    if (offset >= plain_size_) return bytes;
    go_to(offset / kChunkSize);
    std::size_t skipped = offset % kChunkSize;
    while (bytes.size() < limit && !at_end_) {
        const auto chunk = next();
        if (!chunk) return chunk;
        bytes += std::string_view{*chunk}.substr(skipped, limit - bytes.size());
        skipped = 0;
    }
    return bytes;
}

}  // namespace bordereau::storage
