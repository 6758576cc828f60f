#include "storage/disk.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

namespace bordereau::storage::disk {
namespace {

namespace fs = std::filesystem;

Watch* watch_in_place = nullptr;

bool refused(Step::Kind kind, const fs::path& file, const fs::path& to = {},
             std::string_view bytes = {}) {
    const int code = watch_in_place ? watch_in_place->before({kind, file, to, bytes}) : 0;
    if (code != 0) errno = code;
    return code != 0;
}

}  // namespace

void set_watch(Watch* watch) {
    watch_in_place = watch;
}

int make_file(const fs::path& file) {
    if (refused(Step::Kind::make_file, file)) return -1;
    return ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

int write(int descriptor, const fs::path& file, std::string_view bytes) {
    if (refused(Step::Kind::write, file, {}, bytes)) return -1;
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return -1;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

int flush(int descriptor, const fs::path& file) {
    return refused(Step::Kind::flush, file) ? -1 : ::fsync(descriptor);
}

int rename(const fs::path& from, const fs::path& to) {
    return refused(Step::Kind::rename, from, to) ? -1 : ::rename(from.c_str(), to.c_str());
}

int remove(const fs::path& file) {
    return refused(Step::Kind::remove, file) ? -1 : ::remove(file.c_str());
}

int make_folder(const fs::path& folder) {
    return refused(Step::Kind::make_folder, folder) ? -1 : ::mkdir(folder.c_str(), 0700);
}

int flush_folder(const fs::path& folder) {
    if (refused(Step::Kind::flush_folder, folder)) return -1;
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return -1;
    const int flushed = ::fsync(descriptor);
    const int code = errno;
    ::close(descriptor);
    errno = code;
    return flushed;
}

}  // namespace bordereau::storage::disk
