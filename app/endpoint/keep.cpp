// Backups of an endpoint, endpoints out of backups, and another key.
#include "app/endpoint/carry_out.h"
#include "app/endpoint/open_store.h"
#include "storage/base/time.h"
#include "storage/change_endpoint_key.h"
#include "storage/crypto/random.h"
#include "storage/endpoint_backup.h"
#include "storage/endpoint_folder.h"
#include "storage/postgres/ledger.h"

namespace bordereau::app::endpoint {
namespace {

bool go_on(std::int64_t, std::int64_t) {
    return true;
}

Error kept_elsewhere(const char* by) {
    return {ErrorCode::refused,
            std::string{"what a PostgreSQL database holds is "} + by +
                ", together with the folder of attached files; see storage/postgres/OPERATING.md"};
}

}  // namespace

Status carry_out(const Backup& backup, Output& out) {
    const Place& place = backup.data;
    if (!place.store.empty()) return kept_elsewhere("backed up with pg_dump");
    if (Status there = check_files(place); !there) return there;
    std::error_code ignored;
    if (!backup.replace && std::filesystem::exists(backup.file, ignored))
        return Error{ErrorCode::conflict,
                     "there is a file already: " + backup.file.string() +
                         ". It was left as it is, and no backup was made. Give another name, or "
                         "--replace where it is an earlier backup"};
    const auto made =
        storage::back_up_endpoint({place.folder, place.key_file, place.files}, backup.file,
                                  system_clock().now(), storage::crypto::system_entropy(), go_on);
    if (!made) return made.error();
    out.result << backup.file.string() << ": " << made->changesets << " changesets, " << made->files
               << " attached files, " << made->bytes << " bytes; read back whole\n";
    out.log << "Keep the key file elsewhere: without it nobody reads this backup.\n";
    return done();
}

Status carry_out(const Restore& restore, Output& out) {
    const Place& place = restore.data;
    if (!place.store.empty()) return kept_elsewhere("restored with pg_restore");
    const auto restored =
        storage::restore_endpoint(restore.file, place.key_file, place.folder, go_on);
    if (!restored) return restored.error();
    Place made{place.folder, {}, {}, {}};
    {
        auto store = open_store(made);
        if (!store) return store.error();
        const auto broken = store->verify();
        if (!broken) return broken.error();
        if (*broken)
            return Error{ErrorCode::corrupt,
                         "the backup was restored, but does not hold together: see verify"};
        const auto totals = store->totals();
        if (!totals) return totals.error();
        out.result << place.folder.string() << ": " << totals->changesets << " changesets, "
                   << restored->files << " attached files, as of " << to_iso(restored->made_at, 0)
                   << '\n';
    }
    if (restored->damaged > 0)
        out.log << restored->damaged
                << " attached files were damaged in the backup; laptops bring them again\n";
    out.log << "Never serve this and the endpoint that it is a copy of at once. Let the laptops "
               "sync before you invite or revoke anybody.\n";
    return done();
}

Status carry_out(const ChangeKey& change, Output& out) {
    const Place& place = change.data;
    const auto entropy = storage::crypto::system_entropy();
    if (place.store.empty()) {
        if (Status changed = storage::change_key_of_folder(place.folder, place.key_file, entropy);
            !changed)
            return changed;
    } else {
        auto ledger = storage::postgres::open_ledger(place.store);
        if (!ledger) return ledger.error();
        if (Status changed = storage::change_key_of_ledger(
                **ledger,
                place.key_file.empty() ? storage::key_file_in(place.folder) : place.key_file,
                entropy);
            !changed)
            return changed;
    }
    out.result << "the key file is another one now; keep a copy of it elsewhere. Backups from "
                  "before open with the one before only\n";
    return done();
}

}  // namespace bordereau::app::endpoint
