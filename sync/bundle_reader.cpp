#include "sync/bundle_reader.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "storage/attachments.h"
#include "storage/crypto/box.h"
#include "storage/crypto/seal.h"

namespace bordereau::sync {
namespace {

namespace crypto = storage::crypto;

// A section that this device may open.
struct Opened {
    crypto::Secret key;
    SectionHead head;
};

class Taking {
public:
    Taking(const BundleParts& parts, const BundleTaker& taker, const GoingOn& going_on)
        : parts_(parts), header_(parts.header()), taker_(taker), going_on_(going_on) {}

    Result<BundleTaken> run() {
        taken_.id = header_.id;
        taken_.maker = header_.maker;
        taken_.made_at = header_.made_at;
        taken_.missing_parts = parts_.missing_parts();
        taken_.whole = parts_.ended() && taken_.missing_parts.empty();
        if (Status ready = look(); !ready) return ready.error();
        if (taken_.refusal) return taken_;
        if (Status took = take_sections(); !took) return took.error();
        return taken_;
    }

private:
    void refuse(BundleRefusal why) { taken_.refusal = why; }

    Status look() {
        if (header_.team != taker_.team) {
            refuse(BundleRefusal::other_team);
            return done();
        }
        auto known = taker_.knows(header_.maker);
        if (!known) return known.error();
        known_ = *known;
        if (!known_ && !taker_.learns) {
            refuse(BundleRefusal::stranger);
            return done();
        }
        open_sections();
        if (opened_.empty()) refuse(BundleRefusal::not_for_us);
        return done();
    }

    void open_sections() {
        const auto own = crypto::OpeningKey::of(*taker_.key);
        const auto maker = crypto::sealing_key_of(header_.maker);
        if (!maker) return;
        const auto shared = own.shared_with(*maker);
        if (!shared) return;
        for (std::uint32_t number = 0; number < header_.sections.size(); ++number)
            open_section(own, *shared, number);
    }

    void open_section(const crypto::OpeningKey& own, const crypto::Secret& shared,
                      std::uint32_t number) {
        const Section& section = header_.sections[number];
        const auto slot =
            std::ranges::find(section.slots, slot_name(shared, header_.id, number), &Slot::name);
        if (slot == section.slots.end()) return;
        auto key = own.open(slot->box);
        if (!key || key->size() != crypto::kKeySize) return;
        auto head = open_section_head(*key, header_.id, number, section.head);
        if (head) opened_.emplace(number, Opened{*std::move(key), *std::move(head)});
    }

    // The common lane first: it may say who the others are.
    Status take_sections() {
        const auto is_common = [](const Opened& opened) {
            return opened.head.kind == SectionHead::Kind::lane &&
                   opened.head.lane == storage::kCommonLane;
        };
        for (const auto& [number, opened] : opened_)
            if (is_common(opened))
                if (Status took = take_section(number, opened); !took) return took;
        if (!known_) {
            auto known = taker_.knows(header_.maker);
            if (!known) return known.error();
            if (!*known) {
                refuse(BundleRefusal::stranger);
                return done();
            }
        }
        for (const auto& [number, opened] : opened_)
            if (!is_common(opened))
                if (Status took = take_section(number, opened); !took) return took;
        return done();
    }

    Status take_section(std::uint32_t number, const Opened& opened) {
        const auto section = [](const FoundBlock& block) { return block.place.section; };
        const auto& blocks = parts_.blocks();
        const auto first = std::ranges::lower_bound(blocks, number, {}, section);
        const auto last = std::ranges::upper_bound(blocks, number, {}, section);
        attachment_ = {};
        for (auto block = first; block != last; ++block) {
            if (Status took = take_block(opened, *block); !took) return took;
            done_ += block->place.size;
            if (!going_on_(static_cast<std::int64_t>(done_),
                           static_cast<std::int64_t>(parts_.bytes())))
                return Error{ErrorCode::cancelled, "a person stopped it"};
        }
        drop_attachment();
        return done();
    }

    Status take_block(const Opened& opened, const FoundBlock& block) {
        auto content = content_of(opened, block);
        if (!content) {
            if (content.error().code != ErrorCode::corrupt) return content.error();
            ++taken_.damaged;
            return done();
        }
        if (opened.head.kind == SectionHead::Kind::receipt) {
            const auto* receipt = std::get_if<ReceiptBytes>(&*content);
            return receipt != nullptr ? take_receipt(receipt->bytes) : done();
        }
        if (const auto* changesets = std::get_if<Changesets>(&*content))
            return take_changesets(opened.head.lane, *changesets);
        if (auto* piece = std::get_if<AttachmentPiece>(&*content); piece && taker_.blobs.put)
            return take_piece(*piece);
        return done();
    }

    Result<BlockContent> content_of(const Opened& opened, const FoundBlock& block) const {
        const auto sealed = parts_.read(block);
        if (!sealed) return sealed.error();
        const auto plain = open_block(opened.key, header_.id, block.place, *sealed);
        if (!plain) return plain.error();
        return decode_block_content(*plain);
    }

    // A changeset belongs to the section of its lane: else a receiver of one lane would be given
    // what is not meant for it.
    Status take_changesets(const LaneId& lane, const Changesets& changesets) {
        std::vector<std::string> fitting;
        for (const std::string& bytes : changesets.bytes) {
            const auto address = storage::read_address(bytes);
            if (!address || address->chain.lane == lane) fitting.push_back(bytes);
        }
        const auto receipts = taker_.holdings.receive(fitting);
        if (!receipts) return receipts.error();
        for (const storage::Receipt& receipt : *receipts) ++count_of(receipt.reception);
        return done();
    }

    std::int64_t& count_of(storage::Reception reception) {
        switch (reception) {
            case storage::Reception::applied: return taken_.applied;
            case storage::Reception::duplicate: return taken_.known;
            case storage::Reception::waiting: return taken_.waiting;
            case storage::Reception::turned_away: return taken_.turned_away;
            case storage::Reception::quarantined: break;
        }
        return taken_.quarantined;
    }

    Status take_receipt(std::string_view bytes) {
        const auto receipt = decode_bundle_receipt(bytes);
        if (!receipt || receipt->team != taker_.team || receipt->device != header_.maker) {
            ++taken_.damaged;
            return done();
        }
        ++taken_.receipts;
        return taker_.take_receipt(*receipt);
    }

    // Pieces follow each other; where one is missing, the attachment waits for another bundle.
    Status take_piece(AttachmentPiece& piece) {
        const bool begins = piece.offset == 0;
        if (begins) drop_attachment();
        const bool follows =
            begins || (piece.hash == attachment_.hash && piece.size == attachment_.size &&
                       piece.offset == attachment_.bytes.size());
        if (!follows || piece.size > storage::kMaxAttachmentBytes ||
            piece.bytes.size() > piece.size - piece.offset) {
            if (piece.hash != broken_) ++taken_.incomplete;
            broken_ = piece.hash;
            attachment_ = {};
            return done();
        }
        if (begins)
            attachment_ = std::move(piece);
        else
            attachment_.bytes += piece.bytes;
        if (attachment_.bytes.size() < attachment_.size) return done();
        return keep_attachment();
    }

    Status keep_attachment() {
        const AttachmentPiece whole = std::exchange(attachment_, {});
        const auto kept = taker_.blobs.put(whole.hash, whole.bytes);
        if (!kept && kept.error().code != ErrorCode::corrupt) return kept.error();
        if (!kept) ++taken_.incomplete;
        if (kept && *kept) ++taken_.attachments;
        return done();
    }

    // One that was begun and whose rest did not come.
    void drop_attachment() {
        if (!attachment_.hash.empty() && attachment_.hash != broken_) ++taken_.incomplete;
        attachment_ = {};
    }

    const BundleParts& parts_;
    const BundleHeader& header_;
    const BundleTaker& taker_;
    const GoingOn& going_on_;
    bool known_ = false;
    std::map<std::uint32_t, Opened> opened_;
    AttachmentPiece attachment_;  // that is being put together
    std::string broken_;          // hash of the latest that could not be
    std::uint64_t done_ = 0;
    BundleTaken taken_;
};

}  // namespace

Result<BundleTaken> take_bundle(const BundleParts& parts, const BundleTaker& taker,
                                const GoingOn& going_on) {
    return Taking{parts, taker, going_on}.run();
}

}  // namespace bordereau::sync
