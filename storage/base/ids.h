// storage/base/ids.h - identifiers that cannot be mistaken for one another.
#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <string>

namespace bordereau {

/// A text identifier of one kind of thing. Empty means "none".
template <class Tag>
struct Id {
    std::string text;
    bool empty() const { return text.empty(); }
    auto operator<=>(const Id&) const = default;
    bool operator==(const Id&) const = default;
};

using AuditId = Id<struct AuditTag>;    ///< UUID v4, lower case
using PersonId = Id<struct PersonTag>;  ///< UUID v4, lower case
using TeamId = Id<struct TeamTag>;      ///< UUID v4, lower case
using DeviceId = Id<struct DeviceTag>;  ///< 32 hex digits: BLAKE2b-128 of the public signing key
using LaneId = Id<struct LaneTag>;      ///< which devices may hold a changeset; see journal/chain.h
using FormId = Id<struct FormTag>;      ///< XForm id, for example grpa_main
using CommentId = Id<struct CommentTag>;  ///< UUID v4, lower case

}  // namespace bordereau

template <class Tag>
struct std::hash<bordereau::Id<Tag>> {
    std::size_t operator()(const bordereau::Id<Tag>& id) const noexcept {
        return std::hash<std::string>{}(id.text);
    }
};
