#include "storage/endpoint_folder.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "storage/crypto/keys.h"
#include "storage/crypto/seal.h"
#include "storage/migrate.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;

constexpr const char* kServing = "serving.lock";
constexpr std::string_view kCopy = "working-", kCopyEnd = ".db";

// 0: not the name of a working copy.
int generation_of(const std::string& name) {
    if (!name.starts_with(kCopy) || !name.ends_with(kCopyEnd)) return 0;
    const char* end = name.data() + name.size() - kCopyEnd.size();
    int generation = 0;
    const auto read = std::from_chars(name.data() + kCopy.size(), end, generation);
    return read.ec == std::errc{} && read.ptr == end ? std::max(generation, 0) : 0;
}

std::vector<int> generations(const fs::path& folder) {
    std::vector<int> found;
    std::error_code code;
    for (const auto& entry : fs::directory_iterator{folder, code})
        if (const int generation = generation_of(entry.path().filename().string()))
            found.push_back(generation);
    return found;
}

}  // namespace

fs::path key_file_in(const fs::path& folder) {
    return folder / "endpoint.key";
}

fs::path truth_in(const fs::path& folder) {
    return folder / "endpoint.db";
}

bool holds_endpoint(const fs::path& folder) {
    std::error_code code;
    return fs::exists(truth_in(folder), code) || latest_generation(folder) > 0;
}

fs::path lock_file_in(const fs::path& folder) {
    return folder / "endpoint.lock";
}

Result<FileLock> begin_serving(const fs::path& folder) {
    return FileLock::share_in_turn(folder / kServing);
}

Result<bool> is_served(const fs::path& folder) {
    return FileLock::is_held(folder / kServing);
}

fs::path copy_in(const fs::path& folder, int generation) {
    return folder / (std::string{kCopy} + std::to_string(generation) + std::string{kCopyEnd});
}

int latest_generation(const fs::path& folder) {
    const std::vector<int> all = generations(folder);
    return all.empty() ? 0 : std::ranges::max(all);
}

void forget_generations_before(const fs::path& folder, int generation) {
    for (const int old : generations(folder)) {
        if (old >= generation) continue;
        std::error_code ignored;  // what stays does no harm
        for (const char* part : {"", "-wal", "-shm"})
            fs::remove(copy_in(folder, old).string() + part, ignored);
    }
}

Result<crypto::Secret> read_key(const fs::path& file) {
    auto bytes = read_file(file);
    if (!bytes) return bytes.error();
    if (bytes->size() != crypto::kKeySize)
        return Error{ErrorCode::corrupt, "the key file has another size"};
    return crypto::Secret::copy_of(*bytes);
}

Result<crypto::Secret> make_key(const fs::path& file, const Entropy& entropy) {
    crypto::Secret key = crypto::new_key(entropy);
    if (Status written = replace_file(file, key.view()); !written) return written.error();
    return key;
}

Result<sqlite::Database> open_database(const fs::path& file, const crypto::Secret& key) {
    if (auto untouched = sqlite::Database::open_untouched(file, key)) {
        if (Status known = check_not_newer(*untouched); !known) return known.error();
    }
    auto db = sqlite::Database::open(file, key);
    if (!db) return db;
    // Sealed it is; nobody else needs to copy it either.
    std::error_code ignored;
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, ignored);
    if (Status migrated = migrate(*db); !migrated) return migrated.error();
    return db;
}

}  // namespace bordereau::storage
