// storage/journal/compress.h - zstd over whole byte strings. compress.cpp is its only includer.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "storage/base/result.h"

namespace bordereau::storage {

/// Of an audit's changes level 5 leaves 3 % fewer bytes than level 3 for twice the work, and level
/// 19 again as many fewer for forty times that.
constexpr int kUsualLevel = 5;

std::string compressed(std::string_view bytes, int level = kUsualLevel);

/// corrupt: not zstd, damaged, or larger than `most` bytes once expanded (checked before it is).
Result<std::string> expanded(std::string_view bytes, std::size_t most);

/// expanded() of the first of several that follow each other; takes it off.
Result<std::string> expanded_first(std::string_view& bytes, std::size_t most);

}  // namespace bordereau::storage
