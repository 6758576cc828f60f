#include "tests/support/simulated_disk.h"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>

namespace bordereau::test {
namespace {

namespace fs = std::filesystem;
using Kind = DiskOperation::Kind;
using Node = std::shared_ptr<DiskNode>;

constexpr std::size_t kSector = 512;

void write_into(std::string& content, const DiskNode::Written& written) {
    const auto offset = static_cast<std::size_t>(written.offset);
    if (written.truncates) return content.resize(offset);
    if (content.size() < offset + written.bytes.size())
        content.resize(offset + written.bytes.size());
    content.replace(offset, written.bytes.size(), written.bytes);
}

void name_in(DiskNode::Names& names, const DiskNode::Named& named) {
    if (!named.removed.empty()) names.erase(named.removed);
    if (!named.added.empty()) names[named.added] = named.node;
}

void rename_in(DiskNode& folder, DiskNode::Named named) {
    name_in(folder.names, named);
    folder.unsynced_names.push_back(std::move(named));
}

bool heads(std::mt19937& dice) {
    return (dice() & 1) != 0;
}

// A write reaches the disk sector by sector.
void tear_into(std::string& content, const DiskNode::Written& written, std::mt19937& dice) {
    if (written.truncates) {
        if (heads(dice)) write_into(content, written);
        return;
    }
    const bool whole = heads(dice);
    for (std::size_t at = 0; at < written.bytes.size();) {
        const std::size_t place = static_cast<std::size_t>(written.offset) + at;
        const std::size_t size = std::min(kSector - place % kSector, written.bytes.size() - at);
        if (whole || heads(dice))
            write_into(content,
                       {static_cast<std::int64_t>(place), written.bytes.substr(at, size), false});
        at += size;
    }
}

std::string content_after(const DiskNode& node, Outage outage, std::mt19937& dice) {
    if (outage == Outage::of_process) return node.now;
    std::string content = node.durable;
    if (outage == Outage::of_power_torn)
        for (const auto& written : node.unsynced) tear_into(content, written, dice);
    return content;
}

DiskNode::Names names_after(const DiskNode& node, Outage outage, std::mt19937& dice) {
    if (outage == Outage::of_process) return node.names;
    DiskNode::Names names = node.durable_names;
    if (outage == Outage::of_power_torn) {
        const std::size_t kept = dice() % (node.unsynced_names.size() + 1);
        for (std::size_t i = 0; i < kept; ++i) name_in(names, node.unsynced_names[i]);
    }
    return names;
}

Node node_after(const DiskNode& node, Outage outage, std::mt19937& dice) {
    auto after = std::make_shared<DiskNode>();
    after->folder = node.folder;
    after->database = node.database;
    after->now = after->durable = content_after(node, outage, dice);
    for (const auto& [name, child] : names_after(node, outage, dice))
        after->names[name] = node_after(*child, outage, dice);
    after->durable_names = after->names;
    return after;
}

void put_below(const fs::path& path, const DiskNode& node) {
    for (const auto& [name, child] : node.names) {
        if (child->folder) {
            fs::create_directory(path / name);
            put_below(path / name, *child);
        } else {
            std::ofstream out{path / name, std::ios::binary};
            if (!child->database) out << child->now;
        }
    }
}

std::size_t mix(std::size_t a, std::size_t b) {
    return a * 1099511628211U ^ b;
}

std::size_t fingerprint_of(const DiskNode& node) {
    std::size_t print = std::hash<std::string>{}(node.now);
    for (const auto& [name, child] : node.names)
        print = mix(mix(print, std::hash<std::string>{}(name)), fingerprint_of(*child));
    return print;
}

}  // namespace

DiskContent::DiskContent(std::string root)
    : root_path_(std::move(root)), root_(std::make_shared<DiskNode>()) {
    root_->folder = true;
}

Node DiskContent::find(const std::string& path) const {
    if (!path.starts_with(root_path_)) return nullptr;
    Node node = root_;
    for (const fs::path& part : fs::path{path}.lexically_relative(root_path_)) {
        if (part == ".") continue;
        const auto found = node->names.find(part.string());
        if (found == node->names.end()) return nullptr;
        node = found->second;
    }
    return node;
}

Node DiskContent::folder_of(const std::string& path) const {
    return find(fs::path{path}.parent_path().string());
}

int DiskContent::make(const DiskOperation& operation, bool folder) {
    const Node above = folder_of(operation.path);
    if (!above) return ENOENT;
    if (const Node old = find(operation.path)) {
        if (folder) return EEXIST;
        return apply({Kind::truncate, operation.path});
    }
    auto made = std::make_shared<DiskNode>();
    made->folder = folder;
    made->database = operation.database;
    rename_in(*above, {{}, fs::path{operation.path}.filename().string(), made});
    return 0;
}

int DiskContent::rename(const DiskOperation& operation) {
    const Node from = folder_of(operation.path), to = folder_of(operation.to);
    const Node node = find(operation.path);
    if (!node || !to) return ENOENT;
    const std::string old_name = fs::path{operation.path}.filename().string();
    const std::string new_name = fs::path{operation.to}.filename().string();
    if (from == to) {
        rename_in(*from, {old_name, new_name, node});
    } else {
        rename_in(*to, {{}, new_name, node});
        rename_in(*from, {old_name, {}, nullptr});
    }
    return 0;
}

int DiskContent::apply(const DiskOperation& operation) {
    if (operation.kind == Kind::make) return make(operation, false);
    if (operation.kind == Kind::make_folder) return make(operation, true);
    if (operation.kind == Kind::rename) return rename(operation);
    const Node node = find(operation.path);
    if (!node) return ENOENT;
    switch (operation.kind) {
        case Kind::write:
        case Kind::truncate:
            node->unsynced.push_back(
                {operation.offset, operation.bytes, operation.kind == Kind::truncate});
            write_into(node->now, node->unsynced.back());
            return 0;
        case Kind::sync:
            for (const auto& written : node->unsynced) write_into(node->durable, written);
            node->unsynced.clear();
            return 0;
        case Kind::lost_sync: node->unsynced.clear(); return 0;
        case Kind::remove:
            rename_in(*folder_of(operation.path),
                      {fs::path{operation.path}.filename().string(), {}, nullptr});
            return 0;
        case Kind::sync_folder:
            node->durable_names = node->names;
            node->unsynced_names.clear();
            return 0;
        default: return 0;
    }
}

DiskContent DiskContent::after(Outage outage, std::mt19937& dice) const {
    DiskContent content{root_path_};
    content.root_ = node_after(*root_, outage, dice);
    return content;
}

void DiskContent::put_in_place() const {
    for (const auto& old : fs::directory_iterator{root_path_}) fs::remove_all(old);
    put_below(root_path_, *root_);
}

std::size_t DiskContent::fingerprint() const {
    return fingerprint_of(*root_);
}

// What needs no room works on a full disk: a name that was given has its room.
bool SimulatedDisk::fails_now(const DiskOperation& operation) const {
    if (fault_.first < 0 || steps_ < fault_.first || steps_ > fault_.last) return false;
    const bool frees = operation.kind == Kind::remove || operation.kind == Kind::truncate ||
                       operation.kind == Kind::sync_folder || operation.kind == Kind::lock;
    return fault_.code != ENOSPC || !frees;
}

int SimulatedDisk::perform(DiskOperation operation) {
    const bool fails = fails_now(operation);
    ++steps_;
    failed_ = failed_ || fails;
    if (fails && operation.kind == Kind::sync) operation.kind = Kind::lost_sync;
    if (fails && operation.kind == Kind::write) operation.bytes.resize(operation.bytes.size() / 2);
    const bool done_in_part = operation.kind == Kind::lost_sync || operation.kind == Kind::write;
    int code = fails ? fault_.code : 0;
    if (!fails || done_in_part) {
        const int applied = content_.apply(operation);
        if (code == 0) code = applied;
        if (applied == 0) trace_.push_back(std::move(operation));
    }
    return code;
}

int SimulatedDisk::before(const storage::disk::Step& step) {
    using Step = storage::disk::Step::Kind;
    const std::string path = step.file.string();
    switch (step.kind) {
        case Step::make_file: return perform({Kind::make, path});
        case Step::write: {
            const Node node = content_.find(path);
            const auto end = static_cast<std::int64_t>(node ? node->now.size() : 0);
            return perform({Kind::write, path, {}, end, std::string{step.bytes}});
        }
        case Step::flush: return perform({Kind::sync, path});
        case Step::rename: return perform({Kind::rename, path, step.to.string()});
        case Step::remove: {
            const int code = perform({Kind::remove, path});
            return code == ENOENT ? 0 : code;  // a lock file: made without a step
        }
        case Step::make_folder: return perform({Kind::make_folder, path});
        case Step::flush_folder: return perform({Kind::sync_folder, path});
    }
    return 0;
}

}  // namespace bordereau::test
