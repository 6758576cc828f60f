// storage/endpoint_folder.h - the files in an endpoint's folder: the key, and the database, which
// is either the truth or one of several generations of a working copy.
#pragma once

#include <filesystem>

#include "storage/base/result.h"
#include "storage/base/uuid.h"
#include "storage/crypto/secret.h"
#include "storage/files.h"
#include "storage/sqlite/database.h"

namespace bordereau::storage {

std::filesystem::path key_file_in(const std::filesystem::path& folder);
std::filesystem::path truth_in(const std::filesystem::path& folder);
/// Whether there is an endpoint, or a working copy of one.
bool holds_endpoint(const std::filesystem::path& folder);
/// Shared by all who have the database open; held alone to give it another key.
std::filesystem::path lock_file_in(const std::filesystem::path& folder);
/// Held by whoever answers laptops over the folder and folds what comes in, for as long.
Result<FileLock> begin_serving(const std::filesystem::path& folder);
/// Whether anybody does.
Result<bool> is_served(const std::filesystem::path& folder);
/// A generation has a name of its own, since others may still be at work on the one before.
std::filesystem::path copy_in(const std::filesystem::path& folder, int generation);

/// Of the working copies in a folder; 0: there is none.
int latest_generation(const std::filesystem::path& folder);
/// Removes the working copies before `generation`.
void forget_generations_before(const std::filesystem::path& folder, int generation);

/// not_found: there is no such file; corrupt: it is of another size.
Result<crypto::Secret> read_key(const std::filesystem::path& file);
/// A new key, durably, in a file that only this user may read.
Result<crypto::Secret> make_key(const std::filesystem::path& file, const Entropy& entropy);

/// With the schema that this program knows. refused: of a newer program; corrupt: another key.
Result<sqlite::Database> open_database(const std::filesystem::path& file,
                                       const crypto::Secret& key);

}  // namespace bordereau::storage
