#include "sync/bundling.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <span>
#include <utility>

#include "storage/attachments.h"
#include "storage/base/text.h"
#include "storage/named_files.h"
#include "storage/notebook.h"
#include "storage/outbox.h"
#include "storage/settings.h"
#include "storage/teams.h"
#include "sync/bundle_places.h"
#include "sync/peer.h"

namespace bordereau::sync {
namespace {

namespace fs = std::filesystem;
using storage::Notebook;
using storage::VersionVector;
using Keys = std::vector<std::string>;

constexpr std::string_view kNumberSetting = "bundle.number";
constexpr std::string_view kWantedSetting = "bundle.wanted.";
constexpr std::size_t kMostWantedKept = 2000;  // of one device
constexpr std::size_t kHashText = 64;

// The outbox of a device has its key as its name, as an endpoint's has.
std::string outbox_of(std::string_view public_key) {
    return to_hex(public_key);
}

Result<std::vector<std::string>> hashes_setting(const storage::Settings& settings,
                                                std::string_view public_key) {
    const auto text = settings.get(std::string{kWantedSetting} + to_hex(public_key));
    if (!text) return text.error();
    std::vector<std::string> hashes;
    if (*text)
        for (std::size_t at = 0; at + kHashText <= (*text)->size(); at += kHashText)
            hashes.push_back((*text)->substr(at, kHashText));
    return hashes;
}

Status keep_receipt(Notebook& notebook, const BundleReceipt& receipt) {
    storage::Outbox outbox{notebook, outbox_of(receipt.device)};
    if (Status kept = outbox.acknowledge(receipt.held); !kept) return kept;
    std::string wanted;
    for (const std::string& hash : receipt.wanted)
        if (wanted.size() < kMostWantedKept * kHashText) wanted += to_hex(hash);
    storage::Settings settings{notebook};
    const std::string name = std::string{kWantedSetting} + to_hex(receipt.device);
    return wanted.empty() ? settings.remove(name) : settings.set(name, wanted);
}

BundleMaker maker_of(Notebook& notebook) {
    // By reference: a copy of a source of random bytes may give the same ones again.
    return {notebook.team(),
            &notebook.device_key(),
            replica_of(notebook, {}).holdings,
            blobs_of(notebook),
            notebook.clock(),
            [&notebook](std::span<std::uint8_t> bytes) { notebook.entropy()(bytes); }};
}

BundleTaker taker_of(Notebook& notebook) {
    Circle circle = circle_of(notebook);
    return {notebook.team(),
            &notebook.device_key(),
            replica_of(notebook, {}).holdings,
            blobs_of(notebook),
            std::move(circle.knows),
            circle.learns,
            [&notebook](const BundleReceipt& receipt) { return keep_receipt(notebook, receipt); }};
}

// A bundle for others is made of what the team holds; this puts the receivers of one together.
class Exporting {
public:
    Exporting(Notebook& notebook, const BundleExport& asked)
        : notebook_(notebook), asked_(asked), circle_(circle_of(notebook)) {}

    Result<BundleMade> run(const GoingOn& going_on) {
        if (auto sealed = notebook_.journal().seal_finished(); !sealed) return sealed.error();
        if (Status took = take_receipts(); !took) return took.error();
        const auto number = next_number();
        if (!number) return number.error();
        const auto device = own_name();
        if (!device) return device.error();
        BundleOrder order;
        order.file = bundle_file_at(asked_.place, *device, *number);
        order.number = *number;
        order.part_size = asked_.part_size;
        order.receivers = [this](const LaneId& lane) { return receivers(lane); };
        if (Status found = find_missing(order); !found) return found.error();
        auto made = write_bundle(maker_of(notebook_), order, going_on);
        if (!made) return made;
        const Status counted =
            storage::Settings{notebook_}.set(kNumberSetting, std::to_string(*number));
        return counted ? made : Result<BundleMade>{counted.error()};
    }

private:
    // Receipts that others left on the stick.
    Status take_receipts() {
        std::error_code code;
        const bool is_folder = fs::is_directory(asked_.place, code);
        const fs::path folder = is_folder ? asked_.place : asked_.place.parent_path();
        auto found = gather_bundles({folder.empty() ? fs::path{"."} : folder});
        const auto quietly = [](std::int64_t, std::int64_t) { return true; };
        for (FoundBundle& bundle : found.bundles) {
            if (!is_receipt(bundle.parts.front().path)) continue;
            auto parts = BundleParts::of(std::move(bundle.parts));
            if (!parts || !parts->find_blocks(quietly)) continue;
            const auto taken = take_bundle(*parts, taker_of(notebook_), quietly);
            if (!taken) return taken.error();
        }
        return done();
    }

    Result<std::int64_t> next_number() const {
        const auto text = storage::Settings{notebook_}.get(kNumberSetting);
        if (!text) return text.error();
        return *text ? std::int64_t{1} + std::atoll((*text)->c_str()) : std::int64_t{1};
    }

    Result<std::string> own_name() const {
        const auto devices = storage::Teams{notebook_}.devices();
        if (!devices) return devices.error();
        for (const storage::Device& device : *devices)
            if (device.id == notebook_.device()) return device.name;
        return std::string{};
    }

    // Asked for every chain of a lane, hence remembered.
    Result<Keys> receivers(const LaneId& lane) const {
        if (const auto known = by_lane_.find(lane); known != by_lane_.end()) return known->second;
        auto all = circle_.receivers(lane);
        if (!all) return all;
        if (asked_.to)
            std::erase_if(*all, [this](const std::string& key) {
                return storage::crypto::device_id(key) != *asked_.to;
            });
        by_lane_.emplace(lane, *all);
        return all;
    }

    Result<Keys> others(const LaneId& lane) const {
        auto all = receivers(lane);
        if (all) std::erase(*all, notebook_.device_key().public_key());
        return all;
    }

    // What every receiver holds already, as far as it has said so, and what it asks for.
    Status find_missing(BundleOrder& order) const {
        const auto held = notebook_.journal().vector();
        if (!held) return held.error();
        std::map<std::string, VersionVector> acknowledged;
        bool anybody = false;
        for (const auto& [chain, end] : *held) {
            const auto keys = others(chain.lane);
            if (!keys) return keys.error();
            anybody |= !keys->empty();
            auto known = known_to_all(chain, *keys, acknowledged);
            if (!known) return known.error();
            if (known->number > 0) order.since.emplace(chain, *known);
        }
        if (!anybody) return Error{ErrorCode::refused, "no other device of the team is known"};
        if (!asked_.to && !asked_.since_receipt) {
            order.since.clear();
            return done();
        }
        return find_wanted(order, acknowledged);
    }

    Result<storage::ChainEnd> known_to_all(
        const storage::ChainId& chain, const Keys& keys,
        std::map<std::string, VersionVector>& acknowledged) const {
        storage::ChainEnd least{std::numeric_limits<std::int64_t>::max(), 0};
        for (const std::string& key : keys) {
            if (!acknowledged.contains(key)) {
                auto vector = storage::Outbox{notebook_, outbox_of(key)}.acknowledged();
                if (!vector) return vector.error();
                acknowledged[key] = *std::move(vector);
            }
            const auto& vector = acknowledged[key];
            const auto found = vector.find(chain);
            const auto end = found == vector.end() ? storage::ChainEnd{} : found->second;
            if (end.number < least.number) least = end;
        }
        return keys.empty() ? storage::ChainEnd{} : least;
    }

    Status find_wanted(BundleOrder& order,
                       const std::map<std::string, VersionVector>& acknowledged) const {
        for (const auto& [key, unused] : acknowledged) {
            const auto hashes = hashes_setting(storage::Settings{notebook_}, key);
            if (!hashes) return hashes.error();
            const auto lanes = storage::lanes_of_attachments(notebook_, *hashes);
            if (!lanes) return lanes.error();
            for (const auto& [lane, named] : *lanes)
                for (const std::string& hash : named)
                    order.wanted[lane].insert(from_hex(hash).value_or(""));
        }
        return done();
    }

    Notebook& notebook_;
    const BundleExport& asked_;
    Circle circle_;
    mutable std::map<LaneId, Keys> by_lane_;
};

// What is held now, for the maker of what was taken in. A stick that cannot be written is no fault:
// the next bundle of this laptop tells the same.
fs::path leave_receipt(Notebook& notebook, const BundleTaken& taken, const fs::path& bundle) {
    const Circle circle = circle_of(notebook);
    BundleOrder order;
    order.file = receipt_file_of(bundle, taken.id, notebook.device_key().public_key());
    order.contents = false;
    order.receivers = [&](const LaneId& lane) -> Result<Keys> {
        auto all = circle.receivers(lane);
        if (all) std::erase_if(*all, [&](const std::string& key) { return key != taken.maker; });
        return all;
    };
    const auto made =
        write_bundle(maker_of(notebook), order, [](std::int64_t, std::int64_t) { return true; });
    return made ? made->files.front() : fs::path{};
}

}  // namespace

Circle circle_of(Notebook& notebook) {
    const auto everybody = [&notebook]() -> Result<Keys> {
        const auto devices = storage::Teams{notebook}.devices();
        if (!devices) return devices.error();
        Keys keys;
        for (const storage::Device& device : *devices)
            if (storage::crypto::device_id(device.public_key) == device.id)
                keys.push_back(device.public_key);
        const auto peer = remembered_peer(storage::Settings{notebook});
        if (!peer) return peer.error();
        if (*peer) keys.push_back((*peer)->public_key);
        return keys;
    };
    return {[everybody](const LaneId&) { return everybody(); },
            [everybody](std::string_view public_key) -> Result<bool> {
                const auto keys = everybody();
                if (!keys) return keys.error();
                return std::ranges::find(*keys, public_key) != keys->end();
            },
            false};
}

Blobs blobs_of(Notebook& notebook) {
    using Sources = std::set<std::pair<storage::ChainId, std::int64_t>>;
    const auto sources = std::make_shared<std::optional<Sources>>();
    Blobs blobs;
    blobs.named = [&notebook, sources](const storage::StoredChangeset& changeset) -> Result<Keys> {
        if (!*sources) {
            auto found = storage::changesets_of_attachments(notebook);
            if (!found) return found.error();
            *sources = *std::move(found);
        }
        if (!(*sources)->contains({changeset.chain, changeset.number})) return Keys{};
        auto hashes = storage::attachments_in(changeset.bytes);
        if (!hashes) return hashes.error();
        Keys raw;
        for (const std::string& hash : *hashes)
            if (auto bytes = from_hex(hash); bytes && bytes->size() * 2 == kHashText)
                raw.push_back(*std::move(bytes));
        return raw;
    };
    blobs.get = [&notebook](std::string_view hash) {
        return storage::Attachments{notebook}.get_bytes(to_hex(hash));
    };
    blobs.put = [&notebook](std::string_view hash, std::string_view bytes) {
        return storage::Attachments{notebook}.put_bytes(to_hex(hash), bytes);
    };
    blobs.missing = [&notebook]() -> Result<BlobsByLane> {
        const auto hashes = storage::Attachments{notebook}.missing();
        if (!hashes) return hashes.error();
        const auto lanes = storage::lanes_of_attachments(notebook, *hashes);
        if (!lanes) return lanes.error();
        BlobsByLane raw;
        for (const auto& [lane, named] : *lanes)
            for (const std::string& hash : named)
                if (auto bytes = from_hex(hash)) raw[lane].insert(*std::move(bytes));
        return raw;
    };
    return blobs;
}

Result<BundleMade> export_bundle(Notebook& notebook, const BundleExport& asked,
                                 const GoingOn& going_on) {
    return Exporting{notebook, asked}.run(going_on);
}

Result<Imported> import_bundles(Notebook& notebook, const std::vector<fs::path>& places,
                                const GoingOn& going_on) {
    FoundBundles found = gather_bundles(places);
    Imported imported{{}, std::move(found.unread)};
    const BundleTaker taker = taker_of(notebook);
    for (FoundBundle& bundle : found.bundles) {
        BundleImported one;
        one.files = bundle.files();
        auto parts = BundleParts::of(std::move(bundle.parts));
        if (!parts) {
            imported.unread.push_back({one.files.front(), parts.error()});
            continue;
        }
        if (Status looked = parts->find_blocks(going_on); !looked) return looked.error();
        auto taken = take_bundle(*parts, taker, going_on);
        if (!taken) return taken.error();
        one.taken = *std::move(taken);
        // Receipts of others for others lie on many sticks.
        if (is_receipt(one.files.front()) && one.taken.refusal) continue;
        const bool own = one.taken.maker == notebook.device_key().public_key();
        if (!one.taken.refusal && !own && !is_receipt(one.files.front()))
            one.receipt = leave_receipt(notebook, one.taken, one.files.front());
        imported.bundles.push_back(std::move(one));
    }
    return imported;
}

Result<BundleLooks> inspect_bundles(const std::vector<fs::path>& places, const GoingOn& going_on) {
    FoundBundles found = gather_bundles(places);
    BundleLooks looks{{}, std::move(found.unread)};
    for (FoundBundle& bundle : found.bundles) {
        BundleLook look;
        look.files = bundle.files();
        auto parts = BundleParts::of(std::move(bundle.parts));
        if (!parts) {
            looks.unread.push_back({look.files.front(), parts.error()});
            continue;
        }
        if (Status looked = parts->find_blocks(going_on); !looked) return looked.error();
        for (const FoundBlock& block : parts->blocks())
            if (!parts->read(block)) ++look.damaged;
        look.header = parts->header();
        look.bytes = parts->bytes();
        look.blocks = parts->blocks().size();
        look.ended = parts->ended();
        look.missing_parts = parts->missing_parts();
        looks.bundles.push_back(std::move(look));
    }
    return looks;
}

}  // namespace bordereau::sync
