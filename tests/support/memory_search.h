// tests/support/memory_search.h - where a secret still stands in this process's own memory.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace bordereau::test {

/// A secret to search for, kept so that the search does not find it here.
class Needle {
public:
    /// `secret` is the caller's to wipe or to keep masked.
    explicit Needle(std::string_view secret) {
        for (const char c : secret) masked_.push_back(static_cast<char>(c ^ kMask));
    }
    std::size_t size() const { return masked_.size(); }
    bool is_at(const char* at) const {
        for (std::size_t i = 0; i < masked_.size(); ++i)
            if (static_cast<char>(at[i] ^ kMask) != masked_[i]) return false;
        return true;
    }

private:
    static constexpr char kMask = '\x55';
    std::string masked_;
};

/// How often it stands in memory that this process can write: heap, stacks, globals.
inline int times_in_memory(const Needle& needle) {
    constexpr std::size_t kChunk = std::size_t{1} << 20;
    constexpr unsigned long kLargest = 1ul << 30;  // larger ones are a sanitizer's own
    std::vector<char> chunk(kChunk);
    const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    std::ifstream maps{"/proc/self/maps"};
    int found = 0;
    for (std::string line; std::getline(maps, line);) {
        unsigned long from = 0, to = 0;
        char rights[8] = {};
        if (std::sscanf(line.c_str(), "%lx-%lx %7s", &from, &to, rights) != 3) continue;
        if (rights[0] != 'r' || rights[1] != 'w' || line.find("/dev/") != line.npos) continue;
        if (to - from > kLargest) continue;
        for (unsigned long at = from; at + needle.size() <= to; at += kChunk - needle.size() + 1) {
            const ssize_t read =
                ::pread(memory, chunk.data(), std::min<std::size_t>(kChunk, to - at),
                        static_cast<off_t>(at));
            if (read < static_cast<ssize_t>(needle.size())) break;
            const char* last = chunk.data() + read - needle.size();
            for (const char* here = chunk.data(); here <= last; ++here)
                if (needle.is_at(here)) ++found;
            // What was read must not be found where it was read to.
            std::fill(chunk.begin(), chunk.end(), '\0');
        }
    }
    ::close(memory);
    return found;
}

}  // namespace bordereau::test
