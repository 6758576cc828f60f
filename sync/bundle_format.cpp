#include "sync/bundle_format.h"

#include <array>
#include <limits>

#include "storage/crypto/hash.h"
#include "storage/crypto/seal.h"
#include "storage/journal/cbor.h"
#include "storage/journal/compress.h"
#include "sync/fields.h"
#include "sync/protocol.h"
#include "sync/signed_bytes.h"

namespace bordereau::sync {
namespace {

namespace crypto = storage::crypto;
using storage::CborReader;
using storage::CborWriter;

constexpr std::string_view kPartMark = "BORDEREAU-BUNDLE";
constexpr std::string_view kBlockMark = "BORDEREAU-BLOCK\n";
constexpr std::size_t kMark = 16;
static_assert(kPartMark.size() == kMark && kBlockMark.size() == kMark);
constexpr std::size_t kSlotName = 16, kFrameCheck = 16;
constexpr std::size_t kPartSaid = kMark + 1 + kBundleIdSize + 4 + 8 + 4;
static_assert(kFrameHead == kMark + 3 * 4 + kFrameCheck);

constexpr std::string_view kHeaderDomain = "bordereau bundle 1";
constexpr std::string_view kEndDomain = "bordereau bundle end 1";
constexpr std::string_view kReceiptDomain = "bordereau receipt 1";

constexpr std::int64_t kMostNumber = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kMost32 = std::numeric_limits<std::uint32_t>::max();
constexpr int kChangesets = 1, kAttachmentPiece = 2, kReceipt = 3;

void put(std::string& out, std::uint64_t number, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i) out += static_cast<char>(number >> (8 * i) & 0xff);
}

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < size; ++i)
        number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return number;
}

std::string signed_with(std::string payload, std::string_view domain,
                        const crypto::SigningKey& key) {
    const std::string signature = key.sign(std::string{domain}.append(payload));
    return std::move(payload) + signature;
}

bool holds(const SignedParts& parts, std::string_view domain, std::string_view public_key) {
    return crypto::verify(parts.signature, std::string{domain}.append(parts.payload), public_key);
}

Error damaged(const char* what) {
    return {ErrorCode::corrupt, std::string{what} + " of a bundle is damaged"};
}

// What binds a block to its place in this bundle.
std::string context_of(std::string_view id, std::uint32_t section) {
    std::string context{"bordereau block 1"};
    context += id;
    put(context, section, 4);
    return context;
}

}  // namespace

std::string encode(const PartHead& head) {
    std::string out{kPartMark};
    out += static_cast<char>(kBundleVersion);
    out += head.id;
    put(out, head.number, 4);
    put(out, head.offset, 8);
    put(out, head.header_size, 4);
    out += crypto::digest(out);
    out.resize(kBundleAlign, '\0');
    return out;
}

Result<PartHead> decode_part_head(std::string_view bytes) {
    if (bytes.size() < kBundleAlign || !bytes.starts_with(kPartMark))
        return Error{ErrorCode::corrupt, "not a bundle"};
    // The digest's place is the same in every version, so that a flipped bit is no newer program's.
    if (bytes.substr(kPartSaid, crypto::kDigestSize) != crypto::digest(bytes.substr(0, kPartSaid)))
        return damaged("the head");
    if (static_cast<std::uint8_t>(bytes[kMark]) != kBundleVersion)
        return Error{ErrorCode::refused, "a bundle of a newer program"};
    PartHead head;
    std::size_t at = kMark + 1;
    head.id = bytes.substr(at, kBundleIdSize);
    at += kBundleIdSize;
    head.number = static_cast<std::uint32_t>(number_at(bytes, at, 4));
    head.offset = number_at(bytes, at + 4, 8);
    head.header_size = static_cast<std::uint32_t>(number_at(bytes, at + 12, 4));
    constexpr std::uint64_t kMostOffset = std::uint64_t{1} << 50;
    if (head.number == 0 || head.offset % kBundleAlign != 0 || head.offset > kMostOffset ||
        head.header_size > kMostHeader)
        return damaged("the head");
    return head;
}

std::string encode(const BundleHeader& header, const crypto::SigningKey& maker) {
    CborWriter out;
    out.array(6 + header.sections.size()).bytes(header.id).bytes(wire_bytes(header.team));
    out.bytes(header.maker).number(header.number).number(header.made_at / 1000);
    out.number(static_cast<std::int64_t>(header.sections.size()));
    for (const Section& section : header.sections) {
        out.array(1 + 2 * section.slots.size()).bytes(section.head);
        for (const Slot& slot : section.slots) out.bytes(slot.name).bytes(slot.box);
    }
    return signed_with(out.take(), kHeaderDomain, maker);
}

Result<BundleHeader> decode_bundle_header(std::string_view bytes) {
    const auto parts = signed_parts(bytes);
    if (!parts || bytes.size() > kMostHeader) return damaged("the header");
    CborReader in{parts->payload};
    BundleHeader header;
    const std::size_t items = array_up_to(in, 6 + kMostSections);
    if (items < 6) in.fail();
    header.id = bytes_of(in, kBundleIdSize);
    header.team = team_from_wire(bytes_of(in, kIdSize));
    header.maker = bytes_of(in, crypto::kPublicKeySize);
    header.number = number_up_to(in, kMostNumber);
    header.made_at = seconds_field(in);
    const auto sections = static_cast<std::size_t>(number_up_to(in, kMostSections));
    if (sections + 6 != items) in.fail();
    for (std::size_t i = 0; in.ok() && i < sections; ++i) {
        Section section;
        const std::size_t fields = array_up_to(in, 1 + 2 * kMostReceivers);
        if (fields % 2 == 0) in.fail();
        section.head = bytes_up_to(in, 256);
        for (std::size_t slot = 1; in.ok() && slot < fields; slot += 2) {
            const std::string_view name = bytes_of(in, kSlotName);
            const std::string_view box = bytes_of(in, crypto::kKeySize + crypto::kBoxOverhead);
            section.slots.push_back({std::string{name}, std::string{box}});
        }
        header.sections.push_back(std::move(section));
    }
    if (!in.complete() || !holds(*parts, kHeaderDomain, header.maker)) return damaged("the header");
    return header;
}

std::string slot_name(const crypto::Secret& shared, std::string_view id, std::uint32_t section) {
    return crypto::keyed_digest(shared.view(), context_of(id, section), kSlotName);
}

std::string frame_head(std::string_view id, const BlockPlace& place) {
    std::string out{kBlockMark};
    put(out, place.section, 4);
    put(out, place.index, 4);
    put(out, place.size, 4);
    out += crypto::digest(out + std::string{id}).substr(0, kFrameCheck);
    return out;
}

std::optional<BlockPlace> read_frame_head(std::string_view id, std::string_view bytes) {
    if (bytes.size() < kFrameHead || !bytes.starts_with(kBlockMark)) return std::nullopt;
    const auto field = [&](std::size_t at) {
        return static_cast<std::uint32_t>(number_at(bytes, kMark + at, 4));
    };
    const BlockPlace place{field(0), field(4), field(8)};
    if (frame_head(id, place) != bytes.substr(0, kFrameHead)) return std::nullopt;
    const std::size_t most = place.section == kEndSection ? kMostEnd : kMostBlock;
    return place.size <= most ? std::optional{place} : std::nullopt;
}

std::string seal_block(const crypto::Secret& key, std::string_view id, std::uint32_t section,
                       std::uint32_t index, std::string_view plain) {
    return crypto::seal_numbered(key, index, context_of(id, section), storage::compressed(plain));
}

Result<std::string> open_block(const crypto::Secret& key, std::string_view id,
                               const BlockPlace& place, std::string_view sealed) {
    auto packed = crypto::open_numbered(key, place.index, context_of(id, place.section), sealed);
    if (!packed) return packed;
    return storage::expanded(*packed, kMostPlain);
}

std::string seal_section_head(const crypto::Secret& key, std::string_view id, std::uint32_t section,
                              const SectionHead& head) {
    CborWriter out;
    out.array(2).number(static_cast<std::int64_t>(head.kind)).bytes(wire_bytes(head.lane));
    return crypto::seal_numbered(key, 0, context_of(id, section), out.out());
}

Result<SectionHead> open_section_head(const crypto::Secret& key, std::string_view id,
                                      std::uint32_t section, std::string_view sealed) {
    const auto plain = crypto::open_numbered(key, 0, context_of(id, section), sealed);
    if (!plain) return plain.error();
    CborReader in{*plain};
    if (in.array() != 2) in.fail();
    const std::int64_t kind = number_up_to(in, 1);
    SectionHead head{static_cast<SectionHead::Kind>(kind), lane_field(in)};
    if (!in.complete()) return damaged("a section's head");
    return head;
}

std::string encode(const BundleReceipt& receipt, const crypto::SigningKey& device) {
    CborWriter out;
    out.array(5).bytes(wire_bytes(receipt.team)).bytes(receipt.device).number(receipt.at / 1000);
    write_vector(out, receipt.held);
    out.array(receipt.wanted.size());
    for (const std::string& hash : receipt.wanted) out.bytes(hash);
    return signed_with(out.take(), kReceiptDomain, device);
}

Result<BundleReceipt> decode_bundle_receipt(std::string_view bytes) {
    const auto parts = signed_parts(bytes);
    if (!parts) return damaged("a receipt");
    CborReader in{parts->payload};
    BundleReceipt receipt;
    if (in.array() != 5) in.fail();
    receipt.team = team_from_wire(bytes_of(in, kIdSize));
    receipt.device = bytes_of(in, crypto::kPublicKeySize);
    receipt.at = seconds_field(in);
    auto held = read_vector(in);
    if (!held) return damaged("a receipt");
    receipt.held = *std::move(held);
    const std::size_t wanted = array_up_to(in, kMostWanted);
    for (std::size_t i = 0; in.ok() && i < wanted; ++i)
        receipt.wanted.emplace_back(bytes_of(in, crypto::kDigestSize));
    if (!in.complete() || !holds(*parts, kReceiptDomain, receipt.device))
        return damaged("a receipt");
    return receipt;
}

std::string encode(const BlockContent& content) {
    CborWriter out;
    if (const auto* changesets = std::get_if<Changesets>(&content)) {
        out.array(1 + changesets->bytes.size()).number(kChangesets);
        for (const std::string& one : changesets->bytes) out.bytes(one);
    } else if (const auto* piece = std::get_if<AttachmentPiece>(&content)) {
        out.array(5).number(kAttachmentPiece).bytes(piece->hash);
        out.number(static_cast<std::int64_t>(piece->size));
        out.number(static_cast<std::int64_t>(piece->offset)).bytes(piece->bytes);
    } else {
        out.array(2).number(kReceipt).bytes(std::get<ReceiptBytes>(content).bytes);
    }
    return out.take();
}

Result<BlockContent> decode_block_content(std::string_view bytes) {
    CborReader in{bytes};
    const std::size_t items = in.array();
    const std::int64_t kind = items == 0 ? 0 : in.number();
    BlockContent content;
    if (kind == kChangesets) {
        Changesets changesets;
        for (std::size_t i = 1; in.ok() && i < items; ++i)
            changesets.bytes.emplace_back(bytes_up_to(in, storage::kMaxChangesetBytes));
        content = std::move(changesets);
    } else if (kind == kAttachmentPiece && items == 5) {
        AttachmentPiece piece;
        piece.hash = bytes_of(in, crypto::kDigestSize);
        piece.size = static_cast<std::uint64_t>(number_up_to(in, kMostNumber));
        piece.offset = static_cast<std::uint64_t>(number_up_to(in, kMostNumber));
        piece.bytes = in.bytes();
        content = std::move(piece);
    } else if (kind == kReceipt && items == 2) {
        content = ReceiptBytes{std::string{in.bytes()}};
    } else {
        in.fail();
    }
    if (!in.complete()) return damaged("a block");
    return content;
}

namespace {

std::string end_domain(std::string_view header_bytes) {
    return std::string{kEndDomain} + crypto::digest(header_bytes);
}

}  // namespace

std::string encode_end(std::string_view header_bytes, const std::vector<BlockRecord>& blocks,
                       const crypto::SigningKey& maker) {
    CborWriter out;
    out.array(blocks.size() * 4);
    for (const BlockRecord& block : blocks)
        out.number(block.place.section)
            .number(block.place.index)
            .number(block.place.size)
            .bytes(block.digest);
    return signed_with(out.take(), end_domain(header_bytes), maker);
}

Result<std::vector<BlockRecord>> decode_end(std::string_view bytes, std::string_view header_bytes,
                                            std::string_view maker) {
    const auto parts = signed_parts(bytes);
    if (!parts || !holds(*parts, end_domain(header_bytes), maker)) return damaged("the end");
    CborReader in{parts->payload};
    const std::size_t items = array_up_to(in, kMostBlocks * 4);
    if (items % 4 != 0) in.fail();
    std::vector<BlockRecord> blocks;
    for (std::size_t i = 0; in.ok() && i < items; i += 4) {
        BlockRecord block;
        block.place.section = static_cast<std::uint32_t>(number_up_to(in, kMost32));
        block.place.index = static_cast<std::uint32_t>(number_up_to(in, kMost32));
        block.place.size = static_cast<std::uint32_t>(number_up_to(in, kMost32));
        block.digest = bytes_of(in, crypto::kDigestSize);
        blocks.push_back(std::move(block));
    }
    if (!in.complete()) return damaged("the end");
    return blocks;
}

}  // namespace bordereau::sync
