#include "sync/replica.h"

#include <memory>

#include "storage/notebook.h"
#include "storage/outbox.h"

namespace bordereau::sync {

Replica replica_of(storage::Notebook& notebook, std::string endpoint) {
    storage::Journal& journal = notebook.journal();
    const auto outbox = std::make_shared<storage::Outbox>(notebook, std::move(endpoint));
    return {[&journal] { return journal.vector(); },
            [&journal](const storage::VersionVector& theirs, std::size_t bytes) {
                return journal.missing(theirs, bytes);
            },
            [&journal](std::span<const std::string> bytes) { return journal.receive(bytes); },
            [outbox] { return outbox->acknowledged(); },
            [outbox](const storage::VersionVector& vector) { return outbox->acknowledge(vector); }};
}

}  // namespace bordereau::sync
