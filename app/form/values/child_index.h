// app/form/values/child_index.h - the children of one element by name, for elements with many.
// Names of siblings are mostly consecutive numbers, so an array serves; a hash takes the others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "app/form/values/names.h"

namespace bordereau::form {

/// The first and the last of the siblings that share a name.
struct SameNameRun {
    static constexpr std::uint32_t kNone = 0xFFFFFFFF;
    std::uint32_t first = kNone, last = kNone;
};

class ChildIndex {
public:
    /// Null if there is none of that name.
    const SameNameRun* find(Name name) const {
        const std::size_t at = name - base_;  // wraps around below `base_`
        if (at < dense_.size() && dense_[at].first != SameNameRun::kNone) return &dense_[at];
        return sparse_ ? find_sparse(name) : nullptr;
    }
    /// The run of that name; an empty one is made where there is none.
    SameNameRun& at(Name name);
    void erase(Name name);
    std::size_t bytes() const;  ///< memory held

private:
    const SameNameRun* find_sparse(Name name) const;
    bool widen_to(Name name);

    Name base_ = 0;
    std::size_t count_ = 0;  // names in `dense_`
    std::vector<SameNameRun> dense_;
    std::unique_ptr<std::unordered_map<Name, SameNameRun>> sparse_;
};

}  // namespace bordereau::form
