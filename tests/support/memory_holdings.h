// tests/support/memory_holdings.h - changesets of one team in memory, unsigned: for tests about the
// order of messages, where thousands of runs matter and what a changeset holds does not.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/base/text.h"
#include "sync/replica.h"

namespace bordereau::test {

/// A number of a device, 1 to 9: "11111111111111111111111111111111" and so on.
inline DeviceId device_named(int digit) {
    return {std::string(32, static_cast<char>('0' + digit))};
}

/// What a device of that number seals for all of its team.
inline storage::ChainId chain_named(int digit) {
    return {device_named(digit), storage::kCommonLane};
}

class MemoryHoldings {
public:
    using Key = std::pair<storage::ChainId, std::int64_t>;

    /// Seals the next changeset of a device.
    void seal(const DeviceId& device, std::string_view content) {
        const storage::ChainId chain{device, storage::kCommonLane};
        const std::int64_t number = number_of(chain) + 1;
        take({chain, number},
             device.text + " " + std::to_string(number) + " " + std::string{content});
    }

    storage::VersionVector vector() const { return vector_; }
    const std::map<Key, std::string>& all() const { return all_; }

    std::vector<storage::StoredChangeset> missing(const storage::VersionVector& theirs,
                                                  std::size_t limit) const {
        std::vector<storage::StoredChangeset> found;
        std::size_t size = 0;
        for (const auto& [key, bytes] : all_) {
            const auto known = theirs.find(key.first);
            if (known != theirs.end() && key.second <= known->second.number) continue;
            if (size > limit) break;
            size += bytes.size();
            found.push_back({key.first, key.second, bytes});
        }
        return found;
    }

    storage::Receipt receive(const std::string& bytes) {
        const auto words = words_of(bytes);
        const Key key{{DeviceId{std::string{words[0]}}, storage::kCommonLane},
                      std::stoll(std::string{words[1]})};
        storage::Receipt receipt{storage::Reception::duplicate, key.first, key.second, {}};
        const auto held = all_.find(key);
        if (held != all_.end() && held->second != bytes) {
            receipt.reception = storage::Reception::quarantined;
            receipt.fault = storage::Fault::fork;
        } else if (held == all_.end() && key.second > number_of(key.first) + 1) {
            receipt.reception = storage::Reception::waiting;
        } else if (held == all_.end()) {
            receipt.reception = storage::Reception::applied;
            take(key, bytes);
        }
        return receipt;
    }

    sync::Holdings holdings() {
        return {[this]() -> Result<storage::VersionVector> { return vector(); },
                [this](const storage::VersionVector& theirs,
                       std::size_t limit) -> Result<std::vector<storage::StoredChangeset>> {
                    return missing(theirs, limit);
                },
                [this](std::span<const std::string> all) -> Result<std::vector<storage::Receipt>> {
                    std::vector<storage::Receipt> receipts;
                    for (const std::string& bytes : all) receipts.push_back(receive(bytes));
                    return receipts;
                }};
    }

private:
    std::int64_t number_of(const storage::ChainId& chain) const {
        const auto found = vector_.find(chain);
        return found == vector_.end() ? 0 : found->second.number;
    }
    void take(const Key& key, const std::string& bytes) {
        all_[key] = bytes;
        vector_[key.first] = {key.second, 0};
    }

    std::map<Key, std::string> all_;
    storage::VersionVector vector_;
};

/// The asking side: also keeps what was acknowledged.
struct MemoryReplica {
    MemoryHoldings held;
    storage::VersionVector acknowledged;

    sync::Replica replica() {
        return {held.holdings(),
                [this]() -> Result<storage::VersionVector> { return acknowledged; },
                [this](const storage::VersionVector& vector) {
                    for (const auto& [chain, end] : vector)
                        if (end.number > acknowledged[chain].number) acknowledged[chain] = end;
                    return done();
                }};
    }
};

}  // namespace bordereau::test
