// app/widgets/items.h - what is on the screen, item by item: for tests and for aids that read the
// screen aloud. Off unless somebody listens.
#pragma once

#include <imgui.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct ImGuiContext;

namespace bordereau::widgets {

struct Item {
    ImGuiID id = 0;
    std::string name;      ///< as given to Dear ImGui: its id
    std::string label;     ///< its words, as announced
    std::string value;     ///< what a field holds; never that of a passphrase
    std::string composed;  ///< what an input method composes in it; never that of a passphrase
    std::string window;    ///< name of the window it lies in
    ImVec2 min, max;       ///< screen pixels
    bool visible = false;  ///< not clipped away entirely
    bool enabled = true;
    bool checked = false;
    bool stop = false;        ///< Tab stops here
    bool mouse_only = false;  ///< takes the pointer but cannot be reached by keys
    bool focused = false;     ///< the keyboard is here
};

/// Words that did not fit their place: a line that was cut, or a word longer than its column.
struct Overflow {
    std::string text;
    float wanted = 0, room = 0;  ///< pixels
    bool cut = false;            ///< ends in an ellipsis within its place
};

/// Collects the items of the latest frame through Dear ImGui's test engine hooks. One a context.
class Items {
public:
    explicit Items(ImGuiContext& context);  ///< listens to this context until destroyed
    ~Items();
    Items(const Items&) = delete;
    Items& operator=(const Items&) = delete;

    void begin_frame();
    const std::vector<Item>& all() const { return items_; }
    const std::vector<Overflow>& overflows() const { return overflows_; }
    /// By the announced label, by the part after "###", or by the id's own text.
    const Item* find(std::string_view label) const;
    /// Called by the hooks and by announce(); `id` 0 is for words that cannot be pressed.
    void add(Item item) { items_.push_back(std::move(item)); }
    void add(Overflow overflow) { overflows_.push_back(std::move(overflow)); }
    Item* latest(ImGuiID id);

private:
    ImGuiContext& context_;
    std::vector<Item> items_;
    std::vector<Overflow> overflows_;
};

/// Names the latest item of Dear ImGui by its words as written, not as shaped. Words that are no
/// item for Dear ImGui become one here.
void announce(std::string_view words);
/// Tells that the latest item of Dear ImGui is chosen.
void announce_chosen();
/// Tells what the latest item of Dear ImGui, a field, holds.
void announce_value(std::string_view value);
/// Tells what an input method composes in it.
void announce_composed(std::string_view text);
/// Tells who listens that words needed more pixels than they had.
void tell_overflow(std::string_view words, float wanted, float room, bool cut);

}  // namespace bordereau::widgets
