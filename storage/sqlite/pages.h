// storage/sqlite/pages.h - how large the pages of our files are.
#pragma once

#include <cstddef>

namespace bordereau::storage::sqlite {

/// Bytes. The records of an audit take one or two thousand: pages of half this size would be a
/// quarter empty.
constexpr std::size_t kPageSize = 8192;

/// To be run after the key was given, before anything is read.
constexpr const char* kSetPageSize = "PRAGMA cipher_page_size = 8192";

}  // namespace bordereau::storage::sqlite
