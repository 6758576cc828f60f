#include "storage/kept_files.h"

#include <system_error>

#include "storage/attachments.h"
#include "storage/base/text.h"
#include "storage/crypto/hash.h"
#include "storage/crypto/keys.h"
#include "storage/crypto/seal.h"
#include "storage/disk.h"
#include "storage/files.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;

constexpr const char* kKey = KeptFiles::kKeyFile;
constexpr const char* kWhole = KeptFiles::kWholeFolder;
constexpr const char* kUnfinished = "unfinished";
constexpr const char* kArriving = "arriving";

// Several processes may start at once: the first one's key stays.
Status make_key(const fs::path& folder, const Entropy& entropy) {
    const crypto::Secret key = crypto::new_key(entropy);
    auto file = NewFile::begin(folder / kUnfinished / new_key(entropy, 20));
    if (!file) return std::move(file).error();
    if (Status added = file->add(key.view()); !added) return added;
    if (Status flushed = file->flush(); !flushed) return flushed;
    std::error_code code;
    fs::create_hard_link(file->unfinished(), folder / kKey, code);
    if (code && code != std::errc::file_exists)
        return Error{ErrorCode::io, "the key file of the files: " + code.message()};
    return flush_folder(folder);
}

Result<crypto::Secret> key_in(const fs::path& folder, const Entropy& entropy) {
    auto bytes = read_file(folder / kKey);
    if (!bytes && bytes.error().code != ErrorCode::not_found) return bytes.error();
    if (bytes) {
        if (bytes->size() == crypto::kKeySize) return crypto::Secret::copy_of(*bytes);
        return Error{ErrorCode::corrupt, "the key file of the files has another size"};
    }
    std::error_code code;
    if (!fs::is_empty(folder / kWhole, code))
        return Error{ErrorCode::not_found, "there are files, but not their key file"};
    if (Status made = make_key(folder, entropy); !made) return made.error();
    return key_in(folder, entropy);
}

}  // namespace

KeptFiles::KeptFiles(fs::path folder, crypto::Secret key, Entropy entropy)
    : folder_(std::move(folder)),
      key_(std::move(key)),
      naming_(crypto::derived_key(key_, "names")),
      content_(crypto::derived_key(key_, "contents")),
      entropy_(std::move(entropy)),
      mutexes_(std::make_unique<std::array<std::mutex, 16>>()) {}

Result<KeptFiles> KeptFiles::open(const fs::path& folder, Entropy entropy) {
    std::error_code ignored;
    for (const char* part : {kWhole, kUnfinished, kArriving})
        if (!fs::is_directory(folder / part, ignored))
            if (Status made = make_folder(folder / part); !made) return made.error();
    auto key = key_in(folder, entropy);
    if (!key) return key.error();
    return KeptFiles{folder, *std::move(key), std::move(entropy)};
}

fs::path KeptFiles::place_of(std::string_view hash) const {
    return folder_ / kWhole /
           to_hex(crypto::keyed_digest(naming_.view(), hash, crypto::kDigestSize));
}

std::mutex& KeptFiles::one_at_a_time(std::string_view hash) const {
    const std::size_t digit = hash.empty() ? 0 : static_cast<unsigned char>(hash.front());
    return (*mutexes_)[digit % mutexes_->size()];
}

ArrivingFiles KeptFiles::arriving(const TeamId& team) const {
    const std::string name =
        to_hex(crypto::keyed_digest(naming_.view(), team.text, crypto::kDigestSize));
    return {folder_ / kArriving / name, key_, entropy_, kMostArriving};
}

Result<SealedFileWriter> KeptFiles::begin() const {
    return SealedFileWriter::begin(folder_ / kUnfinished / new_key(entropy_, 20),
                                   crypto::Secret::copy_of(content_.view()), entropy_);
}

bool KeptFiles::has(std::string_view hash) const {
    std::error_code ignored;
    return fs::exists(place_of(hash), ignored);
}

Result<std::uint64_t> KeptFiles::held(const TeamId& team, std::string_view hash,
                                      std::uint64_t size) {
    const std::lock_guard lock{one_at_a_time(hash)};
    if (has(hash)) return size;
    ArrivingFiles pieces = arriving(team);
    const auto arrival = pieces.settle(hash, size, [&]() -> Status {
        auto writer = begin();
        if (!writer) return std::move(writer).error();
        return pieces.join(hash, size, *std::move(writer), place_of(hash));
    });
    return arrival ? Result{arrival->held} : arrival.error();
}

Result<Arrival> KeptFiles::take_piece(const TeamId& team, std::string_view hash,
                                      const FilePiece& piece) {
    if (piece.size > kMaxAttachmentBytes) return Error{ErrorCode::refused, "the file is too large"};
    const std::lock_guard lock{one_at_a_time(hash)};
    if (has(hash)) return Arrival{piece.size, false};
    ArrivingFiles pieces = arriving(team);
    return pieces.take(hash, piece, [&]() -> Status {
        auto writer = begin();
        if (!writer) return std::move(writer).error();
        return pieces.join(hash, piece.size, *std::move(writer), place_of(hash));
    });
}

Status KeptFiles::put(std::string_view hash, std::string_view bytes) {
    if (bytes.size() > kMaxAttachmentBytes)
        return Error{ErrorCode::refused, "the file is too large"};
    if (to_hex(crypto::digest(bytes)) != hash)
        return Error{ErrorCode::corrupt, "a file's bytes are not those that were named"};
    const std::lock_guard lock{one_at_a_time(hash)};
    if (has(hash)) return done();
    auto writer = begin();
    if (!writer) return std::move(writer).error();
    if (Status added = writer->add(bytes); !added) return added;
    if (auto finished = writer->finish(); !finished) return std::move(finished).error();
    return (*std::move(writer)).take_place(place_of(hash));
}

Result<SealedFileReader> KeptFiles::open_file(std::string_view hash) const {
    return SealedFileReader::open(place_of(hash), crypto::Secret::copy_of(content_.view()));
}

Result<std::uint64_t> KeptFiles::size(std::string_view hash) const {
    const auto reader = open_file(hash);
    return reader ? Result{reader->plain_size()} : reader.error();
}

Result<std::string> KeptFiles::read(std::string_view hash, std::uint64_t offset,
                                    std::size_t limit) const {
    auto reader = open_file(hash);
    return reader ? reader->read_at(offset, limit) : reader.error();
}

Result<std::string> KeptFiles::get(std::string_view hash) const {
    auto bytes = read(hash, 0, kMaxAttachmentBytes);
    if (bytes && to_hex(crypto::digest(*bytes)) != hash)
        return Error{ErrorCode::corrupt, "a file holds another content"};
    return bytes;
}

Status KeptFiles::discard(std::string_view hash) {
    if (disk::remove(place_of(hash)) == 0) return done();
    return Error{ErrorCode::io, "removing a file"};
}

}  // namespace bordereau::storage
