// sync/bundle_format.h - the pieces of a bundle as bytes: heads of its files, its header, its
// blocks and what they say, its end. BUNDLE.md beside this describes them for other programs.
// No files; bundle_writer.h and bundle_reader.h have those.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "storage/base/ids.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/base/uuid.h"
#include "storage/crypto/box.h"
#include "storage/crypto/secret.h"
#include "storage/crypto/sign.h"
#include "storage/journal/chain.h"
#include "storage/journal/changeset.h"

namespace bordereau::sync {

constexpr std::size_t kBundleAlign = 512;       ///< every piece begins at a multiple of it
constexpr std::uint8_t kBundleVersion = 1;      ///< of the format that is written
constexpr std::size_t kBundleIdSize = 16;       ///< random, of one bundle
constexpr std::size_t kMostSections = 8192;     ///< of one bundle
constexpr std::size_t kMostReceivers = 4096;    ///< of one section
constexpr std::size_t kMostBlocks = 4'000'000;  ///< of one bundle: near 1 TB
constexpr std::size_t kBlockBytes = std::size_t{256} << 10;  ///< of content; see kMostPlain
constexpr std::size_t kMostHeader = std::size_t{32} << 20;
/// A block of changesets may be passed by its last one.
constexpr std::size_t kMostPlain = kBlockBytes + storage::kMaxChangesetBytes + 4096;
constexpr std::size_t kMostBlock = kMostPlain + kMostPlain / 64;  ///< sealed
constexpr std::size_t kMostEnd = std::size_t{256} << 20;
constexpr std::size_t kMostWanted = 100'000;  ///< attachments that a receipt asks for

inline std::uint64_t aligned(std::uint64_t size) {
    return (size + kBundleAlign - 1) / kBundleAlign * kBundleAlign;
}

/// What each file of a bundle begins and ends with: which part it is and where its header lies.
struct PartHead {
    std::string id;            ///< of the bundle
    std::uint32_t number = 1;  ///< 1, 2, ...
    std::uint64_t offset = 0;  ///< of its first byte in the bundle's stream of blocks
    std::uint32_t header_size = 0;
    bool operator==(const PartHead&) const = default;
};

std::string encode(const PartHead& head);  ///< kBundleAlign bytes
/// corrupt: not one, or damaged; refused: of a format that only a newer program knows.
Result<PartHead> decode_part_head(std::string_view bytes);

/// A section's key as one receiver finds it.
struct Slot {
    std::string name;  ///< 16 bytes: slot_name()
    std::string box;   ///< the section's key, sealed for the receiver
    bool operator==(const Slot&) const = default;
};

/// What lies in a section. Its receivers are those of a lane, or one device that is told what the
/// maker holds.
struct SectionHead {
    enum class Kind : std::uint8_t { lane = 0, receipt = 1 };
    Kind kind = Kind::lane;
    LaneId lane;
    bool operator==(const SectionHead&) const = default;
};

struct Section {
    std::string head;  ///< a SectionHead, sealed as the section's block 0
    std::vector<Slot> slots;
    bool operator==(const Section&) const = default;
};

/// What anybody may read of a bundle.
struct BundleHeader {
    std::string id;
    TeamId team;
    std::string maker;        ///< public key of the device that made it, 32 bytes
    std::int64_t number = 0;  ///< its how manyth bundle; 0: not counted
    Millis made_at = 0;       ///< whole seconds
    std::vector<Section> sections;
    bool operator==(const BundleHeader&) const = default;
};

/// CBOR and the maker's signature.
std::string encode(const BundleHeader& header, const storage::crypto::SigningKey& maker);
/// corrupt: damaged, beyond the limits, or not signed by the device that it names.
Result<BundleHeader> decode_bundle_header(std::string_view bytes);

/// Names a slot so that its receiver finds it and nobody else can tell whose it is. `shared`: the
/// secret of maker and receiver (OpeningKey::shared_with()).
std::string slot_name(const storage::crypto::Secret& shared, std::string_view id,
                      std::uint32_t section);

/// Where a block stands, and how long it is.
struct BlockPlace {
    std::uint32_t section = 0;
    std::uint32_t index = 0;  ///< 1, 2, ... within its section
    std::uint32_t size = 0;   ///< sealed bytes
    bool operator==(const BlockPlace&) const = default;
};

constexpr std::uint32_t kEndSection = 0xFFFFFFFF;  ///< of the block that ends a bundle
constexpr std::size_t kFrameHead = 44;             ///< bytes before a block

/// The bytes before a block in the stream.
std::string frame_head(std::string_view id, const BlockPlace& place);
/// Nothing: no block of this bundle begins with these bytes.
std::optional<BlockPlace> read_frame_head(std::string_view id, std::string_view bytes);

/// Compresses and seals what a block says.
std::string seal_block(const storage::crypto::Secret& key, std::string_view id,
                       std::uint32_t section, std::uint32_t index, std::string_view plain);
/// corrupt: not this block of this section, or more than kMostPlain.
Result<std::string> open_block(const storage::crypto::Secret& key, std::string_view id,
                               const BlockPlace& place, std::string_view sealed);

std::string seal_section_head(const storage::crypto::Secret& key, std::string_view id,
                              std::uint32_t section, const SectionHead& head);
Result<SectionHead> open_section_head(const storage::crypto::Secret& key, std::string_view id,
                                      std::uint32_t section, std::string_view sealed);

/// A piece of an attachment.
struct AttachmentPiece {
    std::string hash;  ///< BLAKE2b-256 of the whole, 32 raw bytes
    std::uint64_t size = 0, offset = 0;
    std::string bytes;
    bool operator==(const AttachmentPiece&) const = default;
};

/// What a device held when it said so, by its own signature.
struct BundleReceipt {
    TeamId team;
    std::string device;  ///< public key of who says so, 32 bytes
    Millis at = 0;       ///< whole seconds
    storage::VersionVector held;
    std::vector<std::string> wanted;  ///< hashes of attachments that it lacks, 32 raw bytes each
    bool operator==(const BundleReceipt&) const = default;
};

std::string encode(const BundleReceipt& receipt, const storage::crypto::SigningKey& device);
/// corrupt: damaged, beyond the limits, or not signed by the device that it names.
Result<BundleReceipt> decode_bundle_receipt(std::string_view bytes);

/// What one block says: changesets, a piece of an attachment, or the bytes of a receipt.
struct Changesets {
    std::vector<std::string> bytes;
};
struct ReceiptBytes {
    std::string bytes;
};
using BlockContent = std::variant<Changesets, AttachmentPiece, ReceiptBytes>;

std::string encode(const BlockContent& content);
Result<BlockContent> decode_block_content(std::string_view bytes);

/// One block as the bundle's end remembers it.
struct BlockRecord {
    BlockPlace place;
    std::string digest;  ///< BLAKE2b-256 of the sealed bytes
    bool operator==(const BlockRecord&) const = default;
};

/// The end: every block in order, signed with the header.
std::string encode_end(std::string_view header_bytes, const std::vector<BlockRecord>& blocks,
                       const storage::crypto::SigningKey& maker);
/// corrupt: damaged, or not this maker's end of this bundle.
Result<std::vector<BlockRecord>> decode_end(std::string_view bytes, std::string_view header_bytes,
                                            std::string_view maker);

}  // namespace bordereau::sync
