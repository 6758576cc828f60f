// app/text/setting.h - turns a stretch of logical text into the glyphs of one drawn line.
// The step between the bidirectional algorithm and the fonts; remembers nothing but clusters.
#pragma once

#include <optional>
#include <string_view>

#include "app/text/arabic.h"
#include "app/text/bidi.h"
#include "app/text/clusters.h"
#include "app/text/type.h"

namespace bordereau::text {

/// True when the drawn order and the drawn code points are those of the text.
bool is_drawn_as_written(std::u32string_view text);

/// The direction of a paragraph.
Direction resolved(Base base, std::u32string_view paragraph, Direction interface);

/// Sets lines with one shaper (none: letters are not joined) into one table of clusters.
class Setter {
public:
    Setter(const std::optional<ArabicShaper>& shaper, Clusters& clusters)
        : shaper_(shaper), clusters_(clusters) {}

    /// Code points [begin, end) of a paragraph as one line.
    Line set(std::u32string_view paragraph, const Levels& levels, std::uint32_t begin,
             std::uint32_t end) const;

private:
    void set_run(std::u32string_view paragraph, const Run& run, std::vector<Glyph>& out) const;

    const std::optional<ArabicShaper>& shaper_;
    Clusters& clusters_;
};

}  // namespace bordereau::text
