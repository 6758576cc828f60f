// app/widgets/pictures.h - pictures on the screen: pixels become textures through Dear ImGui's own
// texture list, whatever draws it. A bounded number of them is kept, the longest unused goes first.
#pragma once

#include <imgui.h>

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/media/raster.h"

namespace bordereau::widgets {

class Pictures {
public:
    /// For the current context, which must outlive this.
    Pictures();
    ~Pictures();
    Pictures(const Pictures&) = delete;
    Pictures& operator=(const Pictures&) = delete;

    /// The texture of a picture, made when it is first asked for. `key` names its content.
    ImTextureRef texture(const std::string& key, const media::Raster& raster);
    std::size_t held() const { return held_.size(); }
    std::size_t bytes() const;

    /// Of pixels; what was drawn in the latest frames stays beyond it.
    static constexpr std::size_t kMostBytes = std::size_t{32} << 20;

private:
    struct Held {
        std::unique_ptr<ImTextureData> texture;
        int frame = 0;  ///< that used it last
    };
    void release_old();
    void forget_destroyed();

    ImGuiContext& context_;
    std::map<std::string, Held, std::less<>> held_;
    std::vector<std::unique_ptr<ImTextureData>> leaving_;
};

/// Draws a picture as large as it fits into `width` by `height` pixels, never above its own size
/// times the display's scale. Returns the size it took.
ImVec2 picture(const char* id, const std::string& key, const media::Raster& raster, float width,
               float height);
/// The same as a button with words for those who cannot see it. True when pressed.
bool picture_button(const char* id, const std::string& key, const media::Raster& raster,
                    float width, float height, std::string_view label);

}  // namespace bordereau::widgets
