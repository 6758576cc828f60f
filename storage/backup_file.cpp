#include "storage/backup_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>

#include "storage/crypto/hash.h"
#include "storage/disk.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kBlock = 512;
constexpr std::int64_t kChunk = std::int64_t{1} << 20;
constexpr std::size_t kMostName = 200;
constexpr std::string_view kPieceMark = "BORDEREAU-PIECE\n";
constexpr std::string_view kEndMark = "BORDEREAU-END--\n";
constexpr std::size_t kMark = 16;
static_assert(kPieceMark.size() == kMark && kEndMark.size() == kMark);

Error system_error(std::string_view doing) {
    const int code = errno;
    const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
    return {full ? ErrorCode::full : ErrorCode::io,
            std::string{doing} + ": " + std::strerror(code)};
}

Error cancelled() {
    return {ErrorCode::cancelled, "a person stopped it"};
}

std::int64_t padded(std::int64_t size) {
    return (size + kBlock - 1) / kBlock * kBlock;
}

void put_number(std::string& out, std::int64_t number) {
    for (int shift = 0; shift < 64; shift += 8)
        out += static_cast<char>(static_cast<std::uint64_t>(number) >> shift & 0xff);
}

std::int64_t number_at(std::string_view bytes, std::size_t at) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i)
        number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return static_cast<std::int64_t>(number);
}

// A block: what it says, its digest, zeros.
std::string block_of(std::string text) {
    text += crypto::digest(text);
    text.resize(static_cast<std::size_t>(kBlock), '\0');
    return text;
}

bool holds_digest(std::string_view block, std::size_t said) {
    return block.substr(said, crypto::kDigestSize) == crypto::digest(block.substr(0, said));
}

std::string head_of(const BackupPiece& piece) {
    std::string head{kPieceMark};
    head += static_cast<char>(piece.kind);
    put_number(head, piece.size);
    head += static_cast<char>(piece.name.size());
    head += piece.name;
    return block_of(std::move(head));
}

std::optional<BackupPiece> piece_in(std::string_view block) {
    if (block.size() != kBlock || !block.starts_with(kPieceMark)) return std::nullopt;
    BackupPiece piece;
    const auto kind = static_cast<unsigned char>(block[kMark]);
    const auto name = static_cast<std::size_t>(static_cast<unsigned char>(block[kMark + 9]));
    if ((kind != 1 && kind != 2) || name > kMostName || !holds_digest(block, kMark + 10 + name))
        return std::nullopt;
    piece.kind = static_cast<BackupPiece::Kind>(kind);
    piece.size = number_at(block, kMark + 1);
    piece.name = block.substr(kMark + 10, name);
    if (piece.size < 0) return std::nullopt;
    return piece;
}

struct End {
    std::int64_t database_size = 0, pieces = 0, made_at = 0;
    std::string digest;
};

std::string block_of(const End& end) {
    std::string text{kEndMark};
    put_number(text, end.database_size);
    put_number(text, end.pieces);
    put_number(text, end.made_at);
    text += end.digest;
    return block_of(std::move(text));
}

std::optional<End> end_in(std::string_view block) {
    constexpr std::size_t kSaid = kMark + 3 * 8 + crypto::kDigestSize;
    if (block.size() != kBlock || !block.starts_with(kEndMark) || !holds_digest(block, kSaid))
        return std::nullopt;
    return End{number_at(block, kMark), number_at(block, kMark + 8), number_at(block, kMark + 16),
               std::string{block.substr(kMark + 24, crypto::kDigestSize)}};
}

// A file read at places of one's choice.
class Reader {
public:
    static Result<Reader> open(const fs::path& file) {
        const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
        if (descriptor < 0 && errno == ENOENT)
            return Error{ErrorCode::not_found, "no file " + file.string()};
        if (descriptor < 0) return system_error("opening " + file.string());
        Reader reader{descriptor};
        const off_t size = ::lseek(descriptor, 0, SEEK_END);
        if (size < 0) return system_error("measuring " + file.string());
        reader.size_ = size;
        return reader;
    }
    Reader(Reader&& other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}
    Reader& operator=(Reader&&) = delete;
    ~Reader() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }

    std::int64_t size() const { return size_; }

    /// As many bytes as there are, up to `size`.
    Result<std::string> read(std::int64_t offset, std::int64_t size) const {
        if (offset < 0 || offset >= size_) return std::string{};
        std::string bytes(static_cast<std::size_t>(std::min(size, size_ - offset)), '\0');
        for (std::size_t done = 0; done < bytes.size();) {
            const ssize_t got = ::pread(descriptor_, bytes.data() + done, bytes.size() - done,
                                        static_cast<off_t>(offset) + static_cast<off_t>(done));
            if (got < 0 && errno == EINTR) continue;
            if (got < 0) return system_error("reading");
            if (got == 0) bytes.resize(done);
            done += static_cast<std::size_t>(got);
        }
        return bytes;
    }

    /// Hands on a stretch chunk by chunk.
    template <class Take>
    Status walk(std::int64_t offset, std::int64_t size, Take take) const {
        for (std::int64_t done = 0; done < size;) {
            auto chunk = read(offset + done, std::min(kChunk, size - done));
            if (!chunk) return chunk.error();
            if (chunk->empty()) return Error{ErrorCode::corrupt, "the file is cut short"};
            done += static_cast<std::int64_t>(chunk->size());
            if (Status taken = take(*chunk); !taken) return taken;
        }
        return bordereau::done();
    }

    Result<std::string> digest(std::int64_t offset, std::int64_t size,
                               const GoingOn& going_on) const {
        crypto::Hasher hasher;
        std::int64_t done = 0;
        Status walked = walk(offset, size, [&](const std::string& chunk) -> Status {
            hasher.add(chunk);
            done += static_cast<std::int64_t>(chunk.size());
            return going_on(offset + done, size_) ? bordereau::done() : Status{cancelled()};
        });
        if (!walked) return walked.error();
        return hasher.finish();
    }

private:
    explicit Reader(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
    std::int64_t size_ = 0;
};

std::string digest_of(std::string_view bytes) {
    crypto::Hasher hasher;
    for (std::size_t at = 0; at < bytes.size(); at += kChunk)
        hasher.add(bytes.substr(at, static_cast<std::size_t>(kChunk)));
    return hasher.finish();
}

// The next place at or after `offset` where a piece begins; the file's size where there is none.
Result<std::int64_t> next_piece(const Reader& reader, std::int64_t offset) {
    for (std::int64_t at = padded(offset); at < reader.size(); at += kChunk) {
        auto chunk = reader.read(at, kChunk);
        if (!chunk) return chunk.error();
        for (std::size_t in = 0; in + kBlock <= chunk->size(); in += kBlock)
            if (piece_in(std::string_view{*chunk}.substr(in, kBlock)))
                return at + static_cast<std::int64_t>(in);
    }
    return reader.size();
}

Status read_pieces(const Reader& reader, std::int64_t from, std::int64_t to,
                   const GoingOn& going_on, BackupContents& contents) {
    for (std::int64_t at = from;;) {
        auto found = next_piece(reader, at);
        if (!found) return found.error();
        if (*found >= to) return done();
        auto block = reader.read(*found, kBlock);
        if (!block) return block.error();
        BackupPiece piece = *piece_in(*block);
        piece.offset = *found + kBlock;
        at = *found + kBlock;
        if (piece.size <= to - piece.offset) {
            auto digest = reader.digest(piece.offset, piece.size, going_on);
            if (!digest) return digest.error();
            auto said = reader.read(piece.offset + piece.size, crypto::kDigestSize);
            if (!said) return said.error();
            piece.whole = *said == *digest;
            // Where the bytes are damaged the heads after them are looked for from here on.
            if (piece.whole) at = piece.offset + piece.size + crypto::kDigestSize;
        }
        contents.pieces.push_back(std::move(piece));
    }
}

Result<std::optional<End>> read_end(const Reader& reader) {
    auto block = reader.read(reader.size() - kBlock, kBlock);
    if (!block) return block.error();
    auto end = end_in(*block);
    if (end && (end->database_size <= 0 || end->database_size > reader.size())) end.reset();
    return end;
}

}  // namespace

const BackupPiece* BackupContents::keys() const {
    const auto found = std::ranges::find_if(pieces, [](const BackupPiece& piece) {
        return piece.kind == BackupPiece::Kind::keys && piece.whole;
    });
    return found == pieces.end() ? nullptr : &*found;
}

std::int64_t BackupContents::damaged() const {
    return std::ranges::count(pieces, false, &BackupPiece::whole);
}

BackupWriter::BackupWriter(int descriptor, fs::path file, std::int64_t database_size,
                           std::string digest)
    : descriptor_(descriptor),
      file_(std::move(file)),
      database_size_(database_size),
      database_digest_(std::move(digest)),
      size_(database_size) {}

BackupWriter::BackupWriter(BackupWriter&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      file_(std::move(other.file_)),
      database_size_(other.database_size_),
      database_digest_(std::move(other.database_digest_)),
      size_(other.size_),
      pieces_(other.pieces_) {}

BackupWriter::~BackupWriter() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<BackupWriter> BackupWriter::after_database(const fs::path& file) {
    auto reader = Reader::open(file);
    if (!reader) return reader.error();
    auto digest =
        reader->digest(0, reader->size(), [](std::int64_t, std::int64_t) { return true; });
    if (!digest) return digest.error();
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    if (descriptor < 0) return system_error("opening " + file.string());
    return BackupWriter{descriptor, file, reader->size(), *std::move(digest)};
}

Status BackupWriter::write(std::string_view bytes) {
    if (disk::write(descriptor_, file_, bytes) != 0) return system_error("writing the backup");
    size_ += static_cast<std::int64_t>(bytes.size());
    return done();
}

Status BackupWriter::pad() {
    return write(std::string(static_cast<std::size_t>(padded(size_) - size_), '\0'));
}

Status BackupWriter::add(BackupPiece::Kind kind, std::string_view name, std::string_view bytes) {
    if (name.size() > kMostName) return Error{ErrorCode::invalid, "a file with a long name"};
    const BackupPiece piece{kind, std::string{name}, 0, static_cast<std::int64_t>(bytes.size()),
                            true};
    if (Status aligned = pad(); !aligned) return aligned;
    if (Status head = write(head_of(piece)); !head) return head;
    if (Status body = write(bytes); !body) return body;
    ++pieces_;
    return write(digest_of(bytes));
}

Status BackupWriter::finish(Millis made_at) {
    if (Status aligned = pad(); !aligned) return aligned;
    const End end{database_size_, pieces_, made_at, database_digest_};
    if (Status ended = write(block_of(end)); !ended) return ended;
    if (disk::flush(descriptor_, file_) != 0) return system_error("flushing the backup");
    (void)::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_DONTNEED);
    return done();
}

bool is_backup(const fs::path& file) {
    auto reader = Reader::open(file);
    if (!reader) return false;
    auto end = read_end(*reader);
    return end && end->has_value();
}

Result<BackupContents> read_backup(const fs::path& file, const GoingOn& going_on) {
    auto reader = Reader::open(file);
    if (!reader) return reader.error();
    auto end = read_end(*reader);
    if (!end) return end.error();
    BackupContents contents;
    std::int64_t to = reader->size();
    if (*end) {
        contents.database_size = (*end)->database_size;
        contents.made_at = (*end)->made_at;
        to -= kBlock;
        auto digest = reader->digest(0, contents.database_size, going_on);
        if (!digest) return digest.error();
        contents.database_whole = *digest == (*end)->digest;
    } else {
        auto first = next_piece(*reader, 0);
        if (!first) return first.error();
        contents.database_size = *first;
        if (*first == reader->size()) return Error{ErrorCode::corrupt, "not a backup"};
    }
    if (Status read = read_pieces(*reader, contents.database_size, to, going_on, contents); !read)
        return read.error();
    contents.complete = *end && (*end)->pieces == static_cast<std::int64_t>(contents.pieces.size());
    return contents;
}

Result<std::string> read_piece(const fs::path& file, const BackupPiece& piece) {
    auto reader = Reader::open(file);
    if (!reader) return reader.error();
    return reader->read(piece.offset, piece.size);
}

Status copy_database(const fs::path& backup, const BackupContents& contents, const fs::path& to,
                     const GoingOn& going_on) {
    auto reader = Reader::open(backup);
    if (!reader) return reader.error();
    const int out = disk::make_file(to);
    if (out < 0) return system_error("writing " + to.string());
    std::int64_t copied = 0;
    Status walked = reader->walk(0, contents.database_size, [&](std::string_view chunk) -> Status {
        copied += static_cast<std::int64_t>(chunk.size());
        if (!going_on(copied, contents.database_size)) return cancelled();
        if (disk::write(out, to, chunk) != 0) return system_error("writing " + to.string());
        return done();
    });
    if (walked && disk::flush(out, to) != 0) walked = system_error("flushing " + to.string());
    ::close(out);
    return walked;
}

}  // namespace bordereau::storage
