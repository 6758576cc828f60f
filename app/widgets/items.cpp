#include "app/widgets/items.h"

#include <imgui_internal.h>

#include <algorithm>

// Dear ImGui calls these by name when it is built with IMGUI_ENABLE_TEST_ENGINE; the context's
// TestEngine pointer is ours to set.
void ImGuiTestEngineHook_ItemAdd(ImGuiContext* context, ImGuiID id, const ImRect& box,
                                 const ImGuiLastItemData* data) {
    auto* items = static_cast<bordereau::widgets::Items*>(context->TestEngine);
    if (!items || id == 0) return;
    const ImGuiWindow* window = context->CurrentWindow;
    const ImRect rect = data ? data->Rect : box;
    ImRect seen = rect;
    seen.ClipWith(window->ClipRect);
    const bool disabled =
        ((data ? data->ItemFlags : context->CurrentItemFlags) & ImGuiItemFlags_Disabled) != 0;
    bordereau::widgets::Item item;
    item.id = id;
    // A paragraph has a window of its own for what is typed.
    const ImGuiWindow* keyboard = context->NavWindow;
    item.focused = context->NavId == id && keyboard &&
                   (keyboard == window || keyboard->ParentWindow == window);
    if (data) {
        constexpr ImGuiItemFlags unreachable = ImGuiItemFlags_NoNav | ImGuiItemFlags_NoTabStop;
        item.stop = !disabled && (data->ItemFlags & unreachable) == 0;
        item.mouse_only = !disabled && (data->ItemFlags & ImGuiItemFlags_NoNav) != 0;
    }
    item.window = window->Name;
    item.min = rect.Min;
    item.max = rect.Max;
    item.visible = seen.GetWidth() > 0 && seen.GetHeight() > 0;
    item.enabled = !disabled;
    items->add(std::move(item));
}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext* context, ImGuiID id, const char* label,
                                  ImGuiItemStatusFlags flags) {
    auto* items = static_cast<bordereau::widgets::Items*>(context->TestEngine);
    if (!items) return;
    bordereau::widgets::Item* item = items->latest(id);
    if (!item) return;
    if (label) item->name = label;
    if ((flags & ImGuiItemStatusFlags_Checked) != 0) item->checked = true;
}

void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}

const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) {
    return nullptr;
}

namespace bordereau::widgets {

Items::Items(ImGuiContext& context) : context_(context) {
    context_.TestEngine = this;
    context_.TestEngineHookItems = true;
}

Items::~Items() {
    context_.TestEngineHookItems = false;
    context_.TestEngine = nullptr;
}

void Items::begin_frame() {
    items_.clear();
    overflows_.clear();
}

Item* Items::latest(ImGuiID id) {
    const auto found = std::find_if(items_.rbegin(), items_.rend(),
                                    [&](const Item& item) { return item.id == id; });
    return found == items_.rend() ? nullptr : &*found;
}

const Item* Items::find(std::string_view label) const {
    const auto names = [&](const Item& item) {
        if (item.label == label || item.name == label) return true;
        const std::size_t hash = item.name.find("##");
        if (hash == std::string::npos) return false;
        const std::size_t id = item.name.find_first_not_of('#', hash);
        return item.name.compare(0, hash, label) == 0 ||
               (id != std::string::npos && item.name.compare(id, std::string::npos, label) == 0);
    };
    // One that can be seen is preferred to one of the same name scrolled out of sight.
    const Item* hidden = nullptr;
    for (const Item& item : items_) {
        if (!names(item)) continue;
        if (item.visible) return &item;
        hidden = &item;
    }
    return hidden;
}

void tell_overflow(std::string_view words, float wanted, float room, bool cut) {
    auto* items = static_cast<Items*>(ImGui::GetCurrentContext()->TestEngine);
    if (items) items->add(Overflow{std::string{words}, wanted, room, cut});
}

void announce(std::string_view words) {
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    auto* items = static_cast<Items*>(context.TestEngine);
    if (!items) return;
    const ImGuiLastItemData& last = context.LastItemData;
    if (Item* item = last.ID != 0 ? items->latest(last.ID) : nullptr) {
        item->label = words;
        return;
    }
    Item item;
    item.label = words;
    item.window = context.CurrentWindow->Name;
    item.min = last.Rect.Min;
    item.max = last.Rect.Max;
    item.visible = context.CurrentWindow->ClipRect.Overlaps(last.Rect);
    items->add(std::move(item));
}

namespace {

Item* latest_item() {
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    auto* items = static_cast<Items*>(context.TestEngine);
    return items ? items->latest(context.LastItemData.ID) : nullptr;
}

}  // namespace

void announce_chosen() {
    if (Item* item = latest_item()) item->checked = true;
}

void announce_value(std::string_view value) {
    if (Item* item = latest_item()) item->value = value;
}

void announce_composed(std::string_view text) {
    if (Item* item = latest_item()) item->composed = text;
}

}  // namespace bordereau::widgets
