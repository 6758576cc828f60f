// tests/support/real_window.h - the built program in a window on a virtual display: used from
// outside by keys and mouse, and heard through what it narrates. Waits on what it says, never on
// time; a wait of a minute fails.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/virtual_display.h"

namespace bordereau::test {

/// An item of the picture, as narrated; see app/widgets/narrator.h.
struct Shown {
    std::string id, label, value, composed, pane;
    int left = 0, top = 0, right = 0, bottom = 0;
    bool visible = false, enabled = false, checked = false, focused = false, stop = false;
};

struct RealWindowOptions {
    std::filesystem::path notebook;
    int width = 1024, height = 600;
    std::string language = "en";
    std::vector<std::string> environment = {};  ///< NAME=VALUE, beside those of the tests
};

class RealWindow {
public:
    RealWindow(VirtualDisplay& display, const RealWindowOptions& options);
    RealWindow(const RealWindow&) = delete;
    RealWindow& operator=(const RealWindow&) = delete;
    ~RealWindow();

    /// Everything in the latest picture.
    const std::vector<Shown>& items() const { return items_; }
    std::int64_t frames() const { return frames_; }
    pid_t pid() const { return process_; }
    VirtualDisplay& display() { return display_; }

    /// Until all that was pressed and typed has taken effect.
    void settle();
    /// Until a picture of which this holds.
    void wait_until(std::string_view what, const std::function<bool()>& holds);
    void wait_for(std::string_view name);  ///< an item that can be seen
    void wait_without(std::string_view name);

    /// By words or by id; a visible one first. Null: there is none.
    const Shown* find(std::string_view name) const;
    const Shown& item(std::string_view name) const;  ///< a test fails without
    bool shows(std::string_view name) const;
    const Shown* focused() const;

    void press(std::string_view chord);  ///< and settle
    void type(std::string_view utf8);    ///< and settle
    void click(std::string_view name);
    void click_at(int x, int y, int times = 1);
    using Search = std::function<const Shown*()>;
    /// Turns the wheel over the middle of the window until an item is whole in sight.
    const Shown& bring_into_sight(std::string_view what, const Search& search);
    void click(const Shown& item);

    shell::Picture picture();
    /// The exit code, after the program has ended by itself.
    int wait_for_end();

private:
    void start(const RealWindowOptions& options);
    bool read_picture();
    [[noreturn]] void give_up(std::string_view what);

    VirtualDisplay& display_;
    int width_, height_;
    pid_t process_ = -1;
    int out_ = -1;
    std::string unread_;
    std::vector<Shown> items_;
    std::int64_t frames_ = 0;
    int pointer_x_ = -1, pointer_y_ = -1;
};

}  // namespace bordereau::test
