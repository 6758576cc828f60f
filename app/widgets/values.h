// app/widgets/values.h - plain values that views hand to widgets. No Dear ImGui in here.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace bordereau::widgets {

/// How loud something is. Always drawn as colour and sign together.
enum class Tone { info, good, warning, error, neutral };

/// One answer that can be chosen.
struct Choice {
    std::string value;  ///< as stored; never contains a blank
    std::string label;
};

/// Sunlight: black on white with larger strokes, for reading out of doors.
enum class Theme { light, dark, contrast, sunlight };

/// As settings hold them; in the order of Theme. Words: "theme.<name>".
inline constexpr std::array<std::string_view, 4> kThemeNames{"light", "dark", "contrast",
                                                             "sunlight"};
/// Light for a name that is none.
constexpr Theme theme_named(std::string_view name) {
    for (std::size_t at = 0; at < kThemeNames.size(); ++at)
        if (kThemeNames[at] == name) return static_cast<Theme>(at);
    return Theme::light;
}

}  // namespace bordereau::widgets
