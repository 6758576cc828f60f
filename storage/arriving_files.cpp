#include "storage/arriving_files.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <system_error>
#include <vector>

#include "storage/base/text.h"
#include "storage/crypto/hash.h"
#include "storage/crypto/keys.h"
#include "storage/files.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;

constexpr int kNameLength = 20;

// A piece is a file whose name tells its place: "<offset>-<bytes>".
struct Piece {
    std::uint64_t offset = 0, size = 0;
    fs::path file;
};

std::string piece_name(std::uint64_t offset, std::uint64_t size) {
    return std::to_string(offset) + "-" + std::to_string(size);
}

// Nothing: not a piece, but one that was being written.
std::optional<Piece> piece_of(const fs::path& file) {
    const std::string name = file.filename().string();
    const char* end = name.data() + name.size();
    Piece piece{0, 0, file};
    const auto offset = std::from_chars(name.data(), end, piece.offset);
    if (offset.ec != std::errc{} || offset.ptr == end || *offset.ptr != '-') return std::nullopt;
    const auto size = std::from_chars(offset.ptr + 1, end, piece.size);
    if (size.ec != std::errc{} || size.ptr != end) return std::nullopt;
    return piece;
}

// Those that follow each other from the beginning.
std::vector<Piece> pieces_in(const fs::path& folder) {
    std::map<std::uint64_t, Piece> all;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator{folder, code})
        if (auto piece = piece_of(entry.path())) all.emplace(piece->offset, *std::move(piece));
    std::vector<Piece> pieces;
    std::uint64_t end = 0;
    for (auto& [offset, piece] : all) {
        if (offset != end) break;
        end += piece.size;
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

std::uint64_t held_in(const fs::path& folder) {
    const auto pieces = pieces_in(folder);
    return pieces.empty() ? 0 : pieces.back().offset + pieces.back().size;
}

struct Half {
    fs::path folder;
    std::uint64_t bytes = 0;
    fs::file_time_type touched;
};

std::vector<Half> halves_in(const fs::path& folder) {
    std::vector<Half> halves;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator{folder, code}) {
        std::error_code ignored;
        Half half{entry.path(), 0, fs::last_write_time(entry.path(), ignored)};
        for (const auto& piece : fs::directory_iterator{entry.path(), ignored}) {
            const std::uintmax_t bytes = piece.file_size(ignored);
            if (!ignored) half.bytes += bytes;
        }
        halves.push_back(std::move(half));
    }
    return halves;
}

}  // namespace

ArrivingFiles::ArrivingFiles(fs::path folder, const crypto::Secret& key, Entropy entropy,
                             std::uint64_t most)
    : folder_(std::move(folder)),
      naming_(crypto::derived_key(key, "names")),
      content_(crypto::derived_key(key, "contents")),
      entropy_(std::move(entropy)),
      most_(most) {}

fs::path ArrivingFiles::folder_of(std::string_view hash, std::uint64_t size) const {
    const std::string file = std::string{hash} + "/" + std::to_string(size);
    return folder_ / to_hex(crypto::keyed_digest(naming_.view(), file, crypto::kDigestSize));
}

Result<Arrival> ArrivingFiles::take(std::string_view hash, const FilePiece& piece,
                                    const std::function<Status()>& keep) {
    const bool inside = piece.offset <= piece.size && piece.bytes.size() <= piece.size &&
                        piece.offset <= piece.size - piece.bytes.size();
    const bool last = inside && piece.offset + piece.bytes.size() == piece.size;
    if (!inside || piece.bytes.empty() || (!last && piece.bytes.size() < kSmallestPiece))
        return Error{ErrorCode::invalid, "no piece of a file of that size"};
    const fs::path folder = folder_of(hash, piece.size);
    if (held_in(folder) == piece.offset)
        if (Status added = add(folder, piece); !added) return added.error();
    return settle(hash, piece.size, keep);
}

Status ArrivingFiles::add(const fs::path& folder, const FilePiece& piece) {
    make_room(folder, piece.bytes.size());
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored))
        if (Status made = make_folder(folder); !made) return made;
    auto writer = SealedFileWriter::begin(folder / new_key(entropy_, kNameLength),
                                          crypto::Secret::copy_of(content_.view()), entropy_);
    if (!writer) return std::move(writer).error();
    if (Status added = writer->add(piece.bytes); !added) return added;
    if (auto finished = writer->finish(); !finished) return std::move(finished).error();
    return (*std::move(writer)).take_place(folder / piece_name(piece.offset, piece.bytes.size()));
}

Result<Arrival> ArrivingFiles::settle(std::string_view hash, std::uint64_t size,
                                      const std::function<Status()>& keep) {
    const fs::path folder = folder_of(hash, size);
    const std::uint64_t held = held_in(folder);
    if (held < size || size == 0) return Arrival{held, false};
    const Status kept = keep();
    if (!kept && kept.error().code != ErrorCode::corrupt) return kept.error();
    // What cannot be removed now gives way to others later.
    static_cast<void>(remove_folder(folder));
    return kept ? Arrival{size, false} : Arrival{0, true};
}

Status ArrivingFiles::join(std::string_view hash, std::uint64_t size, SealedFileWriter writer,
                           const fs::path& place) const {
    for (const Piece& piece : pieces_in(folder_of(hash, size))) {
        auto reader = SealedFileReader::open(piece.file, crypto::Secret::copy_of(content_.view()));
        if (!reader) return std::move(reader).error();
        while (!reader->at_end()) {
            const auto chunk = reader->next();
            if (!chunk) return chunk.error();
            if (Status added = writer.add(*chunk); !added) return added;
        }
    }
    const auto written = writer.finish();
    if (!written) return written.error();
    if (*written != hash) return Error{ErrorCode::corrupt, "not the content that was named"};
    return std::move(writer).take_place(place);
}

void ArrivingFiles::make_room(const fs::path& folder, std::uint64_t bytes) const {
    auto halves = halves_in(folder_);
    std::uint64_t sum = bytes;
    for (const Half& half : halves) sum += half.bytes;
    std::ranges::sort(halves, {}, &Half::touched);
    for (const Half& half : halves) {
        if (sum <= most_) return;
        if (half.folder == folder) continue;
        if (remove_folder(half.folder)) sum -= half.bytes;
    }
}

}  // namespace bordereau::storage
