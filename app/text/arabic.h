// app/text/arabic.h - joins Arabic letters and places their marks. The only door to HarfBuzz.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "app/text/bidi.h"
#include "app/text/clusters.h"
#include "storage/base/result.h"

namespace bordereau::text {

/// Letters, marks, digits and punctuation of the Arabic script, and the joiners between them.
bool is_arabic(char32_t code);

/// A cluster and the code points [first, first + count) that it stands for.
struct ShapedCluster {
    Cluster cluster;
    std::uint32_t first = 0, count = 1;
};

/// Shapes with one face.
class ArabicShaper {
public:
    static Result<ArabicShaper> open(const std::filesystem::path& face);
    ArabicShaper(ArabicShaper&&) noexcept;
    ArabicShaper& operator=(ArabicShaper&&) noexcept;
    ~ArabicShaper();

    /// The run of `text` from left to right. Letters beside the run take part in the joining.
    std::vector<ShapedCluster> shape(std::u32string_view text, const Run& run) const;

private:
    struct State;
    explicit ArabicShaper(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace bordereau::text
