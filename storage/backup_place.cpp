#include "storage/backup_place.h"

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>

#include "storage/backup_file.h"
#include "storage/disk.h"
#include "storage/files.h"
#include "storage/notebook_state.h"

namespace bordereau::storage {
namespace {

namespace fs = std::filesystem;

// Heads, digests and what is recorded meanwhile.
constexpr std::int64_t kSpare = std::int64_t{1} << 20;

bool is_inside(const fs::path& file, const fs::path& folder) {
    std::error_code code;
    const fs::path inner = fs::weakly_canonical(fs::absolute(file), code);
    const fs::path outer = fs::weakly_canonical(fs::absolute(folder), code);
    const auto [rest, unused] = std::ranges::mismatch(outer, inner);
    return rest == outer.end();
}

fs::path folder_of(const fs::path& file) {
    return file.has_parent_path() ? file.parent_path() : fs::path{"."};
}

}  // namespace

Status check_backup_place(const fs::path& file, const fs::path& source, std::int64_t needed) {
    std::error_code code;
    if (file.filename().empty() || fs::is_directory(file, code) || is_inside(file, source))
        return Error{ErrorCode::invalid,
                     "give a file outside of " + source.string() + ": " + file.string()};
    if (fs::exists(file, code) && !is_backup(file))
        return Error{ErrorCode::conflict,
                     "there is another file, which stays as it is: " + file.string()};
    const fs::path folder = folder_of(file);
    if (!fs::is_directory(folder, code))
        return Error{ErrorCode::not_found, "no folder " + folder.string()};
    const fs::space_info space = fs::space(folder, code);
    if (!code && space.available < static_cast<std::uintmax_t>(needed + kSpare))
        return Error{ErrorCode::full, "needs " + std::to_string(needed + kSpare) + " bytes, has " +
                                          std::to_string(space.available)};
    return done();
}

UnfinishedBackup::UnfinishedBackup(const fs::path& file) : file_(file), part_(file) {
    part_ += ".part";
    (void)disk::remove(part_);
}

UnfinishedBackup::~UnfinishedBackup() {
    if (!part_.empty()) (void)disk::remove(part_);
}

Status UnfinishedBackup::name() {
    if (disk::rename(part_, file_) != 0)
        return of_system({errno, std::generic_category()}, "naming the backup");
    part_.clear();
    return flush_folder(folder_of(file_));
}

}  // namespace bordereau::storage
