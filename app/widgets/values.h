// app/widgets/values.h - plain values that views hand to widgets. No Dear ImGui in here.
#pragma once

#include <string>

namespace bordereau::widgets {

/// How loud something is. Always drawn as colour and sign together.
enum class Tone { info, good, warning, error, neutral };

/// One answer that can be chosen.
struct Choice {
    std::string value;  ///< as stored; never contains a blank
    std::string label;
};

enum class Theme { light, dark, contrast };

}  // namespace bordereau::widgets
