#include "app/widgets/over.h"

#include <imgui.h>
#include <imgui_internal.h>

#include <algorithm>
#include <cmath>

#include "app/widgets/label.h"
#include "app/widgets/look.h"

namespace bordereau::widgets {

bool rests_here() {
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    if (!ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) return false;
    const double since = context.Time - context.IO.MouseClickedTime[ImGuiMouseButton_Left];
    return since > static_cast<double>(context.HoveredIdTimer) + context.IO.DeltaTime;
}

// Its size is known beforehand: one that Dear ImGui finds out of what is in it would be a frame
// late, and words that fill what room there is would have none in the first.
void tooltip(std::string_view text) {
    const ImVec2 screen = ImGui::GetMainViewport()->Size;
    const ImVec2 from = ImGui::GetItemRectMin(), to = ImGui::GetItemRectMax();
    const float most = std::min(unit() * 24, screen.x * 0.8f);
    const float width = std::min(std::ceil(text_size(text).x) + 1, most);
    const ImVec2 pad = ImGui::GetStyle().WindowPadding;
    const ImVec2 size{width + 2 * pad.x, text_size(text, {}, width).y + 2 * pad.y};
    const float apart = unit() * 0.25f;
    const float x = mirrored() ? to.x - size.x : from.x;
    const bool below = to.y + apart + size.y <= screen.y;
    // What it belongs to stands above it: at the end, where there is room, it hides nothing of it.
    const float beside = mirrored() ? from.x - apart - size.x : to.x + apart;
    if (!below && beside >= 0 && beside + size.x <= screen.x)
        ImGui::SetNextWindowPos({beside, std::max(to.y - size.y, 0.0f)});
    else
        ImGui::SetNextWindowPos({std::clamp(x, 0.0f, std::max(screen.x - size.x, 0.0f)),
                                 below ? to.y + apart : from.y - apart - size.y});
    ImGui::SetNextWindowSize(size);
    if (!ImGui::BeginTooltip()) return;
    text_block(text, {}, width);
    ImGui::EndTooltip();
}

int scroll_flags() {
    return mirrored() ? ImGuiWindowFlags_NoScrollbar : ImGuiWindowFlags_None;
}

void scroll_bar_at_end() {
    ImGuiWindow* window = ImGui::GetCurrentWindow();
    if (!mirrored() || window->SkipItems || window->ScrollMax.y <= 0) return;
    const ImRect inside = window->InnerRect;
    const ImRect bar{inside.Min, {inside.Min.x + ImGui::GetStyle().ScrollbarSize, inside.Max.y}};
    const float all = window->ContentSize.y + 2 * window->WindowPadding.y;
    auto scrolled = static_cast<ImS64>(window->Scroll.y);
    ImGui::PushClipRect(inside.Min, inside.Max, false);
    ImGui::ScrollbarEx(bar, ImGui::GetWindowScrollbarID(window, ImGuiAxis_Y), ImGuiAxis_Y,
                       &scrolled, static_cast<ImS64>(inside.GetHeight()), static_cast<ImS64>(all));
    ImGui::PopClipRect();
    if (scrolled != static_cast<ImS64>(window->Scroll.y))
        window->Scroll.y = static_cast<float>(scrolled);
}

}  // namespace bordereau::widgets
