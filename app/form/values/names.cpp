#include "app/form/values/names.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <limits>
#include <utility>

#include "storage/base/text.h"

namespace bordereau::form {
namespace {

constexpr std::size_t kMostSpaces = std::numeric_limits<Space>::max();
constexpr std::string_view kXhtml = "http://www.w3.org/1999/xhtml";
constexpr std::string_view kOpenRosa = "http://openrosa.org/xforms";
constexpr std::size_t kFirstSlots = 256;

// Eight bytes a step: names are short, and looked up for every element and attribute of a form.
std::uint32_t hash_of(std::string_view text) {
    constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15;
    const auto mixed = [](std::uint64_t hash, std::uint64_t word) {
        hash = (hash ^ word) * kFactor;
        return hash ^ (hash >> 29);
    };
    const char* at = text.data();
    std::size_t left = text.size();
    std::uint64_t hash = left * kFactor;
    for (; left >= 8; at += 8, left -= 8) {
        std::uint64_t word;
        std::memcpy(&word, at, 8);
        hash = mixed(hash, word);
    }
    std::uint64_t rest = 0;
    for (std::size_t byte = 0; byte < left; ++byte)
        rest = rest << 8 | static_cast<unsigned char>(at[byte]);
    return static_cast<std::uint32_t>(mixed(hash, rest) >> 16);
}

}  // namespace

Names::Names() : slots_(kFirstSlots), spaces_(1), uris_{"", "http://www.w3.org/2000/xmlns/"} {}

// The slot that holds the name, else the free one where it belongs.
std::size_t Names::slot_of(std::string_view local, std::uint32_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at].name != kNoName &&
           (slots_[at].hash != hash || locals_[slots_[at].name] != local))
        at = (at + 1) & mask;
    return at;
}

void Names::grow() {
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
    const std::size_t mask = slots_.size() - 1;
    for (const Slot& slot : old) {
        if (slot.name == kNoName) continue;
        std::size_t at = slot.hash & mask;
        while (slots_[at].name != kNoName) at = (at + 1) & mask;
        slots_[at] = slot;
    }
}

Name Names::intern(std::string_view local) {
    const std::uint32_t hash = hash_of(local);
    const std::size_t at = slot_of(local, hash);
    if (slots_[at].name != kNoName) return slots_[at].name;
    const Name name = static_cast<Name>(locals_.size());
    locals_.emplace_back(local);
    slots_[at] = {hash, name};
    if (locals_.size() * 2 > slots_.size()) grow();
    return name;
}

std::optional<Name> Names::find(std::string_view local) const {
    const Name name = slots_[slot_of(local, hash_of(local))].name;
    if (name == kNoName) return std::nullopt;
    return name;
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

std::string column_name(std::string_view header) {
    std::string name{trimmed(header)};
    for (auto& c : name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool fits =
            byte >= 0x80 || std::isalnum(byte) || c == '_' || c == '-' || c == '.' || c == ':';
        if (!fits) c = '_';
    }
    return name;
}

}  // namespace bordereau::form
