#include "app/endpoint/open_store.h"

#include "storage/base/time.h"
#include "storage/crypto/random.h"
#include "storage/endpoint_folder.h"
#include "storage/move_to_ledger.h"
#include "storage/postgres/ledger.h"

namespace bordereau::app::endpoint {
namespace {

namespace fs = std::filesystem;

// A folder that somebody made for it, with the key that belongs to the database.
bool may_become_copy(const Place& place) {
    std::error_code code;
    const fs::path key =
        place.key_file.empty() ? storage::key_file_in(place.folder) : place.key_file;
    return fs::is_directory(place.folder, code) && fs::exists(key, code);
}

}  // namespace

Result<storage::ChangesetStore> open_store(const Place& place) {
    storage::Elsewhere elsewhere{nullptr, place.key_file};
    if (!place.store.empty()) {
        auto ledger = storage::postgres::open_ledger(place.store);
        if (!ledger) return ledger.error();
        elsewhere.ledger = *std::move(ledger);
    }
    std::error_code code;
    const bool there = fs::exists(place.folder, code);
    auto store = storage::ChangesetStore::open(
        place.folder, system_clock(), storage::crypto::system_entropy(), std::move(elsewhere));
    if (store) return store;
    if (!there) fs::remove(place.folder, code);  // only where it is empty
    return std::move(store).error().during("opening " + place.folder.string());
}

std::string words_on_new(const Place& place) {
    return (place.store.empty() ? "made a new endpoint in "
                                : "made a new working copy of the database in ") +
           place.folder.string();
}

Result<storage::ChangesetStore> open_existing_store(const Place& place) {
    if (storage::holds_endpoint(place.folder)) return open_store(place);
    if (place.store.empty())
        return Error{ErrorCode::not_found,
                     "there is no endpoint in " + place.folder.string() +
                         ". Nothing was made. Check --data; 'create' and 'serve' make one"};
    if (!may_become_copy(place))
        return Error{ErrorCode::not_found,
                     "there is neither a working copy nor a key file in " + place.folder.string() +
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

Status check_files(const Place& place) {
    std::error_code code;
    if (place.files.empty() || fs::exists(place.files / storage::KeptFiles::kKeyFile, code))
        return done();
    return Error{ErrorCode::not_found,
                 "no attached files are kept in " + place.files.string() +
                     ". Nothing was made. Check --files; 'serve' makes that folder"};
}

Result<storage::KeptFiles> open_existing_files(const Place& place) {
    if (Status there = check_files(place); !there) return there.error();
    return open_files(place);
}

Status move_into_store(const Place& place) {
    auto ledger = storage::postgres::open_ledger(place.store);
    if (!ledger) return ledger.error();
    return storage::move_to_ledger(place.folder, place.key_file, **ledger, system_clock().now(),
                                   storage::crypto::system_entropy());
}

}  // namespace bordereau::app::endpoint
