#include "storage/journal/opening.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <thread>

#include "storage/journal/action_codec.h"

namespace bordereau::storage {
namespace {

// Fewer bytes, as they are kept, are opened before a thread has started.
constexpr std::size_t kWorthAThread = std::size_t{16} << 10;
constexpr std::size_t kMostThreads = 8;

using Opened = Result<OpenChangeset>;

// `open` gets a table of its thread's to work with.
std::vector<Opened> on_all_cores(
    std::span<const std::string> bytes,
    const std::function<Opened(std::string_view bytes, FlatTable& table)>& open) {
    std::vector<Opened> opened(bytes.size(), Error{ErrorCode::corrupt, "not opened"});
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        FlatTable table;
        for (std::size_t i = next++; i < bytes.size(); i = next++)
            opened[i] = open(bytes[i], table);
    };
    const std::size_t cores =
        std::min<std::size_t>(std::thread::hardware_concurrency(), kMostThreads);
    const std::size_t worth = size_of(bytes) / kWorthAThread;
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min({cores, bytes.size(), worth}); ++i)
        others.emplace_back(work);
    work();
    others.clear();  // waits for them
    return opened;
}

}  // namespace

std::size_t size_of(std::span<const std::string> bytes) {
    std::size_t size = 0;
    for (const std::string& one : bytes) size += one.size();
    return size;
}

bool can_wait_for_folding(const OpenChangeset& changeset, FlatTable& table) {
    const ChangesetHead& head = changeset.head();
    return head.chain.lane != kCommonLane && table.read(head, changeset.table()) &&
           table.is_said_by(head.chain.device) &&
           std::ranges::none_of(table.changes, [](const FlatTable::Line& line) {
               return line.kind == kind_of(MemberSet{});
           });
}

std::vector<Result<OpenChangeset>> open_all(std::span<const std::string> bytes, Folding folding) {
    return on_all_cores(bytes, [folding](std::string_view one, FlatTable& table) {
        auto opened = open_changeset(one);
        if (!opened) return opened;
        opened->compress_ahead();
        if (folding == Folding::later) opened->can_wait = can_wait_for_folding(*opened, table);
        return opened;
    });
}

std::vector<Result<OpenChangeset>> expand_all(std::span<const std::string> bytes) {
    return on_all_cores(bytes, [](std::string_view one, FlatTable&) { return expand_held(one); });
}

}  // namespace bordereau::storage
