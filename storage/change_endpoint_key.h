// storage/change_endpoint_key.h - another key file for an endpoint, and everything under it. The
// new key lies beside the old one until all is done, so that whatever ends it in the middle leaves
// an endpoint that opens, and a change that goes on when it is asked for again.
#pragma once

#include <filesystem>

#include "storage/base/result.h"
#include "storage/base/uuid.h"
#include "storage/crypto/secret.h"
#include "storage/ledger.h"

namespace bordereau::storage {

/// Where the new key lies meanwhile.
std::filesystem::path next_key_file(const std::filesystem::path& key_file);

/// Rewrites the database of the endpoint in `folder`. `key_file` empty: in the folder. busy: the
/// endpoint or one of its commands runs; not_found, refused: no endpoint, or not its key.
Status change_key_of_folder(const std::filesystem::path& folder,
                            const std::filesystem::path& key_file, const Entropy& entropy);

/// Seals every entry of a ledger again, a team at a time. Whoever works with the old key meanwhile
/// is refused from then on. `key_file`: of this process; the others need a copy of the new one.
Status change_key_of_ledger(Ledger& ledger, const std::filesystem::path& key_file,
                            const Entropy& entropy);

/// Ends a change of the folder's key that was cut off: the key file is the one that opens the
/// database. For whoever opens it; no change may be under way.
Status settle_key_of_folder(const std::filesystem::path& folder,
                            const std::filesystem::path& key_file);

}  // namespace bordereau::storage
