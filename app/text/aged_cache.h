// app/text/aged_cache.h - remembers results, and forgets those not asked for lately.
// Two generations: what is found in the older one moves to the younger, the rest goes with it.
#pragma once

#include <cstddef>
#include <functional>
#include <unordered_map>
#include <utility>

namespace bordereau::text {

/// `Hash` and `Equal` may be transparent, so that a view finds what an owning key stores.
template <class Key, class Value, class Hash = std::hash<Key>, class Equal = std::equal_to<>>
class AgedCache {
public:
    /// Holds at most about twice `generation` entries.
    explicit AgedCache(std::size_t generation) : generation_(generation) {}

    /// Null if unknown. The value stays in place until two age() that found the cache full.
    template <class Lookup>
    const Value* find(const Lookup& key) {
        if (auto found = young_.find(key); found != young_.end()) return &found->second;
        auto found = old_.find(key);
        if (found == old_.end()) return nullptr;
        return &young_.insert(old_.extract(found)).position->second;
    }

    const Value& insert(Key key, Value value) {
        return young_.insert_or_assign(std::move(key), std::move(value)).first->second;
    }

    void age() {
        if (young_.size() < generation_) return;
        old_ = std::move(young_);
        young_ = {};
    }
    void clear() {
        young_.clear();
        old_.clear();
    }
    std::size_t size() const { return young_.size() + old_.size(); }

private:
    using Generation = std::unordered_map<Key, Value, Hash, Equal>;
    std::size_t generation_;
    Generation young_, old_;
};

}  // namespace bordereau::text
