#include "app/form/values/child_index.h"

namespace bordereau::form {
namespace {

// An array may be this many times as long as what it holds.
constexpr std::size_t kLoosest = 4;
constexpr std::size_t kAlways = 16;

}  // namespace

const SameNameRun* ChildIndex::find_sparse(Name name) const {
    const auto found = sparse_->find(name);
    return found == sparse_->end() ? nullptr : &found->second;
}

// Makes the array reach as far as `name`, unless that would leave it mostly empty.
bool ChildIndex::widen_to(Name name) {
    if (dense_.empty()) base_ = name;
    const std::size_t most = kLoosest * (count_ + 1) + kAlways;
    if (name >= base_) {
        const std::size_t wanted = std::size_t{name} - base_ + 1;
        if (wanted > dense_.size() && wanted > most) return false;
        if (wanted > dense_.size()) dense_.resize(wanted);
        return true;
    }
    const std::size_t more = base_ - name;
    if (dense_.size() + more > most) return false;
    dense_.insert(dense_.begin(), more, {});
    base_ = name;
    return true;
}

SameNameRun& ChildIndex::at(Name name) {
    if (const SameNameRun* known = find(name)) return const_cast<SameNameRun&>(*known);
    if (widen_to(name)) {
        ++count_;
        return dense_[name - base_];
    }
    if (!sparse_) sparse_ = std::make_unique<std::unordered_map<Name, SameNameRun>>();
    return (*sparse_)[name];
}

void ChildIndex::erase(Name name) {
    const std::size_t at = name - base_;
    if (at < dense_.size() && dense_[at].first != SameNameRun::kNone) {
        dense_[at] = {};
        --count_;
    } else if (sparse_) {
        sparse_->erase(name);
    }
}

std::size_t ChildIndex::bytes() const {
    const std::size_t others =
        sparse_ ? sparse_->size() * (sizeof(SameNameRun) + 3 * sizeof(void*)) : 0;
    return sizeof *this + dense_.capacity() * sizeof(SameNameRun) + others;
}

}  // namespace bordereau::form
