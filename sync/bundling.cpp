#include "sync/bundling.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <span>
#include <utility>

#include "storage/base/text.h"
#include "storage/changeset_store.h"
#include "storage/named_files.h"
#include "storage/notebook.h"
#include "storage/outbox.h"
#include "storage/settings.h"
#include "storage/teams.h"
#include "sync/bundle_places.h"
#include "sync/circle.h"
#include "sync/logged.h"

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

Blobs logged_blobs_of(Notebook& notebook) {
    Blobs blobs = blobs_of(notebook);
    blobs.put = [&notebook, put = std::move(blobs.put)](std::string_view hash,
                                                        std::string_view bytes) {
        auto kept = put(hash, bytes);
        if (kept && *kept)
            static_cast<void>(storage::TravelLog{notebook}.add_file(
                storage::Way::stick, storage::TravelEvent::received, to_hex(hash)));
        return kept;
    };
    return blobs;
}

BundleTaker taker_of(Notebook& notebook) {
    Circle circle = circle_of(notebook);
    return {notebook.team(),
            &notebook.device_key(),
            Logged{notebook, storage::Way::stick}.watch(replica_of(notebook, {}).holdings),
            logged_blobs_of(notebook),
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
        const Logged logged{notebook_, storage::Way::stick};
        BundleMaker maker = maker_of(notebook_);
        maker.holdings = logged.watch(std::move(maker.holdings));
        auto made = write_bundle(maker, order, going_on);
        if (!made) return made;
        logged.end_round({});
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

// One side as it takes bundles in and leaves receipts.
struct Side {
    BundleTaker taker;
    BundleMaker maker;
    Circle circle;
};

// Those of the keys that are wanted.
Result<Keys> only(Result<Keys> keys, const std::function<bool(const std::string&)>& wanted) {
    if (keys) std::erase_if(*keys, [&](const std::string& key) { return !wanted(key); });
    return keys;
}

// What is held now, for the maker of what was taken in. A stick that cannot be written is no fault:
// the next bundle made here tells the same.
fs::path leave_receipt(const Side& side, const BundleTaken& taken, const fs::path& bundle) {
    BundleOrder order;
    order.file = receipt_file_of(bundle, taken.id, side.maker.key->public_key());
    order.contents = false;
    order.receivers = [&](const LaneId& lane) {
        return only(side.circle.receivers(lane),
                    [&](const std::string& key) { return key == taken.maker; });
    };
    const auto made =
        write_bundle(side.maker, order, [](std::int64_t, std::int64_t) { return true; });
    return made ? made->files.front() : fs::path{};
}

using SideFor = std::function<Result<Side>(const BundleParts& parts)>;

Result<BundleImported> import_one(const BundleParts& parts, std::vector<fs::path> files,
                                  const Side& side, const GoingOn& going_on) {
    BundleImported one{{}, std::move(files), {}};
    auto taken = take_bundle(parts, side.taker, going_on);
    if (!taken) return taken.error();
    one.taken = *std::move(taken);
    const bool own = one.taken.maker == side.maker.key->public_key();
    if (!one.taken.refusal && !own && !is_receipt(one.files.front()))
        one.receipt = leave_receipt(side, one.taken, one.files.front());
    return one;
}

Result<Imported> import_all(const std::vector<fs::path>& places, const GoingOn& going_on,
                            const SideFor& side_for) {
    FoundBundles found = gather_bundles(places);
    Imported imported{{}, std::move(found.unread)};
    for (FoundBundle& bundle : found.bundles) {
        std::vector<fs::path> files = bundle.files();
        auto parts = BundleParts::of(std::move(bundle.parts));
        if (!parts) {
            imported.unread.push_back({files.front(), parts.error()});
            continue;
        }
        if (Status looked = parts->find_blocks(going_on); !looked) return looked.error();
        const auto side = side_for(*parts);
        if (!side) return side.error();
        auto one = import_one(*parts, std::move(files), *side, going_on);
        if (!one) return one.error();
        // Receipts of others for others lie on many sticks.
        if (is_receipt(one->files.front()) && one->taken.refusal) continue;
        imported.bundles.push_back(*std::move(one));
    }
    return imported;
}

}  // namespace

Result<BundleMade> export_bundle(Notebook& notebook, const BundleExport& asked,
                                 const GoingOn& going_on) {
    return Exporting{notebook, asked}.run(going_on);
}

Result<Imported> import_bundles(Notebook& notebook, const std::vector<fs::path>& places,
                                const GoingOn& going_on) {
    return import_all(places, going_on, [&](const BundleParts&) -> Result<Side> {
        return Side{taker_of(notebook), maker_of(notebook), circle_of(notebook)};
    });
}

namespace {

// Of one team at an endpoint, whose laptops know what they sent: it keeps no outboxes.
Side side_of(const CentralSide& central, const TeamId& team, std::string_view bringer) {
    storage::ChangesetStore& store = central.store;
    const DeviceId member = storage::crypto::device_id(bringer);
    const auto blobs = [&] {
        return central.files ? blobs_of(store, *central.files, team, member) : no_blobs();
    };
    Circle circle = circle_of(store, team, central.clock);
    return {{team, &store.key(), holdings_of(store, team), blobs(), circle.knows, circle.learns,
             [](const BundleReceipt&) { return done(); }},
            {team, &store.key(), holdings_of(store, team), blobs(), central.clock, central.entropy},
            circle};
}

Result<TeamId> team_named(storage::ChangesetStore& store, std::string_view name) {
    const auto teams = store.teams();
    if (!teams) return teams.error();
    for (const storage::Team& team : *teams)
        if (team.name == name || team.id.text == name) return team.id;
    return Error{ErrorCode::not_found, "no team " + std::string{name}};
}

Result<bool> has_team(storage::ChangesetStore& store, const TeamId& asked) {
    const auto teams = store.teams();
    if (!teams) return teams.error();
    return std::ranges::any_of(*teams, [&](const auto& team) { return team.id == asked; });
}

}  // namespace

Result<Imported> import_bundles(const CentralSide& central, const std::vector<fs::path>& places,
                                const GoingOn& going_on) {
    return import_all(places, going_on, [&](const BundleParts& parts) -> Result<Side> {
        const TeamId team = parts.header().team;
        const auto known = has_team(central.store, team);
        if (!known) return known.error();
        // Under an empty team every bundle is another team's.
        return side_of(central, *known ? team : TeamId{}, parts.header().maker);
    });
}

Result<BundleMade> export_bundle(const CentralSide& central, std::string_view team_name,
                                 const BundleExport& asked, const GoingOn& going_on) {
    const auto team = team_named(central.store, team_name);
    if (!team) return team.error();
    const Side side = side_of(central, *team, central.store.key().public_key());
    BundleOrder order;
    order.file = bundle_file_at(asked.place, "endpoint", central.clock.now() / 1000);
    order.part_size = asked.part_size;
    order.receivers = [&](const LaneId& lane) {
        return only(side.circle.receivers(lane), [&](const std::string& key) {
            return !asked.to || storage::crypto::device_id(key) == *asked.to;
        });
    };
    return write_bundle(side.maker, order, going_on);
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
