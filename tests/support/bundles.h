// tests/support/bundles.h - keys, a team and changesets in memory for tests about bundles, where
// the bytes of the file matter and what a changeset holds does not.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sync/bundle_reader.h"
#include "sync/bundle_writer.h"
#include "tests/support/folders.h"
#include "tests/support/notebooks.h"
#include "tests/support/parties.h"

namespace bordereau::test {

inline const sync::GoingOn kGoOn = [](std::int64_t, std::int64_t) { return true; };

/// Unsigned changesets in their order. What is received is kept aside.
struct Shelf {
    std::vector<storage::StoredChangeset> held;
    std::multiset<std::string> received;

    void add(int device, const LaneId& lane, std::string bytes) {
        const storage::ChainId chain{{std::string(32, static_cast<char>('0' + device))}, lane};
        held.push_back({chain, vector()[chain].number + 1, std::move(bytes)});
    }
    storage::VersionVector vector() const {
        storage::VersionVector vector;
        for (const auto& one : held) vector[one.chain] = {one.number, 0};
        return vector;
    }
    sync::Holdings holdings() {
        return {[this]() -> Result<storage::VersionVector> { return vector(); },
                [this](const storage::VersionVector& theirs,
                       std::size_t bytes) -> Result<std::vector<storage::StoredChangeset>> {
                    std::vector<storage::StoredChangeset> found;
                    std::size_t size = 0;
                    for (const auto& one : held) {
                        const auto known = theirs.find(one.chain);
                        if (known != theirs.end() && known->second.number >= one.number) continue;
                        if (size >= bytes) break;
                        size += one.bytes.size();
                        found.push_back(one);
                    }
                    return found;
                },
                [this](std::span<const std::string> all) -> Result<std::vector<storage::Receipt>> {
                    std::vector<storage::Receipt> receipts;
                    for (const std::string& bytes : all) {
                        received.insert(bytes);
                        receipts.push_back({storage::Reception::applied, {}, 1, {}});
                    }
                    return receipts;
                }};
    }
};

/// A maker and a receiver of one team, each with a shelf.
struct BundlePair {
    Pair keys;
    Shelf shelf, other;
    std::vector<sync::BundleReceipt> receipts;

    const storage::crypto::SigningKey& maker() const { return keys.device; }
    const storage::crypto::SigningKey& receiver() const { return keys.endpoint; }

    sync::BundleMade write(sync::BundleOrder order) {
        if (!order.receivers)
            order.receivers = [this](const LaneId&) -> Result<std::vector<std::string>> {
                return std::vector{maker().public_key(), receiver().public_key()};
            };
        return want(sync::write_bundle(bundle_maker(), order, kGoOn));
    }
    sync::BundleMaker bundle_maker() {
        return {keys.team,        &maker(),           shelf.holdings(),
                sync::no_blobs(), fixed_clock(kNoon), keys.entropy};
    }
    sync::BundleTaker taker() {
        return {
            keys.team,
            &receiver(),
            other.holdings(),
            sync::no_blobs(),
            [this](std::string_view key) -> Result<bool> { return key == maker().public_key(); },
            false,
            [this](const sync::BundleReceipt& receipt) {
                receipts.push_back(receipt);
                return done();
            }};
    }
    Result<sync::BundleTaken> take(const std::vector<std::filesystem::path>& files) {
        std::vector<sync::BundlePart> opened;
        for (const auto& file : files) {
            auto part = sync::BundleParts::open_part(file);
            if (part) opened.push_back(*std::move(part));
        }
        if (opened.empty()) return Error{ErrorCode::corrupt, "nothing of a bundle"};
        auto parts = sync::BundleParts::of(std::move(opened));
        if (!parts) return parts.error();
        if (Status found = parts->find_blocks(kGoOn); !found) return found.error();
        return sync::take_bundle(*parts, taker(), kGoOn);
    }
};

/// A second laptop comes into the team of the first, and both know each other.
inline void team_up(storage::Notebook& founder, storage::Notebook& newcomer,
                    storage::Role role = storage::Role::administrator) {
    admit(founder, newcomer, role);
    want(founder.journal().seal_all());
    want(newcomer.journal().seal_all());
    hand_over(founder, newcomer);
    hand_over(newcomer, founder);
}

inline void put_file(const std::filesystem::path& file, std::string_view bytes) {
    std::ofstream{file, std::ios::binary | std::ios::trunc} << bytes;
}

}  // namespace bordereau::test
