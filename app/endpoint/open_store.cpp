#include "app/endpoint/open_store.h"

#include "storage/base/time.h"
#include "storage/crypto/random.h"
#include "storage/endpoint_folder.h"
#include "storage/move_to_ledger.h"
#include "storage/postgres/ledger.h"

namespace bordereau::app::endpoint {

Result<storage::ChangesetStore> open_store(const Place& place) {
    storage::Elsewhere elsewhere{nullptr, place.key_file};
    if (!place.store.empty()) {
        auto ledger = storage::postgres::open_ledger(place.store);
        if (!ledger) return ledger.error();
        elsewhere.ledger = *std::move(ledger);
    }
    auto store = storage::ChangesetStore::open(
        place.folder, system_clock(), storage::crypto::system_entropy(), std::move(elsewhere));
    if (!store) return std::move(store).error().during("opening " + place.folder.string());
    return store;
}

Result<storage::ChangesetStore> open_existing_store(const Place& place) {
    // Where a database holds it, the folder may be a new copy.
    if (place.store.empty() && !storage::holds_endpoint(place.folder))
        return Error{ErrorCode::not_found,
                     "there is no endpoint in " + place.folder.string() +
                         ". Nothing was made. Check --data; 'create' and 'serve' make one"};
    return open_store(place);
}

Result<storage::KeptFiles> open_files(const Place& place) {
    auto files =
        storage::KeptFiles::open(place.files.empty() ? place.folder / "files" : place.files,
                                 storage::crypto::system_entropy());
    if (!files) return std::move(files).error().during("opening the attached files");
    return files;
}

Status move_into_store(const Place& place) {
    auto ledger = storage::postgres::open_ledger(place.store);
    if (!ledger) return ledger.error();
    return storage::move_to_ledger(place.folder, place.key_file, **ledger, system_clock().now(),
                                   storage::crypto::system_entropy());
}

}  // namespace bordereau::app::endpoint
