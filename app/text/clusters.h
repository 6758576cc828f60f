// app/text/clusters.h - gives each shaped piece of Arabic one code point that fonts can draw.
// A cluster is a base letter in its joined form together with the marks placed on it.
#pragma once

#include <compare>
#include <cstddef>
#include <map>
#include <vector>

namespace bordereau::text {

/// A glyph of the Arabic face with its place in the cluster, in font units.
struct PlacedGlyph {
    unsigned glyph = 0;
    int x = 0, y = 0;
    auto operator<=>(const PlacedGlyph&) const = default;
};

struct Cluster {
    std::vector<PlacedGlyph> glyphs;
    int advance = 0;  ///< font units
    auto operator<=>(const Cluster&) const = default;
};

/// The Private Use Area of the Basic Multilingual Plane. Not plane 16, which has more room: Dear
/// ImGui keeps flat tables up to the highest code point drawn, 6 bytes each for every text size.
inline constexpr char32_t kFirstCluster = 0xE000, kLastCluster = 0xF8FF;

inline bool is_cluster(char32_t code) {
    return code >= kFirstCluster && code <= kLastCluster;
}

class Clusters {
public:
    /// U+FFFD when every code point is taken; clear() then makes room between frames.
    char32_t code_of(Cluster cluster) {
        const auto next = kFirstCluster + static_cast<char32_t>(by_code_.size());
        const auto known = codes_.find(cluster);
        if (known != codes_.end()) return known->second;
        if (next > kLastCluster) return 0xFFFD;
        by_code_.push_back(&codes_.emplace(std::move(cluster), next).first->first);
        return next;
    }
    /// Null for a code point that was not given out.
    const Cluster* at(char32_t code) const {
        return is_cluster(code) && code - kFirstCluster < by_code_.size()
                   ? by_code_[code - kFirstCluster]
                   : nullptr;
    }
    std::size_t size() const { return by_code_.size(); }
    void clear() {
        by_code_.clear();
        codes_.clear();
    }

private:
    std::map<Cluster, char32_t> codes_;
    std::vector<const Cluster*> by_code_;  // into codes_, whose nodes stay in place
};

}  // namespace bordereau::text
