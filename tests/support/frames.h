// tests/support/frames.h - draws screens with no window and presses things by name.
// No renderer and no clock: each frame lasts one sixtieth of a second.
#pragma once

#include <imgui.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/text/words.h"
#include "app/widgets/items.h"
#include "app/widgets/look.h"
#include "app/widgets/pictures.h"

namespace bordereau::test {

struct FramesOptions {
    float width = 1280, height = 800;
    text::Language language = text::Language::en;
    widgets::Theme theme = widgets::Theme::light;
    int percent = 100;
    float scale = 1;     ///< pixels of width and height per logical pixel
    bool touch = false;  ///< large targets
};

/// The interface's own texts in a language.
text::Words words_in(text::Language language);
/// The real fonts where the machine has them; else letters are ordered but not joined.
text::Type type_for_tests();

/// Draws `screen` into a window that fills the display. A label names an item by its words or by
/// its id ("done" of "Finish###done"); a test fails where there is no such item.
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
    void drag(ImVec2 from, ImVec2 to);
    void scroll(float lines);  ///< where the pointer is; below zero: down
    void type(std::string_view utf8);
    void key(ImGuiKey key, ImGuiKey modifier = ImGuiKey_None);
    /// Clicks the field and replaces what is in it; the field stays active.
    void fill(std::string_view label, std::string_view utf8);

    bool shows(std::string_view label) const;  ///< an item of that name that can be seen
    bool enabled(std::string_view label) const;
    const widgets::Item& item(std::string_view label) const;
    const std::vector<widgets::Item>& items() const { return items_->all(); }
    const std::vector<widgets::Overflow>& overflows() const { return items_->overflows(); }

    void resize(float width, float height);
    widgets::Look& look() { return look_; }
    const widgets::Pictures& pictures() const { return *pictures_; }
    text::Words& words() { return words_; }

private:
    void frame();
    ImGuiIO& io();

    std::function<void()> screen_;
    text::Words words_;
    text::Type type_;
    widgets::Look look_;
    ImGuiContext* context_ = nullptr;
    std::unique_ptr<widgets::Items> items_;
    std::unique_ptr<widgets::Pictures> pictures_;
};

}  // namespace bordereau::test
