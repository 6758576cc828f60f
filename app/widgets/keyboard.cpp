#include "app/widgets/keyboard.h"

#include <imgui_internal.h>

namespace bordereau::widgets {

KeyboardPlace keyboard_place() {
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    if (context.NavWindow == nullptr) return {};
    const ImGuiID active = context.ActiveId;
    const bool typing = active != 0 && ImGui::GetInputTextState(active) != nullptr;
    return {typing ? active : context.NavId, context.NavWindow->ID, context.NavFocusScopeId, typing,
            context.NavCursorVisible};
}

float keyboard_edge() {
    ImGuiContext& context = *ImGui::GetCurrentContext();
    if (context.NavId == 0 || context.NavWindow == nullptr) return -1;
    const ImRect& within = context.NavWindow->NavRectRel[context.NavLayer];
    return ImGui::WindowRectRelToAbs(context.NavWindow, within).Max.y;
}

void return_keyboard(const KeyboardPlace& place) {
    ImGuiWindow* window = ImGui::FindWindowByID(place.window);
    if (place.item == 0 || window == nullptr) return;
    ImGuiContext& context = *ImGui::GetCurrentContext();
    ImGui::FocusWindow(window);
    ImGui::SetNavID(place.item, ImGuiNavLayer_Main, place.scope,
                    window->NavRectRel[ImGuiNavLayer_Main]);
    context.NavCursorVisible = place.marked;
    if (!place.typing) return;
    ImGui::ActivateItemByID(place.item);
    context.NavNextActivateFlags =
        ImGuiActivateFlags_PreferInput | ImGuiActivateFlags_TryToPreserveState;
}

void take_key(ImGuiKey key) {
    ImGui::SetKeyOwner(key, ImGui::GetID("taken"), ImGuiInputFlags_LockThisFrame);
}

// Dear ImGui would hand the keyboard to the window around, from which Tab leads nowhere.
void keep_keyboard_on_escape() {
    const bool idle = ImGui::GetCurrentContext()->ActiveId == 0;
    if (idle && !ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup))
        ImGui::SetKeyOwner(ImGuiKey_Escape, ImHashStr("escape"));
}

void keep_from_moving(ImGuiKey key) {
    ImGui::NavMoveRequestCancel();
    ImGui::SetKeyOwner(key, ImGui::GetID("kept"));
}

}  // namespace bordereau::widgets
