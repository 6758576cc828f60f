// tests/fuzz/stored_zip.h - writes a zip archive without compression, so that what a fuzzer changes
// in a part arrives in the reader as it is.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace bordereau::form::fuzz {

/// Parts as (name, bytes), in order.
std::string stored_zip(const std::vector<std::pair<std::string, std::string>>& parts);

}  // namespace bordereau::form::fuzz
