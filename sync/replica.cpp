#include "sync/replica.h"

#include <limits>
#include <memory>

#include "storage/changeset_store.h"
#include "storage/notebook.h"
#include "storage/outbox.h"

namespace bordereau::sync {

using Bytes = std::span<const std::string>;
using storage::VersionVector;

namespace {

constexpr std::int64_t kNothingMore = std::numeric_limits<std::int64_t>::max();

// Of what is held, what a member may hold.
VersionVector covered(VersionVector held, const storage::Admission& admission,
                      const DeviceId& member) {
    std::erase_if(held,
                  [&](const auto& entry) { return !admission.covers(member, entry.first.lane); });
    return held;
}

// `theirs`, and of the chains that a member may not hold so much that nothing is missing.
VersionVector beside_uncovered(VersionVector theirs, const VersionVector& held,
                               const storage::Admission& admission, const DeviceId& member) {
    for (const auto& [chain, end] : held)
        if (!admission.covers(member, chain.lane)) theirs[chain] = {kNothingMore, 0};
    return theirs;
}

Result<VersionVector> covered_part(Result<VersionVector> held,
                                   const Result<storage::Admission>& admission,
                                   const DeviceId& member) {
    if (!held) return held;
    if (!admission) return admission.error();
    return covered(*std::move(held), *admission, member);
}

}  // namespace

// What this device may not hold it does not speak of either: it may have been of a higher role.
Replica replica_of(storage::Notebook& notebook, std::string endpoint) {
    storage::Journal& journal = notebook.journal();
    const auto outbox = std::make_shared<storage::Outbox>(notebook, std::move(endpoint));
    const DeviceId own = notebook.device();
    return {
        {[&journal, own] { return covered_part(journal.vector(), journal.own_admission(), own); },
         [&journal, own](const VersionVector& theirs,
                         std::size_t bytes) -> Result<std::vector<storage::StoredChangeset>> {
             const auto held = journal.vector();
             if (!held) return held.error();
             const auto admission = journal.own_admission();
             if (!admission) return admission.error();
             return journal.missing(beside_uncovered(theirs, *held, *admission, own), bytes);
         },
         [&journal](Bytes bytes) { return journal.receive(bytes); }},
        [outbox] { return outbox->acknowledged(); },
        [outbox](const VersionVector& vector) { return outbox->acknowledge(vector); }};
}

Holdings holdings_of(storage::ChangesetStore& store, TeamId team) {
    return {[&store, team] { return store.vector(team); },
            [&store, team](const VersionVector& theirs, std::size_t bytes) {
                return store.missing(team, theirs, bytes);
            },
            [&store, team](Bytes bytes) { return store.receive(team, bytes); }};
}

Holdings holdings_of(storage::ChangesetStore& store, TeamId team, DeviceId member) {
    return {
        [&store, team, member] {
            return covered_part(store.vector(team), store.admission(team, member), member);
        },
        [&store, team, member](const VersionVector& theirs,
                               std::size_t bytes) -> Result<std::vector<storage::StoredChangeset>> {
            const auto held = store.vector(team);
            if (!held) return held.error();
            const auto admission = store.admission(team, member);
            if (!admission) return admission.error();
            return store.missing(team, beside_uncovered(theirs, *held, *admission, member), bytes);
        },
        [&store, team](Bytes bytes) { return store.receive(team, bytes); }};
}

}  // namespace bordereau::sync
