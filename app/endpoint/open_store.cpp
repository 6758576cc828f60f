#include "app/endpoint/open_store.h"

#include "storage/base/time.h"
#include "storage/crypto/random.h"

namespace bordereau::app::endpoint {

Result<storage::ChangesetStore> open_store(const std::filesystem::path& folder) {
    auto store =
        storage::ChangesetStore::open(folder, system_clock(), storage::crypto::system_entropy());
    if (!store) return std::move(store).error().during("opening " + folder.string());
    return store;
}

}  // namespace bordereau::app::endpoint
