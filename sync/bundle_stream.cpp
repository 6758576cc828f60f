#include "sync/bundle_stream.h"

#include <sys/vfs.h>

#include <algorithm>
#include <utility>

#include "storage/crypto/hash.h"
#include "storage/disk.h"

namespace bordereau::sync {
namespace {

namespace fs = std::filesystem;

constexpr long kVfatMagic = 0x4d44;
constexpr std::uint64_t kFatLimit = (std::uint64_t{1} << 32) - 1;
constexpr std::uint64_t kLeastCapacity = 8 * kBundleAlign;

std::string digits(std::size_t number) {
    std::string text = std::to_string(number);
    text.insert(0, 3 - std::min<std::size_t>(3, text.size()), '0');
    return text;
}

bool is_bundle_file(const fs::path& file) {
    const auto part = BundleParts::open_part(file);
    return part.ok() || part.error().code == ErrorCode::refused;
}

}  // namespace

std::uint64_t largest_file_in(const fs::path& folder) {
    struct statfs found {};
    if (::statfs(folder.empty() ? "." : folder.c_str(), &found) != 0) return kOneFile;
    return found.f_type == kVfatMagic ? kFatLimit : kOneFile;
}

Result<BundleStream> BundleStream::begin(fs::path file, std::string id, std::string header,
                                         std::uint64_t part_size) {
    const std::uint64_t around = 2 * (kBundleAlign + aligned(header.size()));
    if (part_size < around + kLeastCapacity)
        return Error{ErrorCode::invalid, "the parts are too small for this bundle's header"};
    const std::uint64_t capacity = (part_size - around) / kBundleAlign * kBundleAlign;
    BundleStream stream{std::move(file), std::move(id), std::move(header), capacity};
    if (Status begun = stream.begin_part(); !begun) return begun.error();
    return stream;
}

PartHead BundleStream::head_of_part() const {
    return {id_, static_cast<std::uint32_t>(parts_.size()), part_offset_,
            static_cast<std::uint32_t>(header_.size())};
}

Status BundleStream::write(std::string_view bytes) {
    written_ += bytes.size();
    return parts_.back().add(bytes);
}

Status BundleStream::begin_part() {
    if (parts_.size() == kMostParts)
        return Error{ErrorCode::invalid, "the parts are too small: there would be too many"};
    fs::path unfinished = file_;
    unfinished += "." + digits(parts_.size() + 1) + ".unfinished";
    auto begun = storage::NewFile::begin(unfinished);
    if (!begun) return begun.error();
    parts_.push_back(*std::move(begun));
    part_offset_ = stream_;
    in_part_ = 0;
    if (Status wrote = write(encode(head_of_part())); !wrote) return wrote;
    std::string header = header_;
    header.resize(static_cast<std::size_t>(aligned(header.size())), '\0');
    return write(header);
}

Status BundleStream::close_part() {
    std::string closing = header_;
    closing.resize(static_cast<std::size_t>(aligned(closing.size())), '\0');
    closing += encode(head_of_part());
    if (Status wrote = write(closing); !wrote) return wrote;
    return parts_.back().flush();
}

Status BundleStream::append(std::string_view bytes) {
    while (!bytes.empty()) {
        if (in_part_ == capacity_) {
            if (Status closed = close_part(); !closed) return closed;
            if (Status begun = begin_part(); !begun) return begun;
        }
        const auto size =
            static_cast<std::size_t>(std::min<std::uint64_t>(capacity_ - in_part_, bytes.size()));
        if (Status wrote = write(bytes.substr(0, size)); !wrote) return wrote;
        in_part_ += size;
        stream_ += size;
        bytes.remove_prefix(size);
    }
    return done();
}

Status BundleStream::append_aligned(std::string head, std::string_view bytes) {
    head += bytes;
    head.resize(static_cast<std::size_t>(aligned(head.size())), '\0');
    return append(head);
}

Status BundleStream::add(const BlockPlace& place, std::string_view sealed) {
    blocks_.push_back({place, storage::crypto::digest(sealed)});
    return append_aligned(frame_head(id_, place), sealed);
}

Status BundleStream::finish(const storage::crypto::SigningKey& maker) {
    const std::string end = encode_end(header_, blocks_, maker);
    const BlockPlace place{kEndSection, 0, static_cast<std::uint32_t>(end.size())};
    if (Status ended = append_aligned(frame_head(id_, place), end); !ended) return ended;
    return close_part();
}

Status BundleStream::read_back(const GoingOn& going_on) const {
    const Error differs{ErrorCode::corrupt, "the bundle does not read back as written"};
    std::vector<BundlePart> opened;
    for (const storage::NewFile& part : parts_) {
        auto again = BundleParts::open_part(part.unfinished());
        if (!again) return differs;
        opened.push_back(*std::move(again));
    }
    auto parts = BundleParts::of(std::move(opened));
    if (!parts || parts->bytes() != written_) return differs;
    const auto quietly = [](std::int64_t, std::int64_t) { return true; };
    if (Status found = parts->find_blocks(quietly); !found) return found;
    if (!parts->ended() || parts->blocks().size() != blocks_.size()) return differs;
    std::uint64_t read = 0;
    for (const FoundBlock& block : parts->blocks()) {
        if (!parts->read(block)) return differs;
        read += block.place.size;
        if (!going_on(static_cast<std::int64_t>(read), static_cast<std::int64_t>(written_)))
            return Error{ErrorCode::cancelled, "a person stopped it"};
    }
    return done();
}

fs::path BundleStream::name_of(std::size_t part) const {
    fs::path name = file_;
    if (parts_.size() > 1) name += "." + digits(part);
    return name;
}

Result<std::vector<fs::path>> BundleStream::take_place() && {
    std::vector<fs::path> names;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        names.push_back(name_of(i + 1));
        if (Status placed = std::move(parts_[i]).commit(names.back()); !placed)
            return placed.error();
    }
    // An older bundle of the same name may have had another number of parts.
    std::vector<fs::path> older;
    if (parts_.size() > 1) older.push_back(file_);
    for (std::size_t number = parts_.size() > 1 ? parts_.size() + 1 : 1; number <= kMostParts;
         ++number) {
        older.push_back(file_);
        older.back() += "." + digits(number);
        std::error_code ignored;
        if (!fs::exists(older.back(), ignored)) break;
    }
    for (const fs::path& old : older)
        if (is_bundle_file(old)) (void)storage::disk::remove(old);
    return names;
}

}  // namespace bordereau::sync
