#include "sync/bundle_parts.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>
#include <utility>

#include "storage/crypto/hash.h"

namespace bordereau::sync {
namespace {

namespace crypto = storage::crypto;

constexpr std::uint64_t kLook = std::uint64_t{1} << 20;  // searched at once for a block's beginning

Error system_error(const std::string& doing) {
    return {ErrorCode::io, doing + ": " + std::strerror(errno)};
}

// The header that a head at `at` speaks of, where it is whole.
std::string header_at(const PlacedFile& file, const PartHead& head, std::uint64_t at) {
    auto bytes = file.read(at, head.header_size);
    if (!bytes || bytes->size() != head.header_size) return {};
    const auto header = decode_bundle_header(*bytes);
    return header && header->id == head.id ? *std::move(bytes) : std::string{};
}

std::set<std::pair<std::uint32_t, std::uint32_t>> places_of(const std::vector<FoundBlock>& blocks) {
    std::set<std::pair<std::uint32_t, std::uint32_t>> places;
    for (const FoundBlock& block : blocks) places.emplace(block.place.section, block.place.index);
    return places;
}

}  // namespace

Result<PlacedFile> PlacedFile::open(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0 && errno == ENOENT)
        return Error{ErrorCode::not_found, "no file " + file.string()};
    if (descriptor < 0) return system_error("opening " + file.string());
    struct stat found {};
    if (::fstat(descriptor, &found) != 0 || !S_ISREG(found.st_mode)) {
        ::close(descriptor);
        return Error{ErrorCode::not_found, "not a file: " + file.string()};
    }
    return PlacedFile{descriptor, static_cast<std::uint64_t>(found.st_size)};
}

PlacedFile::PlacedFile(PlacedFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}

PlacedFile& PlacedFile::operator=(PlacedFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    size_ = other.size_;
    return *this;
}

PlacedFile::~PlacedFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::string> PlacedFile::read(std::uint64_t offset, std::uint64_t size) const {
    if (offset >= size_) return std::string{};
    std::string bytes(static_cast<std::size_t>(std::min(size, size_ - offset)), '\0');
    std::size_t read = 0;
    while (read < bytes.size()) {
        const ssize_t got = ::pread(descriptor_, bytes.data() + read, bytes.size() - read,
                                    static_cast<off_t>(offset + read));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return system_error("reading");
        if (got == 0) break;
        read += static_cast<std::size_t>(got);
    }
    bytes.resize(read);
    return bytes;
}

bool is_of_series(const std::filesystem::path& file) {
    const std::string ending = file.extension().string();
    constexpr std::size_t kDigits = 3;
    return ending.size() == 1 + kDigits &&
           std::ranges::all_of(ending.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

// A file says what it is at both of its ends, so that neither is needed.
Result<BundlePart> BundleParts::open_part(const std::filesystem::path& path) {
    auto file = PlacedFile::open(path);
    if (!file) return file.error();
    const std::uint64_t size = file->size();
    auto first = file->read(0, kBundleAlign);
    if (!first) return first.error();
    const std::uint64_t last_at = size < kBundleAlign ? 0 : size - kBundleAlign;
    auto last = file->read(last_at, kBundleAlign);
    if (!last) return last.error();
    auto head = decode_part_head(*first);
    const auto tail = decode_part_head(*last);
    const bool is_closed = last_at > 0 && tail.ok() && (!head || *head == *tail);
    if (!head && is_closed) head = *tail;
    if (!head) return head.error();

    BundlePart part{path, *head, kBundleAlign + aligned(head->header_size), 0, {}, std::nullopt};
    const std::uint64_t after = is_closed ? kBundleAlign + aligned(head->header_size) : 0;
    if (part.begin + after < size) part.length = size - after - part.begin;
    part.header = header_at(*file, *head, kBundleAlign);
    if (part.header.empty() && is_closed && size > after)
        part.header = header_at(*file, *head, size - after);
    part.file.emplace(*std::move(file));
    return part;
}

Result<BundleParts> BundleParts::of(std::vector<BundlePart> parts) {
    std::ranges::sort(parts, {}, [](const BundlePart& part) { return part.head.offset; });
    const auto whole =
        std::ranges::find_if(parts, [](const BundlePart& part) { return !part.header.empty(); });
    if (whole == parts.end())
        return Error{ErrorCode::corrupt, "both copies of the header are damaged"};
    std::string bytes = whole->header;
    auto header = decode_bundle_header(bytes);
    if (!header) return header.error();
    BundleParts all{std::move(parts)};
    all.header_ = *std::move(header);
    all.header_bytes_ = std::move(bytes);
    return all;
}

std::uint64_t BundleParts::bytes() const {
    std::uint64_t all = 0;
    for (const BundlePart& part : parts_) all += part.file->size();
    return all;
}

std::uint64_t BundleParts::stream_end() const {
    std::uint64_t end = 0;
    for (const BundlePart& part : parts_) end = std::max(end, part.head.offset + part.length);
    return end;
}

Result<std::string> BundleParts::read(std::uint64_t offset, std::uint64_t size) const {
    std::string bytes;
    for (const BundlePart& part : parts_) {
        if (bytes.size() == size) break;
        const std::uint64_t at = offset + bytes.size();
        if (at < part.head.offset || at >= part.head.offset + part.length) continue;
        const std::uint64_t inside = at - part.head.offset;
        auto piece = part.file->read(part.begin + inside,
                                     std::min(size - bytes.size(), part.length - inside));
        if (!piece) return piece;
        if (piece->empty()) break;
        if (bytes.empty())
            bytes = *std::move(piece);
        else
            bytes += *piece;
    }
    return bytes;
}

Result<std::uint64_t> BundleParts::next_frame(std::uint64_t offset) const {
    const std::uint64_t end = stream_end();
    for (std::uint64_t at = aligned(offset); at < end;) {
        auto look = read(at, kLook);
        if (!look) return look.error();
        for (std::size_t in = 0; in < look->size(); in += kBundleAlign)
            if (read_frame_head(header_.id, std::string_view{*look}.substr(in))) return at + in;
        if (!look->empty()) {
            at = aligned(at + look->size());
            continue;
        }
        // A part is not here: on with the next one.
        std::uint64_t next = end;
        for (const BundlePart& part : parts_)
            if (part.head.offset > at) next = std::min(next, part.head.offset);
        at = aligned(next);
    }
    return end;
}

Status BundleParts::find_blocks(const GoingOn& going_on) {
    const std::uint64_t end = stream_end();
    std::uint64_t at = 0;
    while (at < end) {
        auto bytes = read(at, kFrameHead);
        if (!bytes) return bytes.error();
        const auto place = read_frame_head(header_.id, *bytes);
        if (!place) {
            auto next = next_frame(at + kBundleAlign);
            if (!next) return next.error();
            at = *next;
            continue;
        }
        const FoundBlock found{*place, at + kFrameHead};
        if (place->section == kEndSection) {
            if (Status taken = take_end(found); !taken) return taken;
        } else if (blocks_.size() < kMostBlocks) {
            blocks_.push_back(found);
        }
        at = aligned(found.offset + place->size);
        if (!going_on(static_cast<std::int64_t>(at), static_cast<std::int64_t>(end)))
            return Error{ErrorCode::cancelled, "a person stopped it"};
        if (ended_) break;
    }
    std::ranges::stable_sort(blocks_, {}, [](const FoundBlock& block) {
        return std::pair{block.place.section, block.place.index};
    });
    return done();
}

// The end knows where every block lies, also those whose own beginning is damaged.
Status BundleParts::take_end(const FoundBlock& found) {
    auto bytes = read(found.offset, found.place.size);
    if (!bytes) return bytes.error();
    auto records = decode_end(*bytes, header_bytes_, header_.maker);
    if (!records) return done();  // as if it were not here
    std::vector<FoundBlock> all;
    std::uint64_t at = 0;
    for (BlockRecord& record : *records) {
        if (record.place.size > kMostBlock) return done();
        all.push_back({record.place, at + kFrameHead, std::move(record.digest)});
        at = aligned(at + kFrameHead + record.place.size);
    }
    if (places_of(all).size() != all.size()) return done();
    blocks_ = std::move(all);
    ended_ = true;
    return done();
}

std::vector<std::uint32_t> BundleParts::missing_parts() const {
    std::set<std::uint32_t> here;
    for (const BundlePart& part : parts_) here.insert(part.head.number);
    std::vector<std::uint32_t> missing;
    const std::uint32_t last = *here.rbegin();
    constexpr std::uint32_t kMostNamed = 1000;
    for (std::uint32_t number = 1; number < std::min(last, kMostNamed); ++number)
        if (!here.contains(number)) missing.push_back(number);
    if (!ended_ && (last > 1 || is_of_series(parts_.back().path))) missing.push_back(last + 1);
    return missing;
}

Result<std::string> BundleParts::read(const FoundBlock& block) const {
    auto bytes = read(block.offset, block.place.size);
    if (!bytes) return bytes;
    if (bytes->size() != block.place.size) return Error{ErrorCode::corrupt, "a block is not here"};
    if (!block.digest.empty() && crypto::digest(*bytes) != block.digest)
        return Error{ErrorCode::corrupt, "a block is damaged"};
    return bytes;
}

}  // namespace bordereau::sync
