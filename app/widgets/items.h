// app/widgets/items.h - what is on the screen, item by item: for tests and for aids that read the
// screen aloud. Off unless somebody listens.
#pragma once

#include <imgui.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct ImGuiContext;

namespace bordereau::widgets {

struct Item {
    ImGuiID id = 0;
    std::string name;      ///< as given to Dear ImGui: its id
    std::string label;     ///< its words, as announced
    std::string window;    ///< name of the window it lies in
    ImVec2 min, max;       ///< screen pixels
    bool visible = false;  ///< not clipped away entirely
    bool enabled = true;
    bool checked = false;
};

/// Collects the items of the latest frame through Dear ImGui's test engine hooks. One a context.
class Items {
public:
    explicit Items(ImGuiContext& context);  ///< listens to this context until destroyed
    ~Items();
    Items(const Items&) = delete;
    Items& operator=(const Items&) = delete;

    void begin_frame() { items_.clear(); }
    const std::vector<Item>& all() const { return items_; }
    /// By the announced label, by the part after "###", or by the id's own text.
    const Item* find(std::string_view label) const;
    std::vector<Item>& collected() { return items_; }

private:
    ImGuiContext& context_;
    std::vector<Item> items_;
};

}  // namespace bordereau::widgets
