// tests/support/frames.h - draws screens with no window and presses things by name.
// No renderer and no clock: each frame lasts one sixtieth of a second.
#pragma once

#include <imgui.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/text/words.h"
#include "app/widgets/items.h"
#include "app/widgets/look.h"

namespace bordereau::test {

struct FramesOptions {
    float width = 1280, height = 800;
    text::Language language = text::Language::en;
    widgets::Theme theme = widgets::Theme::light;
    int percent = 100;
    bool fonts = true;  ///< real fonts where the machine has them
};

/// Draws `screen` into the root of a window that fills the display. A label names an item by its
/// words, by its id, or by the part after "###"; REQUIREs fail where there is no such item.
class Frames {
public:
    explicit Frames(std::function<void()> screen, FramesOptions options = {});
    ~Frames();
    Frames(const Frames&) = delete;
    Frames& operator=(const Frames&) = delete;

    void draw(int frames = 1);

    void click(std::string_view label);
    void double_click(std::string_view label);
    void click_at(float x, float y);
    void drag(float from_x, float from_y, float to_x, float to_y);
    void scroll(float lines);  ///< where the pointer is; below zero: down
    void type(std::string_view utf8);
    void key(ImGuiKey key, ImGuiKey modifier = ImGuiKey_None);
    /// Clicks the field, replaces what is in it, and leaves it typed but not left.
    void fill(std::string_view label, std::string_view utf8);

    bool shows(std::string_view label) const;  ///< an item of that name, not clipped away
    bool enabled(std::string_view label) const;
    const widgets::Item& item(std::string_view label) const;
    const std::vector<widgets::Item>& items() const { return items_->all(); }

    void resize(float width, float height);
    text::Words& words() { return words_; }
    /// CPU seconds that one frame takes, the least of `frames`.
    double cost(int frames);

private:
    void frame();

    std::function<void()> screen_;
    text::Words words_;
    text::Type type_;
    widgets::Look look_;
    ImGuiContext* context_;
    std::optional<widgets::Items> items_;
};

}  // namespace bordereau::test
