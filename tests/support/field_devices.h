// tests/support/field_devices.h - devices without a notebook: a key, a membership, and one audit
// each. Enough to fill an endpoint with hundreds of them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "storage/base/text.h"
#include "storage/base/time.h"
#include "storage/changeset_store.h"
#include "storage/crypto/random.h"
#include "storage/journal/changeset.h"
#include "sync/protocol.h"

namespace bordereau::test {

/// The bytes of a changeset with a new audit of `answers` answers, at a place in its device's home.
inline Result<std::string> sealed_audit(
    const storage::ChainLink& link, const storage::crypto::SigningKey& key, int answers,
    const Entropy& entropy, storage::AuditState state = storage::AuditState::finalized) {
    const DeviceId device = storage::crypto::device_id(key.public_key());
    const std::string audit = new_uuid(entropy);
    std::vector<storage::Change> changes;
    storage::Stamp stamp = storage::Stamp::at(system_clock().now());
    const auto add = [&](storage::Action action) {
        ++stamp.bits;
        changes.push_back({{stamp, device}, {"amina"}, audit, std::move(action)});
    };
    add(storage::AuditCreated{{"f"}, "1", "An audit"});
    for (int i = 0; i < answers; ++i)
        add(storage::AnswerGiven{"/f/q" + std::to_string(i), "answer " + new_key(entropy, 12), {}});
    add(storage::AuditStateSet{state, ""});
    return storage::seal_changeset(link, key, std::move(changes));
}

/// The same as its device's first one.
inline Result<std::string> sealed_audit(
    const TeamId& team, const storage::crypto::SigningKey& key, int answers, const Entropy& entropy,
    storage::AuditState state = storage::AuditState::finalized) {
    const DeviceId device = storage::crypto::device_id(key.public_key());
    return sealed_audit(storage::ChainLink{team, storage::lane_of_home(device), 1, {}}, key,
                        answers, entropy, state);
}

/// A store with a team and members, opened before an endpoint serves it.
struct Enlisted {
    TeamId team;
    std::string endpoint_key;  ///< public
    std::vector<storage::crypto::SigningKey> devices;
};

inline Result<Enlisted> enlist(const std::filesystem::path& data, int count,
                               const Entropy& entropy) {
    auto store = storage::ChangesetStore::open(data, system_clock(), entropy);
    if (!store) return store.error();
    auto team = store->found_team("Crossing North");
    if (!team) return team.error();
    Enlisted enlisted{*team, store->key().public_key(), {}};
    for (int i = 0; i < count; ++i) {
        enlisted.devices.push_back(storage::crypto::SigningKey::generate(entropy));
        if (auto admitted = store->admit(*team, {enlisted.devices.back().public_key(),
                                                 "laptop " + std::to_string(i),
                                                 storage::Role::officer,
                                                 {}});
            !admitted)
            return admitted.error();
    }
    return enlisted;
}

/// A device's request with what it brings.
inline std::string offer_of(const TeamId& team, const storage::crypto::SigningKey& key,
                            std::vector<std::string> changesets, const Entropy& entropy) {
    return sync::encode(sync::ExchangeRequest{team, storage::crypto::device_id(key.public_key()),
                                              sync::Moment::at(system_clock().now(), entropy),
                                              sync::Offer{{}, std::move(changesets), 0}},
                        key);
}

}  // namespace bordereau::test
