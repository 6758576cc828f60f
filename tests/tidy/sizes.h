// tests/tidy/sizes.h - how long files and functions may be.
#pragma once

#include <string>
#include <vector>

#include "tests/tidy/sources.h"

namespace bordereau::test {

constexpr std::size_t kLongestFile = 600;
constexpr std::size_t kLongestFunction = 70;

/// A sentence for every file over kLongestFile lines and every function over kLongestFunction.
/// A function is told by the layout that clang-format gives: its body ends with a lone "}" in the
/// column in which its head began.
std::vector<std::string> size_offences(const std::vector<Source>& sources);

}  // namespace bordereau::test
