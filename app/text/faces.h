// app/text/faces.h - draws glyphs of font files into Dear ImGui's atlas. The only door to FreeType.
// Files are mapped, not copied: 5 MB of Chinese cost memory only where they are read.
#pragma once

#include <filesystem>
#include <memory>

#include "app/text/clusters.h"
#include "app/text/fonts.h"
#include "storage/base/result.h"

struct ImFont;
struct ImFontAtlas;

namespace bordereau::text {

/// The four faces, and the fonts that are merged from them.
class Faces {
public:
    /// `clusters` must live as long as the atlas that the fonts are added to.
    static Result<Faces> open(const FontFiles& files, const Clusters& clusters);
    Faces(Faces&&) noexcept;
    Faces& operator=(Faces&&) noexcept;
    ~Faces();

    ImFont* add_regular(ImFontAtlas& atlas);
    ImFont* add_bold(ImFontAtlas& atlas);  ///< Arabic and Chinese are thickened regular

    struct State;

private:
    explicit Faces(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace bordereau::text
