#include "storage/journal/opening.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace bordereau::storage {
namespace {

// Fewer are opened before a thread has started.
constexpr std::size_t kWorthAThread = 16;
constexpr std::size_t kMostThreads = 8;

}  // namespace

std::vector<Result<OpenChangeset>> open_all(std::span<const std::string> bytes) {
    const Error unread{ErrorCode::corrupt, "not opened"};
    std::vector<Result<OpenChangeset>> opened(bytes.size(), unread);
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < bytes.size(); i = next++)
            opened[i] = open_changeset(bytes[i]);
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
