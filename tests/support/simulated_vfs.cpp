// The SQLite side of simulated_disk.h: a file system whose every step goes through the disk in use.
// Locks and shared memory work between connections of this process, as those of the system do.
#include <sqlite3.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <utility>

#include "tests/support/simulated_disk.h"

namespace bordereau::test {
namespace {

namespace fs = std::filesystem;
using Kind = DiskOperation::Kind;
using Node = std::shared_ptr<DiskNode>;

SimulatedDisk* disk_in_use = nullptr;
sqlite3_vfs* machine = nullptr;  // whose clock and dice are used
int last_code = 0;

struct OpenFile;

// What the connections of a process share of one file.
struct ProcessState {
    int readers = 0;
    const OpenFile *reserved = nullptr, *pending = nullptr, *exclusive = nullptr;
    std::vector<std::unique_ptr<std::vector<char>>> memory;
    std::array<int, SQLITE_SHM_NLOCK> shared_by{};
    std::array<const OpenFile*, SQLITE_SHM_NLOCK> held_by{};
};

struct OpenFile {
    Node node;
    std::string path;
    bool delete_on_close = false;
    bool sync_folder_too = false;  // a new journal's name must last as long as its content
    int level = SQLITE_LOCK_NONE;
    std::array<bool, SQLITE_SHM_NLOCK> shares{};

    ProcessState& state() {
        if (!node->process_state) node->process_state = std::make_shared<ProcessState>();
        return *static_cast<ProcessState*>(node->process_state.get());
    }
};

struct Handle {
    sqlite3_file base;
    OpenFile* file;
};

OpenFile& file_of(sqlite3_file* handle) {
    return *reinterpret_cast<Handle*>(handle)->file;
}

int perform(DiskOperation operation, int meaning) {
    last_code = disk_in_use->perform(std::move(operation));
    if (last_code == 0) return SQLITE_OK;
    return last_code == ENOSPC && meaning == SQLITE_IOERR_WRITE ? SQLITE_FULL : meaning;
}

int close_file(sqlite3_file* handle) {
    auto* opened = reinterpret_cast<Handle*>(handle);
    handle->pMethods->xUnlock(handle, SQLITE_LOCK_NONE);
    if (opened->file->delete_on_close) (void)perform({Kind::remove, opened->file->path}, SQLITE_OK);
    delete opened->file;
    return SQLITE_OK;
}

int read_file(sqlite3_file* handle, void* out, int size, sqlite3_int64 offset) {
    const std::string& content = file_of(handle).node->now;
    const auto begin = std::min(static_cast<std::size_t>(offset), content.size());
    const auto there = std::min(static_cast<std::size_t>(size), content.size() - begin);
    std::memcpy(out, content.data() + begin, there);
    std::memset(static_cast<char*>(out) + there, 0, static_cast<std::size_t>(size) - there);
    return there == static_cast<std::size_t>(size) ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* handle, const void* in, int size, sqlite3_int64 offset) {
    std::string bytes{static_cast<const char*>(in), static_cast<std::size_t>(size)};
    return perform({Kind::write, file_of(handle).path, {}, offset, std::move(bytes)},
                   SQLITE_IOERR_WRITE);
}

int truncate_file(sqlite3_file* handle, sqlite3_int64 size) {
    return perform({Kind::truncate, file_of(handle).path, {}, size}, SQLITE_IOERR_TRUNCATE);
}

int sync_file(sqlite3_file* handle, int) {
    OpenFile& file = file_of(handle);
    if (const int code = perform({Kind::sync, file.path}, SQLITE_IOERR_FSYNC)) return code;
    if (!std::exchange(file.sync_folder_too, false)) return SQLITE_OK;
    // As SQLite's own file system: where this fails it is not told.
    (void)perform({Kind::sync_folder, fs::path{file.path}.parent_path().string()}, SQLITE_OK);
    return SQLITE_OK;
}

int size_of_file(sqlite3_file* handle, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(file_of(handle).node->now.size());
    return SQLITE_OK;
}

int lock_file(sqlite3_file* handle, int level) {
    OpenFile& file = file_of(handle);
    if (file.level >= level) return SQLITE_OK;
    if (const int code = perform({Kind::lock, file.path}, SQLITE_IOERR_LOCK)) return code;
    ProcessState& state = file.state();
    if (level == SQLITE_LOCK_SHARED) {
        if (state.pending || state.exclusive) return SQLITE_BUSY;
        ++state.readers;
    } else if (level == SQLITE_LOCK_RESERVED) {
        if (state.reserved) return SQLITE_BUSY;
        state.reserved = &file;
    } else {
        if (state.pending && state.pending != &file) return SQLITE_BUSY;
        state.pending = &file;
        file.level = SQLITE_LOCK_PENDING;
        if (state.readers > 1) return SQLITE_BUSY;
        state.exclusive = &file;
    }
    file.level = level;
    return SQLITE_OK;
}

int unlock_file(sqlite3_file* handle, int level) {
    OpenFile& file = file_of(handle);
    if (file.level <= level) return SQLITE_OK;
    ProcessState& state = file.state();
    for (const OpenFile** held : {&state.reserved, &state.pending, &state.exclusive})
        if (*held == &file) *held = nullptr;
    if (level == SQLITE_LOCK_NONE) --state.readers;
    file.level = level;
    return SQLITE_OK;
}

int is_reserved(sqlite3_file* handle, int* reserved) {
    *reserved = file_of(handle).state().reserved != nullptr;
    return SQLITE_OK;
}

int share_memory(sqlite3_file* handle, int region, int size, int extend, void volatile** out) {
    OpenFile& file = file_of(handle);
    auto& memory = file.state().memory;
    const auto wanted = static_cast<std::size_t>(region);
    *out = nullptr;
    if (wanted >= memory.size()) {
        if (!extend) return SQLITE_OK;
        if (const int code = perform({Kind::share_memory, file.path}, SQLITE_IOERR_SHMSIZE))
            return code;
        while (memory.size() <= wanted)
            memory.push_back(
                std::make_unique<std::vector<char>>(static_cast<std::size_t>(size), '\0'));
    }
    *out = memory[wanted]->data();
    return SQLITE_OK;
}

bool may_lock(const ProcessState& state, const OpenFile& file, std::size_t slot, bool shared) {
    if (state.held_by[slot] && state.held_by[slot] != &file) return false;
    return shared || state.shared_by[slot] - (file.shares[slot] ? 1 : 0) == 0;
}

void release(ProcessState& state, OpenFile& file, std::size_t slot) {
    if (state.held_by[slot] == &file) state.held_by[slot] = nullptr;
    if (std::exchange(file.shares[slot], false)) --state.shared_by[slot];
}

int lock_memory(sqlite3_file* handle, int first, int count, int flags) {
    OpenFile& file = file_of(handle);
    ProcessState& state = file.state();
    const bool shared = (flags & SQLITE_SHM_SHARED) != 0;
    const auto begin = static_cast<std::size_t>(first),
               end = begin + static_cast<std::size_t>(count);
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        for (std::size_t slot = begin; slot < end; ++slot) release(state, file, slot);
        return SQLITE_OK;
    }
    for (std::size_t slot = begin; slot < end; ++slot)
        if (!may_lock(state, file, slot, shared)) return SQLITE_BUSY;
    for (std::size_t slot = begin; slot < end; ++slot) {
        if (!shared)
            state.held_by[slot] = &file;
        else if (!std::exchange(file.shares[slot], true))
            ++state.shared_by[slot];
    }
    return SQLITE_OK;
}

void order_memory(sqlite3_file*) {
    std::atomic_thread_fence(std::memory_order_seq_cst);
}

int leave_memory(sqlite3_file* handle, int forget) {
    OpenFile& file = file_of(handle);
    ProcessState& state = file.state();
    for (std::size_t slot = 0; slot < SQLITE_SHM_NLOCK; ++slot) release(state, file, slot);
    if (forget) state.memory.clear();
    return SQLITE_OK;
}

int control(sqlite3_file*, int, void*) {
    return SQLITE_NOTFOUND;
}

int sector_size(sqlite3_file*) {
    return 4096;
}

// As SQLite takes every disk: a write damages nothing beside it.
int characteristics(sqlite3_file*) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

const sqlite3_io_methods kMethods{2,
                                  close_file,
                                  read_file,
                                  write_file,
                                  truncate_file,
                                  sync_file,
                                  size_of_file,
                                  lock_file,
                                  unlock_file,
                                  is_reserved,
                                  control,
                                  sector_size,
                                  characteristics,
                                  share_memory,
                                  lock_memory,
                                  order_memory,
                                  leave_memory,
                                  nullptr,
                                  nullptr};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* handle, int flags, int* out_flags) {
    handle->pMethods = nullptr;
    const std::string path = name ? name : "";
    Node node = name ? disk_in_use->content().find(path) : std::make_shared<DiskNode>();
    const bool makes = !node && (flags & SQLITE_OPEN_CREATE) != 0;
    if (!node && !makes) {
        last_code = ENOENT;
        return SQLITE_CANTOPEN;
    }
    DiskOperation step{makes ? Kind::make : Kind::open, path};
    step.database = true;
    if (const int code = perform(std::move(step), SQLITE_CANTOPEN)) return code;
    if (makes) {
        node = disk_in_use->content().find(path);
        const std::ofstream placeholder{path};
    }
    constexpr int kJournals =
        SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL;
    reinterpret_cast<Handle*>(handle)->file = new OpenFile{
        node, path, (flags & SQLITE_OPEN_DELETEONCLOSE) != 0, makes && (flags & kJournals) != 0};
    handle->pMethods = &kMethods;
    if (out_flags) *out_flags = flags;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs*, const char* name, int sync_folder) {
    if (!disk_in_use->content().find(name)) return SQLITE_IOERR_DELETE_NOENT;
    if (const int code = perform({Kind::remove, name}, SQLITE_IOERR_DELETE)) return code;
    fs::remove(name);
    if (!sync_folder) return SQLITE_OK;
    return perform({Kind::sync_folder, fs::path{name}.parent_path().string()},
                   SQLITE_IOERR_DIR_FSYNC);
}

int access_file(sqlite3_vfs*, const char* name, int, int* found) {
    const Node node = disk_in_use->content().find(name);
    *found = node && !node->now.empty();
    return SQLITE_OK;
}

int full_name(sqlite3_vfs*, const char* name, int size, char* out) {
    sqlite3_snprintf(size, out, "%s", name);
    return SQLITE_OK;
}

int randomness(sqlite3_vfs*, int size, char* out) {
    return machine->xRandomness(machine, size, out);
}
int sleep_for(sqlite3_vfs*, int micros) {
    return micros;
}
int current_time(sqlite3_vfs*, double* time) {
    return machine->xCurrentTime(machine, time);
}
int last_error(sqlite3_vfs*, int, char*) {
    return last_code;
}
int current_time_64(sqlite3_vfs*, sqlite3_int64* time) {
    return machine->xCurrentTimeInt64(machine, time);
}

sqlite3_vfs simulated() {
    sqlite3_vfs vfs{};
    vfs.iVersion = 2;
    vfs.szOsFile = sizeof(Handle);
    vfs.mxPathname = 1024;
    vfs.zName = "bordereau-simulated";
    vfs.xOpen = open_file;
    vfs.xDelete = delete_file;
    vfs.xAccess = access_file;
    vfs.xFullPathname = full_name;
    vfs.xRandomness = randomness;
    vfs.xSleep = sleep_for;
    vfs.xCurrentTime = current_time;
    vfs.xGetLastError = last_error;
    vfs.xCurrentTimeInt64 = current_time_64;
    return vfs;
}

sqlite3_vfs simulated_vfs = simulated();

}  // namespace

DiskInUse::DiskInUse(SimulatedDisk& disk) {
    disk_in_use = &disk;
    if (!machine) machine = sqlite3_vfs_find(nullptr);
    sqlite3_vfs_register(&simulated_vfs, 1);
    storage::disk::set_watch(&disk);
}

DiskInUse::~DiskInUse() {
    storage::disk::set_watch(nullptr);
    sqlite3_vfs_unregister(&simulated_vfs);
    sqlite3_vfs_register(machine, 1);
    disk_in_use = nullptr;
}

}  // namespace bordereau::test
