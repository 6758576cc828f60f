// tests/support/rubbish.h - bytes that are no changesets, as somebody may send them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bordereau::test {

/// `count` different ones, from a given number on.
inline std::vector<std::string> rubbish(std::int64_t count, std::int64_t from = 0) {
    std::vector<std::string> all;
    for (std::int64_t i = from; i < from + count; ++i)
        all.push_back("rubbish " + std::to_string(i));
    return all;
}

}  // namespace bordereau::test
