// storage/base/check.h - stops the program on our own mistakes. Never for bad input.
#pragma once

namespace bordereau {

/// Prints where and what, then aborts. Called by check().
[[noreturn]] void stop(const char* what, const char* file = __builtin_FILE(),
                       int line = __builtin_LINE());

/// Holds in release builds too: a wrong state must not reach the disk. The builtins stand for the
/// caller's place; std::source_location is not in every library that we build with.
inline void check(bool holds, const char* what, const char* file = __builtin_FILE(),
                  int line = __builtin_LINE()) {
    if (!holds) [[unlikely]]
        stop(what, file, line);
}

}  // namespace bordereau
