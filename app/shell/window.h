// app/shell/window.h - the one window: opens it, waits for events, draws frames, takes pictures.
// The only includer of GLFW and OpenGL. What is drawn comes in as a function.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/shell/picture.h"
#include "app/text/composed.h"
#include "app/text/fonts.h"
#include "app/text/type.h"
#include "storage/base/result.h"

namespace bordereau::shell {

struct WindowOptions {
    std::string title = "Bordereau";
    int width = 1280, height = 800;  ///< logical pixels
    bool visible = true;
};

/// Draws one frame with Dear ImGui, between NewFrame() and Render().
using Draw = std::function<void()>;

enum class Step {
    drew,   ///< a frame was drawn; another may be due
    idle,   ///< nothing to draw: wait() may be called
    closed  ///< the person closed the window
};

/// One window with its Dear ImGui context, which is current while the object lives.
///
/// On a desktop: `while ((step = window.step(draw)) != Step::closed) if (step == Step::idle)
/// window.wait();`. Where the platform owns the loop it calls step() alone, which never blocks.
class Window {
public:
    /// io: no display, or no OpenGL 3; the detail is a sentence for people.
    static Result<Window> open(const WindowOptions& options, text::Type type);
    Window(Window&&) noexcept;
    Window& operator=(Window&&) noexcept;
    ~Window();

    Step step(const Draw& draw);
    void wait();  ///< until an event, a wake-up, or the time of draw_after()

    /// Callable from any thread, and after the window is gone: the next wait() returns and a frame
    /// is drawn.
    std::function<void()> waker() const;
    /// Draws once more after this many seconds without an event; the earliest wish counts.
    void draw_after(double seconds);
    void close();
    /// Takes a press of the window's cross back, and draws.
    void stay_open();

    /// Paths of files that a person dropped onto the window, since the last call.
    std::vector<std::string> take_dropped();

    /// What an input method composes at the caret, to be shown in the field that is edited. Dropped
    /// when another field is edited or the window loses the keyboard.
    const text::Composed& composed() const;

    text::Type& type();
    float content_scale() const;  ///< device pixels per logical pixel
    void set_title(const std::string& title);

    /// Draws until the picture has settled and reads it back.
    Result<Picture> picture(const Draw& draw);
    void resize(int width, int height);  ///< logical pixels

    struct Measures {
        std::int64_t frames = 0;  ///< drawn since the window was opened
    };
    Measures measures() const;

    struct State;  // window.cpp

private:
    explicit Window(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace bordereau::shell
