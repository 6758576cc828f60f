// tests/support/simulated_disk.h - a disk in memory that keeps apart what was written and what
// would survive a power cut: bytes until their file is synced, names until their folder is.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "storage/disk.h"

namespace bordereau::test {

/// One step. Those after `sync_folder` change nothing on the disk, but can fail.
struct DiskOperation {
    enum class Kind {
        make,
        write,
        truncate,
        sync,
        lost_sync,  ///< failed: what was written stays readable, but never reaches the disk
        rename,
        remove,
        make_folder,
        sync_folder,
        open,
        share_memory,
        lock
    };
    Kind kind = Kind::write;
    std::string path;
    std::string to = {};      ///< of a rename, within one folder
    std::int64_t offset = 0;  ///< of a write; the new size of a truncate
    std::string bytes = {};   ///< of a write
    bool database = false;    ///< of a make: read and written by SQLite only
};

/// How much of what was not synced is there afterwards.
enum class Outage {
    of_process,     ///< all of it: only the program was killed
    of_power,       ///< nothing
    of_power_torn,  ///< any sectors of any write, in any order; the first of each folder's names
};

/// A file or folder, as it reads now and as it would read after a power cut.
struct DiskNode {
    struct Written {
        std::int64_t offset = 0;
        std::string bytes;
        bool truncates = false;
    };
    struct Named {
        std::string removed, added;
        std::shared_ptr<DiskNode> node;
    };
    using Names = std::map<std::string, std::shared_ptr<DiskNode>>;

    bool folder = false;
    bool database = false;
    std::string now, durable;
    std::vector<Written> unsynced;
    Names names, durable_names;
    std::vector<Named> unsynced_names;
    std::shared_ptr<void> process_state;  ///< locks and shared memory: gone with the process
};

class DiskContent {
public:
    /// Empty but for the folder `root`, with an absolute path.
    explicit DiskContent(std::string root);

    /// 0 or an errno.
    int apply(const DiskOperation& operation);
    std::shared_ptr<DiskNode> find(const std::string& path) const;
    DiskContent after(Outage outage, std::mt19937& dice) const;
    /// Writes it below the real `root`, emptied before; a database's files are left empty there.
    void put_in_place() const;
    /// Equal contents have equal fingerprints.
    std::size_t fingerprint() const;

private:
    using Node = std::shared_ptr<DiskNode>;
    Node folder_of(const std::string& path) const;
    int make(const DiskOperation& operation, bool folder);
    int rename(const DiskOperation& operation);

    std::string root_path_;
    Node root_;
};

/// When steps fail, and how.
struct DiskFault {
    std::int64_t first = -1;  ///< number of the first step that fails; none where negative
    std::int64_t last = -1;   ///< of the last one
    int code = 0;             ///< errno
};

/// A DiskContent in use: numbers and records each step, and lets some fail.
class SimulatedDisk final : public storage::disk::Watch {
public:
    explicit SimulatedDisk(DiskContent content) : content_(std::move(content)) {}

    /// 0 or an errno.
    int perform(DiskOperation operation);
    int before(const storage::disk::Step& step) override;

    void fail(DiskFault fault) { fault_ = fault; }
    std::int64_t steps() const { return steps_; }
    bool has_failed() const { return failed_; }
    const std::vector<DiskOperation>& trace() const { return trace_; }
    const DiskContent& content() const { return content_; }

private:
    bool fails_now(const DiskOperation& operation) const;

    DiskContent content_;
    DiskFault fault_;
    std::int64_t steps_ = 0;
    bool failed_ = false;
    std::vector<DiskOperation> trace_;
};

/// SQLite and storage/disk.h work on this disk until the end of the scope.
class DiskInUse {
public:
    explicit DiskInUse(SimulatedDisk& disk);
    DiskInUse(const DiskInUse&) = delete;
    DiskInUse& operator=(const DiskInUse&) = delete;
    ~DiskInUse();
};

}  // namespace bordereau::test
