#include "storage/journal/opening.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "storage/journal/action_codec.h"

namespace bordereau::storage {
namespace {

// Fewer are opened before a thread has started.
constexpr std::size_t kWorthAThread = 16;
constexpr std::size_t kMostThreads = 8;

}  // namespace

bool can_wait_for_folding(const OpenChangeset& changeset, FlatTable& table) {
    const ChangesetHead& head = changeset.head();
    return head.chain.lane != kCommonLane && table.read(head, changeset.table()) &&
           table.is_said_by(head.chain.device) &&
           std::ranges::none_of(table.changes, [](const FlatTable::Line& line) {
               return line.kind == kind_of(MemberSet{});
           });
}

std::vector<Result<OpenChangeset>> open_all(std::span<const std::string> bytes, Folding folding) {
    const Error unread{ErrorCode::corrupt, "not opened"};
    std::vector<Result<OpenChangeset>> opened(bytes.size(), unread);
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        FlatTable table;
        for (std::size_t i = next++; i < bytes.size(); i = next++) {
            opened[i] = open_changeset(bytes[i]);
            if (!opened[i]) continue;
            opened[i]->compress_ahead();
            if (folding == Folding::later)
                opened[i]->can_wait = can_wait_for_folding(*opened[i], table);
        }
    };
    const std::size_t cores =
        std::min<std::size_t>(std::thread::hardware_concurrency(), kMostThreads);
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min(cores, bytes.size() / kWorthAThread); ++i)
        others.emplace_back(work);
    work();
    others.clear();  // waits for them
    return opened;
}

}  // namespace bordereau::storage
