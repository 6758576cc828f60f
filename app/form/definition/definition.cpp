#include "app/form/definition/definition.h"

#include <algorithm>

namespace bordereau::form {

std::uint64_t model_key(ModelIndex parent, Name name, bool attribute) {
    constexpr std::uint32_t kAttributeBit = 0x80000000;
    return (std::uint64_t{parent} << 32) | (attribute ? name | kAttributeBit : name);
}

ModelIndex Definition::child(ModelIndex parent, Name name, bool attribute) const {
    const auto found = model_by_name.find(model_key(parent, name, attribute));
    return found == model_by_name.end() ? kNone : found->second;
}

std::vector<Name> Definition::names_to(ModelIndex node) const {
    std::vector<Name> path;
    for (auto at = node; at != kNone; at = model[at].parent) path.push_back(model[at].name);
    std::reverse(path.begin(), path.end());
    return path;
}

bool Definition::is_within(ModelIndex node, ModelIndex ancestor) const {
    while (node != kNone && node != ancestor) node = model[node].parent;
    return node == ancestor;
}

std::uint32_t Definition::depth_of(ModelIndex node) const {
    const auto frame = model[node].frame;
    return frame == kNone ? 0 : repeats[frame].depth;
}

}  // namespace bordereau::form
