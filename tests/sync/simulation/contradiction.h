// tests/sync/simulation/contradiction.h - something that a world must not show. Thrown, and caught
// by run() only: a world that contradicts itself is not gone on with.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "storage/base/result.h"

namespace bordereau::simulation {

struct Contradiction {
    std::string text;
};

inline void insist(bool holds, std::string_view otherwise) {
    if (!holds) throw Contradiction{std::string{otherwise}};
}

/// The value of something that has to work.
template <class T>
T need(Result<T> result, std::string_view doing) {
    if (!result) throw Contradiction{std::string{doing} + ": " + result.error().detail};
    return *std::move(result);
}
inline void need(const Status& status, std::string_view doing) {
    if (!status) throw Contradiction{std::string{doing} + ": " + status.error().detail};
}

}  // namespace bordereau::simulation
