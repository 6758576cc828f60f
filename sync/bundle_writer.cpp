#include "sync/bundle_writer.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "storage/crypto/box.h"
#include "storage/crypto/keys.h"
#include "sync/bundle_stream.h"

namespace bordereau::sync {
namespace {

namespace crypto = storage::crypto;
namespace fs = std::filesystem;
using storage::VersionVector;

constexpr std::int64_t kNothingMore = std::numeric_limits<std::int64_t>::max();

// A section that is being made.
struct Making {
    SectionHead head;
    std::vector<std::string> receivers;  // public keys
    crypto::Secret key;
};

bool goes_beyond(const storage::ChainEnd& one, const storage::ChainEnd& other) {
    if (one.number != other.number) return one.number > other.number;
    return one.mark != other.mark && one.mark != 0 && other.mark != 0;
}

Status check_place(const fs::path& file) {
    std::error_code code;
    const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path{"."};
    if (!fs::is_directory(folder, code))
        return Error{ErrorCode::not_found, "no folder " + folder.string()};
    fs::path first = file;
    first += ".001";
    for (const fs::path& name : {file, first}) {
        if (!fs::exists(name, code)) continue;
        const auto part = BundleParts::open_part(name);
        if (!part && part.error().code != ErrorCode::refused)
            return Error{ErrorCode::conflict, "there is another file: " + name.string()};
    }
    return done();
}

class Writing {
public:
    Writing(const BundleMaker& maker, const BundleOrder& order, const GoingOn& going_on)
        : maker_(maker),
          order_(order),
          going_on_(going_on),
          own_(crypto::OpeningKey::of(*maker.key)) {}

    Result<BundleMade> run() {
        if (Status place = check_place(order_.file); !place) return place.error();
        if (Status planned = plan(); !planned) return planned.error();
        if (Status begun = begin(); !begun) return begun.error();
        for (std::uint32_t i = 0; i < sections_.size(); ++i)
            if (Status wrote = write_section(i); !wrote) return wrote.error();
        if (Status ended = stream_->finish(*maker_.key); !ended) return ended.error();
        if (Status same = read_back(); !same) return same.error();
        made_.bytes = stream_->written();
        auto files = std::move(*stream_).take_place();
        if (!files) return files.error();
        made_.files = *std::move(files);
        return made_;
    }

private:
    // Which sections there will be: lanes of which something is new, the common one first, and
    // what each receiver is told.
    Status plan() {
        auto vector = maker_.holdings.vector();
        if (!vector) return vector.error();
        held_ = *std::move(vector);
        std::map<LaneId, std::int64_t> lanes;
        for (const auto& [chain, end] : held_) {
            const auto known = order_.since.find(chain);
            const auto theirs = known == order_.since.end() ? storage::ChainEnd{} : known->second;
            std::int64_t& beyond = lanes[chain.lane];
            if (goes_beyond(end, theirs))
                beyond += std::max<std::int64_t>(1, end.number - theirs.number);
        }
        for (const auto& [lane, beyond] : lanes)
            if (Status added = plan_lane(lane, beyond); !added) return added;
        made_.receivers = static_cast<std::int64_t>(covered_.size());
        for (const auto& entry : covered_)
            sections_.push_back({{SectionHead::Kind::receipt, {}}, {entry.first}, {}});
        if (sections_.size() > kMostSections)
            return Error{ErrorCode::invalid, "too many lanes for one bundle"};
        return done();
    }

    Status plan_lane(const LaneId& lane, std::int64_t beyond) {
        auto receivers = order_.receivers(lane);
        if (!receivers) return receivers.error();
        for (const std::string& receiver : *receivers)
            if (receiver != maker_.key->public_key()) covered_[receiver].insert(lane);
        if (!order_.contents || (beyond == 0 && !order_.wanted.contains(lane)) ||
            receivers->empty())
            return done();
        if (receivers->size() > kMostReceivers)
            return Error{ErrorCode::invalid, "too many receivers for one bundle"};
        total_ += beyond;
        sections_.push_back({{SectionHead::Kind::lane, lane}, *std::move(receivers), {}});
        return done();
    }

    Status begin() {
        made_.id.assign(kBundleIdSize, '\0');
        maker_.entropy({reinterpret_cast<std::uint8_t*>(made_.id.data()), made_.id.size()});
        BundleHeader header{made_.id,      maker_.team,        maker_.key->public_key(),
                            order_.number, maker_.clock.now(), {}};
        for (std::uint32_t i = 0; i < sections_.size(); ++i) {
            auto section = seal_for_receivers(i);
            if (!section) return section.error();
            header.sections.push_back(*std::move(section));
        }
        std::string bytes = encode(header, *maker_.key);
        if (bytes.size() > kMostHeader)
            return Error{ErrorCode::invalid, "too many receivers for one bundle"};
        const std::uint64_t limit =
            order_.part_size != 0 ? order_.part_size : largest_file_in(order_.file.parent_path());
        auto stream = BundleStream::begin(order_.file, made_.id, std::move(bytes), limit);
        if (!stream) return stream.error();
        stream_.emplace(*std::move(stream));
        return done();
    }

    Result<Section> seal_for_receivers(std::uint32_t number) {
        Making& making = sections_[number];
        making.key = crypto::new_key(maker_.entropy);
        Section section{seal_section_head(making.key, made_.id, number, making.head), {}};
        for (const std::string& receiver : making.receivers) {
            const auto public_key = crypto::sealing_key_of(receiver);
            if (!public_key) return public_key.error();
            const auto shared = own_.shared_with(*public_key);
            if (!shared) return shared.error();
            auto box = crypto::seal_for(*public_key, making.key, maker_.entropy);
            if (!box) return box.error();
            section.slots.push_back({slot_name(*shared, made_.id, number), *std::move(box)});
        }
        // Their order tells nothing.
        std::ranges::sort(section.slots, {}, &Slot::name);
        return section;
    }

    Status write_section(std::uint32_t number) {
        next_index_ = 1;
        const Making& making = sections_[number];
        return making.head.kind == SectionHead::Kind::lane ? write_lane(number)
                                                           : write_receipt(number);
    }

    Status write_block(std::uint32_t section, const BlockContent& content) {
        const std::string sealed =
            seal_block(sections_[section].key, made_.id, section, next_index_, encode(content));
        const BlockPlace place{section, next_index_++, static_cast<std::uint32_t>(sealed.size())};
        return stream_->add(place, sealed);
    }

    Status write_lane(std::uint32_t section) {
        const LaneId& lane = sections_[section].head.lane;
        VersionVector theirs = order_.since;
        for (const auto& [chain, end] : held_)
            if (chain.lane != lane) theirs[chain] = {kNothingMore, 0};
        std::set<std::string> hashes;
        while (true) {
            auto some = maker_.holdings.missing(theirs, kBlockBytes);
            if (!some) return some.error();
            if (some->empty()) break;
            for (const auto& one : *some) theirs[one.chain] = {one.number, 0};
            // What began in another lane meanwhile waits for the next bundle.
            std::erase_if(*some, [&](const auto& one) {
                const bool other = one.chain.lane != lane;
                if (other) theirs[one.chain] = {kNothingMore, 0};
                return other;
            });
            if (some->empty()) continue;
            if (Status wrote = write_changesets(section, *some, hashes); !wrote) return wrote;
        }
        if (const auto wanted = order_.wanted.find(lane); wanted != order_.wanted.end())
            hashes.insert(wanted->second.begin(), wanted->second.end());
        return write_attachments(section, hashes);
    }

    Status write_changesets(std::uint32_t section, std::vector<storage::StoredChangeset>& some,
                            std::set<std::string>& hashes) {
        Changesets content;
        for (storage::StoredChangeset& one : some) {
            auto named = maker_.blobs.named(one);
            if (!named) return named.error();
            hashes.insert(named->begin(), named->end());
            content.bytes.push_back(std::move(one.bytes));
        }
        const auto count = static_cast<std::int64_t>(content.bytes.size());
        if (Status wrote = write_block(section, std::move(content)); !wrote) return wrote;
        made_.changesets += count;
        return tell();
    }

    Status tell() const {
        constexpr std::int64_t kWriting = 2, kAll = 3;  // of three thirds; the last reads back
        const std::int64_t total = std::max<std::int64_t>(1, total_);
        return going_on_(std::min(made_.changesets, total) * kWriting, total * kAll)
                   ? done()
                   : Status{Error{ErrorCode::cancelled, "a person stopped it"}};
    }

    Status write_attachments(std::uint32_t section, const std::set<std::string>& hashes) {
        for (const std::string& hash : hashes) {
            auto bytes = maker_.blobs.get(hash);
            if (!bytes) {
                ++made_.without;
                continue;
            }
            if (Status wrote = write_attachment(section, hash, *bytes); !wrote) return wrote;
            ++made_.attachments;
        }
        return done();
    }

    Status write_attachment(std::uint32_t section, const std::string& hash,
                            std::string_view bytes) {
        std::uint64_t offset = 0;
        do {
            AttachmentPiece piece{hash, bytes.size(), offset,
                                  std::string{bytes.substr(offset, kBlockBytes)}};
            offset += piece.bytes.size();
            if (Status wrote = write_block(section, std::move(piece)); !wrote) return wrote;
            if (Status going = tell(); !going) return going;
        } while (offset < bytes.size());
        return done();
    }

    // Of what is held, what this receiver may hold.
    Status write_receipt(std::uint32_t section) {
        const std::set<LaneId>& lanes = covered_[sections_[section].receivers.front()];
        BundleReceipt receipt{maker_.team, maker_.key->public_key(), maker_.clock.now(), {}, {}};
        for (const auto& [chain, end] : held_)
            if (lanes.contains(chain.lane)) receipt.held.emplace(chain, end);
        auto missing = maker_.blobs.missing();
        if (!missing) return missing.error();
        for (const auto& [lane, hashes] : *missing)
            if (lanes.contains(lane))
                receipt.wanted.insert(receipt.wanted.end(), hashes.begin(), hashes.end());
        if (receipt.wanted.size() > kMostWanted) receipt.wanted.resize(kMostWanted);
        return write_block(section, ReceiptBytes{encode(receipt, *maker_.key)});
    }

    Status read_back() const {
        return stream_->read_back([this](std::int64_t read, std::int64_t all) {
            return going_on_(2 * all + read, 3 * all);
        });
    }

    const BundleMaker& maker_;
    const BundleOrder& order_;
    const GoingOn& going_on_;
    crypto::OpeningKey own_;
    VersionVector held_;
    std::vector<Making> sections_;
    std::map<std::string, std::set<LaneId>> covered_;  // lanes by receiver
    std::optional<BundleStream> stream_;
    std::uint32_t next_index_ = 1;
    std::int64_t total_ = 0;
    BundleMade made_;
};

}  // namespace

Blobs no_blobs() {
    return {[](const storage::StoredChangeset&) -> Result<std::vector<std::string>> {
                return std::vector<std::string>{};
            },
            [](std::string_view) -> Result<std::string> {
                return Error{ErrorCode::not_found, "no attachments are kept here"};
            },
            nullptr, []() -> Result<BlobsByLane> { return BlobsByLane{}; }};
}

Result<BundleMade> write_bundle(const BundleMaker& maker, const BundleOrder& order,
                                const GoingOn& going_on) {
    return Writing{maker, order, going_on}.run();
}

}  // namespace bordereau::sync
