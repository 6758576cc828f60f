// storage/backup_place.h - where a backup may be written, and how it comes to its name: alike for a
// notebook and for an endpoint.
#pragma once

#include <cstdint>
#include <filesystem>

#include "storage/base/result.h"

namespace bordereau::storage {

/// Whether a backup of `source` that takes `needed` bytes may be written as `file`. Nothing else of
/// the person's is written over by a slip of the keyboard, but for an earlier backup.
///   invalid    no name of a file, or inside of `source`
///   conflict   another file is there
///   not_found  no such folder
///   full       too little room
Status check_backup_place(const std::filesystem::path& file, const std::filesystem::path& source,
                          std::int64_t needed);

/// What is written beside its place until it is whole. Removed however it ended.
class UnfinishedBackup {
public:
    /// One that was cut off before gives way.
    explicit UnfinishedBackup(const std::filesystem::path& file);
    ~UnfinishedBackup();
    UnfinishedBackup(const UnfinishedBackup&) = delete;
    UnfinishedBackup& operator=(const UnfinishedBackup&) = delete;

    const std::filesystem::path& part() const { return part_; }
    /// Gives it its name, durably.
    Status name();

private:
    std::filesystem::path file_, part_;
};

}  // namespace bordereau::storage
