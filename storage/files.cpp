#include "storage/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>
#include <vector>

#include "storage/disk.h"

namespace bordereau::storage {
namespace {

Error system_error(std::string_view doing, const std::filesystem::path& file) {
    const int code = errno;
    const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
    return {full ? ErrorCode::full : ErrorCode::io,
            std::string{doing} + " " + file.string() + ": " + std::strerror(code)};
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& file) {
    std::ifstream in{file, std::ios::binary};
    if (!in) return Error{ErrorCode::not_found, "no file " + file.string()};
    std::ostringstream bytes;
    bytes << in.rdbuf();
    if (in.bad()) return Error{ErrorCode::io, "reading " + file.string()};
    return std::move(bytes).str();
}

Result<std::string> read_file_within(const std::filesystem::path& file, std::uintmax_t limit) {
    std::error_code code;
    if (!std::filesystem::is_regular_file(file, code))
        return Error{ErrorCode::not_found, "no file " + file.string()};
    const std::uintmax_t size = std::filesystem::file_size(file, code);
    if (code) return Error{ErrorCode::io, "measuring " + file.string()};
    if (size > limit) return Error{ErrorCode::refused, "too large: " + file.string()};
    std::ifstream in{file, std::ios::binary};
    std::string bytes(static_cast<std::size_t>(size), '\0');
    if (!in.read(bytes.data(), static_cast<std::streamsize>(size)))
        return Error{ErrorCode::io, "reading " + file.string()};
    return bytes;
}

Status replace_file(const std::filesystem::path& file, std::string_view bytes) {
    std::filesystem::path beside = file;
    beside += ".new";
    auto written = NewFile::begin(beside);
    if (!written) return written.error();
    if (Status added = written->add(bytes); !added) return added;
    return (*std::move(written)).commit(file);
}

Result<NewFile> NewFile::begin(const std::filesystem::path& unfinished) {
    const int descriptor = disk::make_file(unfinished);
    if (descriptor < 0) return system_error("writing", unfinished);
    return NewFile{descriptor, unfinished};
}

NewFile::~NewFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!unfinished_.empty()) (void)disk::remove(unfinished_);
}

Status NewFile::add(std::string_view bytes) {
    if (disk::write(descriptor_, unfinished_, bytes) != 0)
        return system_error("writing", unfinished_);
    return done();
}

Status NewFile::flush() {
    if (disk::flush(descriptor_, unfinished_) != 0) return system_error("flushing", unfinished_);
    (void)::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_DONTNEED);
    return done();
}

Status NewFile::commit(const std::filesystem::path& file) && {
    if (disk::flush(descriptor_, unfinished_) != 0) return system_error("flushing", unfinished_);
    if (disk::rename(unfinished_, file) != 0) return system_error("renaming", unfinished_);
    unfinished_.clear();
    return flush_folder(file.parent_path());
}

Status flush_folder(const std::filesystem::path& folder) {
    const std::filesystem::path named = folder.empty() ? "." : folder;
    if (disk::flush_folder(named) != 0) return system_error("flushing", named);
    return done();
}

std::filesystem::path nearest_there(const std::filesystem::path& place) {
    std::error_code code;
    std::filesystem::path there = std::filesystem::absolute(place, code);
    while (there.has_relative_path() && !std::filesystem::exists(there, code))
        there = there.parent_path();
    return there;
}

Status make_folder(const std::filesystem::path& folder) {
    std::error_code code;
    std::filesystem::create_directories(folder.parent_path(), code);
    if (disk::make_folder(folder) != 0) return system_error("making", folder);
    return done();
}

Status remove_folder(const std::filesystem::path& folder) {
    std::error_code code;
    std::vector<std::filesystem::path> inside;
    for (std::filesystem::recursive_directory_iterator at{folder, code}, end; at != end && !code;
         at.increment(code))
        inside.push_back(at->path());
    if (code == std::errc::no_such_file_or_directory) return done();
    inside.insert(inside.begin(), folder);
    for (auto path = inside.rbegin(); path != inside.rend(); ++path)
        if (disk::remove(*path) != 0) return system_error("removing", *path);
    return done();
}

Status rename_folder(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::error_code ignored;
    std::filesystem::remove(to, ignored);  // empty, if it is there
    if (disk::rename(from, to) != 0) return system_error("renaming", from);
    Status flushed = flush_folder(to.parent_path());
    if (!flushed) (void)disk::rename(to, from);  // so that the same call can be made again
    return flushed;
}

Result<FileLock> FileLock::take(const std::filesystem::path& file) {
    return lock(file, LOCK_EX, LOCK_NB);
}

Result<FileLock> FileLock::share(const std::filesystem::path& file) {
    return lock(file, LOCK_SH, LOCK_NB);
}

Result<FileLock> FileLock::share_in_turn(const std::filesystem::path& file) {
    return lock(file, LOCK_SH, 0);
}

Result<bool> FileLock::is_held(const std::filesystem::path& file) {
    const auto taken = take(file);
    if (taken || taken.error().code == ErrorCode::busy) return !taken;
    return taken.error();
}

Result<FileLock> FileLock::lock(const std::filesystem::path& file, int how, int waiting) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return system_error("opening", file);
    int locked = 0;
    do locked = ::flock(descriptor, how | waiting);
    while (locked != 0 && errno == EINTR);
    if (locked == 0) return FileLock{descriptor};
    const bool held = errno == EWOULDBLOCK;
    Error error = system_error("locking", file);
    ::close(descriptor);
    if (held) return Error{ErrorCode::busy, "open in another process: " + file.string()};
    return error;
}

FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace bordereau::storage
