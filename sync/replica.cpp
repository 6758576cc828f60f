#include "sync/replica.h"

#include <memory>

#include "storage/changeset_store.h"
#include "storage/notebook.h"
#include "storage/outbox.h"

namespace bordereau::sync {

using Bytes = std::span<const std::string>;
using storage::VersionVector;

Replica replica_of(storage::Notebook& notebook, std::string endpoint) {
    storage::Journal& journal = notebook.journal();
    const auto outbox = std::make_shared<storage::Outbox>(notebook, std::move(endpoint));
    return {{[&journal] { return journal.vector(); },
             [&journal](const VersionVector& theirs, std::size_t bytes) {
                 return journal.missing(theirs, bytes);
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

}  // namespace bordereau::sync
