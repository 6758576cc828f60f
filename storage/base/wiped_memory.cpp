#include "storage/base/wiped_memory.h"

#include <cstdlib>
#include <cstring>

namespace bordereau {
namespace {

// The size stands before the memory, which stays aligned for everything.
constexpr std::size_t kBefore = alignof(std::max_align_t);
static_assert(kBefore >= sizeof(std::size_t));

// Called through this, so that the compiler cannot leave out a write before the memory goes.
void* (*const volatile overwrite)(void*, int, std::size_t) = std::memset;

}  // namespace

void* take_memory(std::size_t size) {
    char* begin = static_cast<char*>(std::malloc(kBefore + size));
    if (begin == nullptr) return nullptr;
    std::memcpy(begin, &size, sizeof size);
    return begin + kBefore;
}

void give_back_wiped(void* memory) {
    if (memory == nullptr) return;
    char* begin = static_cast<char*>(memory) - kBefore;
    std::size_t size = 0;
    std::memcpy(&size, begin, sizeof size);
    overwrite(memory, 0, size);
    std::free(begin);
}

}  // namespace bordereau
