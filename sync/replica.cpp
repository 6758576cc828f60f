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

// What `member` may hold of a notebook. What this device may not hold (any more) it does not speak
// of either: it may have been of a higher role.
struct Shared {
    storage::Notebook& notebook;
    DeviceId member;

    Result<storage::Admission> admission() const {
        return storage::Admission::of(notebook.database(), notebook.team(), member);
    }
    Result<VersionVector> vector() const {
        const storage::Journal& journal = notebook.journal();
        auto held = covered_part(journal.vector(), journal.own_admission(), notebook.device());
        if (member == notebook.device()) return held;
        return covered_part(std::move(held), admission(), member);
    }
    Result<std::vector<storage::StoredChangeset>> missing(VersionVector theirs,
                                                          std::size_t bytes) const {
        const auto held = notebook.journal().vector();
        if (!held) return held.error();
        const auto shared = vector();
        if (!shared) return shared.error();
        for (const auto& [chain, end] : *held)
            if (!shared->contains(chain)) theirs[chain] = {kNothingMore, 0};
        return notebook.journal().missing(theirs, bytes);
    }
};

}  // namespace

Holdings holdings_of(storage::Notebook& notebook, DeviceId member) {
    const Shared shared{notebook, std::move(member)};
    return {[shared] { return shared.vector(); },
            [shared](const VersionVector& theirs, std::size_t bytes) {
                return shared.missing(theirs, bytes);
            },
            [shared](Bytes bytes) { return shared.notebook.journal().receive(bytes); }};
}

Replica replica_of(storage::Notebook& notebook, std::string peer, DeviceId member) {
    const auto outbox = std::make_shared<storage::Outbox>(notebook, std::move(peer));
    return {holdings_of(notebook, std::move(member)),
            [outbox] { return outbox->acknowledged(); },
            [outbox](const VersionVector& vector) { return outbox->acknowledge(vector); },
            {}};
}

Replica replica_of(storage::Notebook& notebook, std::string endpoint) {
    return replica_of(notebook, std::move(endpoint), notebook.device());
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
