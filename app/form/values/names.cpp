#include "app/form/values/names.h"

#include <algorithm>
#include <limits>

namespace bordereau::form {
namespace {

constexpr std::size_t kMostSpaces = std::numeric_limits<Space>::max();
constexpr std::string_view kXhtml = "http://www.w3.org/1999/xhtml";
constexpr std::string_view kOpenRosa = "http://openrosa.org/xforms";

}  // namespace

Names::Names() : spaces_(1), uris_{"", "http://www.w3.org/2000/xmlns/"} {}

Name Names::intern(std::string_view local) {
    if (const auto known = find(local)) return *known;
    const Name name = static_cast<Name>(locals_.size());
    locals_.emplace_back(local);
    by_text_.emplace(local, name);
    return name;
}

std::optional<Name> Names::find(std::string_view local) const {
    const auto found = by_text_.find(local);
    if (found == by_text_.end()) return std::nullopt;
    return found->second;
}

Space Names::intern_space(std::string_view prefix, std::string_view uri) {
    const Uri number = intern_uri(uri);
    const auto known = std::ranges::find_if(spaces_, [&](const SpaceEntry& entry) {
        return entry.uri == number && entry.prefix == prefix;
    });
    if (known != spaces_.end()) return static_cast<Space>(known - spaces_.begin());
    if (spaces_.size() > kMostSpaces) return 0;
    const bool plain = (prefix.empty() && uri != kXhtml) || uri == kOpenRosa;
    spaces_.push_back({std::string{prefix}, number, plain});
    return static_cast<Space>(spaces_.size() - 1);
}

Uri Names::intern_uri(std::string_view uri) {
    const auto known = std::ranges::find(uris_, uri);
    if (known != uris_.end()) return static_cast<Uri>(known - uris_.begin());
    if (uris_.size() > kMostSpaces) return 0;
    uris_.emplace_back(uri);
    return static_cast<Uri>(uris_.size() - 1);
}

}  // namespace bordereau::form
