// storage/journal/compress.h - zstd over whole byte strings. compress.cpp is its only includer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace bordereau::storage {

std::string compressed(std::string_view bytes);

/// corrupt: not zstd, damaged, or larger than `most` bytes once expanded (checked before it is).
Result<std::string> expanded(std::string_view bytes, std::size_t most);

}  // namespace bordereau::storage
