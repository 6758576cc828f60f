// storage/disk.h - the steps that change files and folders, one system call each, and the watch
// that a test puts over them. What is made of these steps is files.h's matter; SQLite has its own.
#pragma once

#include <filesystem>
#include <string_view>

namespace bordereau::storage::disk {

/// A step before it is taken.
struct Step {
    enum class Kind { make_file, write, flush, rename, remove, make_folder, flush_folder };
    Kind kind = Kind::write;
    std::filesystem::path file;     ///< or folder
    std::filesystem::path to = {};  ///< of a rename
    std::string_view bytes = {};    ///< of a write: they go to the end of the file
};

/// Sees every step of this process. One for the process, like SQLite's default file system.
class Watch {
public:
    virtual ~Watch() = default;
    /// 0, or the errno with which the step is to fail instead of being taken.
    virtual int before(const Step& step) = 0;
};

/// Puts a watch in place, or takes it away again with nullptr. Not while files are being written.
void set_watch(Watch* watch);

// Each as the system call of its kind: -1 and errno where it fails.

/// A new empty file for this user only, open for writing; an old one of this name is emptied.
int make_file(const std::filesystem::path& file);
/// All the bytes, after those that were written before.
int write(int descriptor, const std::filesystem::path& file, std::string_view bytes);
int flush(int descriptor, const std::filesystem::path& file);
int rename(const std::filesystem::path& from, const std::filesystem::path& to);
int remove(const std::filesystem::path& file);  ///< or an empty folder
/// For this user only; the folder above must be there.
int make_folder(const std::filesystem::path& folder);
int flush_folder(const std::filesystem::path& folder);

}  // namespace bordereau::storage::disk
