// storage/endpoint_backup.h - one file with all that an endpoint without a ledger keeps, made while
// it serves, and an endpoint made from it again. The layout is backup_file.h's: the database under
// the endpoint's key, the attached files as they lie, their key sealed with the endpoint's. So the
// backup says nothing to whoever lacks the key file, which is not in it.
#pragma once

#include <cstdint>
#include <filesystem>

#include "storage/backup_file.h"
#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/base/uuid.h"

namespace bordereau::storage {

/// Where an endpoint lies.
struct EndpointPlaces {
    std::filesystem::path folder;
    std::filesystem::path key_file;  ///< empty: in the folder
    std::filesystem::path files;     ///< empty: files/ in the folder
};

struct EndpointBackup {
    std::int64_t bytes = 0, changesets = 0, files = 0;
};

/// Writes it beside, reads all of it back, and only then gives it its name. A backup of that name
/// gives way. not_found: no endpoint here; refused: it has a ledger, or another key file; conflict:
/// another file is there; invalid, full: as check_backup_place(); io.
Result<EndpointBackup> back_up_endpoint(const EndpointPlaces& from,
                                        const std::filesystem::path& file, Millis now,
                                        const Entropy& entropy, const GoingOn& going_on);

struct EndpointRestored {
    Millis made_at = 0;
    std::int64_t files = 0;
    std::int64_t damaged = 0;  ///< files that are not whole in the backup, and were left out
};

/// Makes the folder, which must be empty or not there, with the backup's key file in it. corrupt:
/// the backup's database is damaged; refused: another key file; conflict: the folder holds
/// something.
Result<EndpointRestored> restore_endpoint(const std::filesystem::path& file,
                                          const std::filesystem::path& key_file,
                                          const std::filesystem::path& folder,
                                          const GoingOn& going_on);

}  // namespace bordereau::storage
