// storage/base/check.h - stops the program on our own mistakes. Never for bad input.
#pragma once

#include <source_location>

namespace bordereau {

/// Prints where and what, then aborts. Called by check().
[[noreturn]] void stop(const char* what, std::source_location where);

/// Holds in release builds too: a wrong state must not reach the disk.
inline void check(bool holds, const char* what,
                  std::source_location where = std::source_location::current()) {
    if (!holds) [[unlikely]]
        stop(what, where);
}

}  // namespace bordereau
