// storage/move_to_ledger.h - makes an endpoint that kept everything in its folder the first of
// those that share a ledger.
#pragma once

#include <filesystem>

#include "storage/base/result.h"
#include "storage/base/time.h"
#include "storage/base/uuid.h"
#include "storage/ledger.h"

namespace bordereau::storage {

/// Adds identity, teams, invitations, changesets and evidence of the endpoint in `folder` to a
/// ledger that is empty; nobody may serve that folder meanwhile. Its database stays under another
/// name, and the key file is the ledger's from then on. Where it fails the folder is as before, and
/// the ledger has to be emptied. `key_file` empty: in the folder. not_found: no endpoint or no key
/// there; refused: the ledger is not empty.
Status move_to_ledger(const std::filesystem::path& folder, const std::filesystem::path& key_file,
                      Ledger& ledger, Millis now, const Entropy& entropy);

}  // namespace bordereau::storage
