// storage/files.h - whole small files, replaced safely, and the lock that one process holds.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "storage/base/result.h"

namespace bordereau::storage {

/// The bytes of a file. not_found: there is none.
Result<std::string> read_file(const std::filesystem::path& file);

/// The bytes of an ordinary file of at most `limit` bytes. not_found: there is none, or it is a
/// folder, a device or a pipe; refused: it is larger; io: not readable.
Result<std::string> read_file_within(const std::filesystem::path& file, std::uintmax_t limit);

/// Writes beside the file, flushes, and takes its place: after a power cut there is the old or the
/// new content, never half. full: no space; the old content stays.
Status replace_file(const std::filesystem::path& file, std::string_view bytes);

/// A file that is written piece by piece and is nowhere to be seen before it is whole.
class NewFile {
public:
    /// Begins it under a name of its own on the same disk as its later place, only for this user.
    static Result<NewFile> begin(const std::filesystem::path& unfinished);
    NewFile(NewFile&& other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1)),
          unfinished_(std::exchange(other.unfinished_, {})) {}
    NewFile& operator=(NewFile&&) = delete;
    ~NewFile();  ///< removes what was not committed

    Status add(std::string_view bytes);  ///< full: no space
    /// Flushes, and lets go of what the system remembers of it: what is read afterwards comes from
    /// the disk, as far as the system lets us ask for that.
    Status flush();
    const std::filesystem::path& unfinished() const { return unfinished_; }
    /// Flushes and takes the place of `file`, durably.
    Status commit(const std::filesystem::path& file) &&;

private:
    NewFile(int descriptor, std::filesystem::path unfinished)
        : descriptor_(descriptor), unfinished_(std::move(unfinished)) {}
    int descriptor_;
    std::filesystem::path unfinished_;
};

/// Makes a rename or a new file in `folder` survive a power cut.
Status flush_folder(const std::filesystem::path& folder);

/// The place itself, or the nearest folder above it that is there: on its disk the place would be
/// made.
std::filesystem::path nearest_there(const std::filesystem::path& place);

/// For this user only; those above it are made as they are missing. full: no space.
Status make_folder(const std::filesystem::path& folder);

/// With all that is in it; nothing where there is no such folder.
Status remove_folder(const std::filesystem::path& folder);

/// Gives a folder its name, durably; an empty one of this name gives way. full: no space.
Status rename_folder(const std::filesystem::path& from, const std::filesystem::path& to);

/// Held while a notebook is open. The system releases it when the process ends, however it ends.
class FileLock {
public:
    /// busy: another process holds it.
    static Result<FileLock> take(const std::filesystem::path& file);
    /// Several may hold it so at once. busy: one has taken it for itself.
    static Result<FileLock> share(const std::filesystem::path& file);
    /// As share(), but waits for one who has taken it for itself.
    static Result<FileLock> share_in_turn(const std::filesystem::path& file);
    /// Whether anybody holds it, alone or shared. Holds it itself for that moment.
    static Result<bool> is_held(const std::filesystem::path& file);
    FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    static Result<FileLock> lock(const std::filesystem::path& file, int how, int waiting);
    int descriptor_;
};

}  // namespace bordereau::storage
