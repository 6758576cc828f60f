#include "storage/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

namespace bordereau::storage {
namespace {

Error system_error(std::string_view doing, const std::filesystem::path& file) {
    const int code = errno;
    const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
    return {full ? ErrorCode::full : ErrorCode::io,
            std::string{doing} + " " + file.string() + ": " + std::strerror(code)};
}

// A descriptor that is closed at the end of its scope.
struct Descriptor {
    int number;
    ~Descriptor() {
        if (number >= 0) ::close(number);
    }
};

bool write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
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

Status replace_file(const std::filesystem::path& file, std::string_view bytes) {
    std::filesystem::path beside = file;
    beside += ".new";
    {
        const Descriptor out{
            ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)};
        if (out.number < 0 || !write_all(out.number, bytes) || ::fsync(out.number) != 0) {
            Error error = system_error("writing", beside);
            ::unlink(beside.c_str());
            return error;
        }
    }
    if (::rename(beside.c_str(), file.c_str()) != 0) return system_error("renaming", beside);
    return flush_folder(file.parent_path());
}

Status flush_folder(const std::filesystem::path& folder) {
    const std::filesystem::path named = folder.empty() ? "." : folder;
    const Descriptor opened{::open(named.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (opened.number < 0 || ::fsync(opened.number) != 0) return system_error("flushing", named);
    return done();
}

Result<FileLock> FileLock::take(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor < 0) return system_error("opening", file);
    if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return FileLock{descriptor};
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
