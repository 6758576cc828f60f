#include "app/widgets/pictures.h"

#include <imgui_internal.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "app/widgets/items.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"

namespace bordereau::widgets {
namespace {

// A texture may still be on its way to the screen for this many frames.
constexpr int kFramesInUse = 2;

std::size_t size_of(const ImTextureData& texture) {
    return static_cast<std::size_t>(texture.Width) * static_cast<std::size_t>(texture.Height) * 4;
}

ImVec2 fitted(const media::Raster& raster, float width, float height) {
    const auto w = static_cast<float>(raster.width), h = static_cast<float>(raster.height);
    const float scale = std::min({width / w, height / h, look().scale});
    return {std::max(1.0f, std::round(w * scale)), std::max(1.0f, std::round(h * scale))};
}

void draw(const std::string& key, const media::Raster& raster, ImVec2 at, ImVec2 size) {
    if (look().pictures == nullptr) return;
    const float round = unit() * 0.2f;
    ImGui::GetWindowDrawList()->AddImageRounded(look().pictures->texture(key, raster), at,
                                                {at.x + size.x, at.y + size.y}, {0, 0}, {1, 1},
                                                IM_COL32_WHITE, round);
}

}  // namespace

Pictures::Pictures() : context_(*ImGui::GetCurrentContext()) {}

// Dear ImGui's list for the renderer lives a frame longer than its own: both forget them here. What
// the renderer holds of them goes with its context.
Pictures::~Pictures() {
    ImGuiContext* const before = ImGui::GetCurrentContext();
    ImGui::SetCurrentContext(&context_);
    for (auto& [key, held] : held_) leaving_.push_back(std::move(held.texture));
    for (const auto& texture : leaving_) {
        ImGui::GetPlatformIO().Textures.find_erase(texture.get());
        ImGui::UnregisterUserTexture(texture.get());
    }
    ImGui::SetCurrentContext(before);
}

ImTextureRef Pictures::texture(const std::string& key, const media::Raster& raster) {
    Held& held = held_[key];
    held.frame = ImGui::GetFrameCount();
    if (!held.texture) {
        held.texture = std::make_unique<ImTextureData>();
        held.texture->Create(ImTextureFormat_RGBA32, raster.width, raster.height);
        held.texture->UseColors = true;
        std::memcpy(held.texture->GetPixels(), raster.rgba.data(), raster.rgba.size());
        ImGui::RegisterUserTexture(held.texture.get());
        release_old();
    }
    return held_.at(key).texture->GetTexRef();
}

std::size_t Pictures::bytes() const {
    std::size_t sum = 0;
    for (const auto& [key, held] : held_) sum += size_of(*held.texture);
    return sum;
}

void Pictures::release_old() {
    forget_destroyed();
    while (bytes() > kMostBytes) {
        const auto oldest =
            std::ranges::min_element(held_, {}, [](const auto& one) { return one.second.frame; });
        if (ImGui::GetFrameCount() - oldest->second.frame < kFramesInUse) return;
        ImTextureData& texture = *oldest->second.texture;
        texture.UnusedFrames = kFramesInUse;  // as the renderer asks before it destroys
        texture.SetStatus(ImTextureStatus_WantDestroy);
        leaving_.push_back(std::move(oldest->second.texture));
        held_.erase(oldest);
    }
}

void Pictures::forget_destroyed() {
    std::erase_if(leaving_, [](const std::unique_ptr<ImTextureData>& texture) {
        if (texture->Status != ImTextureStatus_Destroyed) return false;
        ImGui::GetPlatformIO().Textures.find_erase(texture.get());
        ImGui::UnregisterUserTexture(texture.get());
        return true;
    });
}

ImVec2 picture(const char* id, const std::string& key, const media::Raster& raster, float width,
               float height) {
    if (raster.empty()) return {};
    const ImVec2 size = fitted(raster, width, height);
    align_start(size.x);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::PushID(id);
    ImGui::Dummy(size);
    ImGui::PopID();
    draw(key, raster, at, size);
    return size;
}

bool picture_button(const char* id, const std::string& key, const media::Raster& raster,
                    float width, float height, std::string_view label) {
    if (raster.empty()) return false;
    const ImVec2 size = fitted(raster, width, height);
    align_start(size.x);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const bool pressed = ImGui::InvisibleButton(id, size, ImGuiButtonFlags_EnableNav);
    announce(label);
    draw(key, raster, at, size);
    if (ImGui::IsItemHovered() || ImGui::IsItemFocused())
        ImGui::GetWindowDrawList()->AddRect(at, {at.x + size.x, at.y + size.y},
                                            colour(palette().accent), unit() * 0.2f, 0,
                                            unit() * 0.1f);
    return pressed;
}

}  // namespace bordereau::widgets
