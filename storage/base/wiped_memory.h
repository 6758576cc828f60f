// storage/base/wiped_memory.h - an allocator for libraries through whose buffers secrets pass: what
// is given back is overwritten first.
#pragma once

#include <cstddef>

namespace bordereau {

/// As std::malloc().
void* take_memory(std::size_t size);
/// Of take_memory(), or null.
void give_back_wiped(void* memory);

}  // namespace bordereau
