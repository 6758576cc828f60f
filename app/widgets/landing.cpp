#include "app/widgets/landing.h"

#include <imgui.h>
#include <imgui_internal.h>

namespace bordereau::widgets {

bool by_keys() {
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    return context.LastKeyboardKeyPressTime > context.IO.MouseClickedTime[ImGuiMouseButton_Left];
}

void land_here() {
    ImGui::SetKeyboardFocusHere();
    // Space presses only what is seen to have the keyboard.
    if (by_keys()) return ImGui::SetNavCursorVisible(true);
    ImGui::GetCurrentContext()->NavMoveFlags &= ~ImGuiNavMoveFlags_Activate;
}

// Dear ImGui goes to the window of what has the keyboard when it draws that, and forgets what else
// was to take it.
void give_up_keyboard() {
    ImGui::GetCurrentContext()->NavId = 0;
}

// A child window that is clipped away skips its items, unless the keyboard may move to them.
void about_to_land() {
    ImGui::GetCurrentContext()->NavAnyRequest = true;
}

bool landing() {
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    return context.NavMoveScoringItems && (context.NavMoveFlags & ImGuiNavMoveFlags_FocusApi) != 0;
}

}  // namespace bordereau::widgets
