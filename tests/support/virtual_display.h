// tests/support/virtual_display.h - a display of a test's own, with hands on its keyboard and its
// mouse: what a person does reaches the program through the server, as events of its devices.
#pragma once

#include <sys/types.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "app/shell/picture.h"

namespace bordereau::test {

/// An Xvfb without a window manager. Keys and buttons go through XTEST.
class VirtualDisplay {
public:
    /// `layouts` as of setxkbmap: "us,ara" types Arabic too.
    explicit VirtualDisplay(int width = 1280, int height = 800, const std::string& layouts = "us");
    VirtualDisplay(const VirtualDisplay&) = delete;
    VirtualDisplay& operator=(const VirtualDisplay&) = delete;
    ~VirtualDisplay();

    std::string name() const { return ":" + std::to_string(number_); }

    /// As a desktop says how dense its screen is, before the program starts: 200 for one of 4K.
    void set_scale(int percent);

    /// Waits for a window to be shown and gives it the keyboard; an Xvfb has nobody who would.
    void take_window();
    void resize_window(int width, int height);
    void close_window();  ///< as a window manager asks for it

    /// As on a keyboard: "Tab", "ctrl+Return", "ctrl+shift+Left". Names as X11 has them.
    void press(std::string_view chord);
    /// Letters that are on the keyboard's layouts; a test fails for others.
    void type(std::string_view utf8);

    void move(int x, int y);
    void button(bool down, unsigned which = 1);
    void wheel(int lines);  ///< below zero: down

    shell::Picture picture();

private:
    struct State;
    void start_server(int width, int height);
    void key(unsigned code, bool down);
    void stroke(unsigned code, bool shift, unsigned group);
    void read_layouts();

    pid_t server_ = -1;
    int number_ = -1;
    std::unique_ptr<State> state_;
};

}  // namespace bordereau::test
