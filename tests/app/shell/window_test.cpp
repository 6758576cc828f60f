// Needs a display: the test command brings a virtual one.
#include "app/shell/window.h"

#include <GLFW/glfw3.h>
#include <imgui.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <thread>

#include "app/text/fonts.h"
#include "app/text/words.h"
#include "app/widgets/buttons.h"
#include "app/widgets/layout.h"
#include "app/widgets/look.h"

namespace bordereau::shell {
namespace {

struct Opened {
    text::Words words;
    Window window;
    widgets::Look look;

    Opened(text::Words texts, Window opened)
        : words(std::move(texts)), window(std::move(opened)), look{&window.type(), &words} {
        widgets::use(look);
    }
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;
};

std::unique_ptr<Opened> open_small_window() {
    if (!std::getenv("DISPLAY")) SKIP("no display: run under xvfb-run");
    const auto files = text::find_fonts(text::font_places("/"));
    if (!files) SKIP(files.error().detail);
    auto type = text::Type::open(*files);
    REQUIRE(type.ok());
    auto words = text::Words::read(text::Language::en, "{}", "{}");
    REQUIRE(words.ok());
    auto window = Window::open({"test", 320, 200}, std::move(*type));
    INFO((window.ok() ? std::string{} : window.error().detail));
    REQUIRE(window.ok());
    return std::make_unique<Opened>(std::move(*words), std::move(*window));
}

int steps_until_idle(Window& window, const Draw& draw) {
    int drawn = 0;
    while (drawn < 1000 && window.step(draw) == Step::drew) ++drawn;
    return drawn;
}

void draw_page() {
    widgets::begin_root();
    widgets::begin_pane("page", {0, 0}, widgets::PaneLook::page);
    widgets::heading("معبر");
    widgets::button("send", "Send", {widgets::ButtonKind::primary});
    widgets::end_pane();
    widgets::end_root();
}

}  // namespace

TEST_CASE("fast typing arrives whole, without waiting for another event", "[shell][window]") {
    const auto opened = open_small_window();
    Window& window = opened->window;
    std::array<char, 512> typed{};
    bool focus = true;
    const Draw draw = [&] {
        widgets::begin_root();
        if (focus) ImGui::SetKeyboardFocusHere();
        focus = false;
        ImGui::InputText("field", typed.data(), typed.size());
        widgets::end_root();
    };
    steps_until_idle(window, draw);
    ImGuiIO& io = ImGui::GetIO();
    std::string wanted;
    for (int i = 0; i < 300; ++i) {
        const int letter = i % 26;
        const auto key = static_cast<ImGuiKey>(ImGuiKey_A + letter);
        io.AddKeyEvent(key, true);
        io.AddInputCharacter(static_cast<unsigned>('a' + letter));
        io.AddKeyEvent(key, false);
        wanted += static_cast<char>('a' + letter);
    }
    window.draw_after(0);
    window.wait();
    steps_until_idle(window, draw);
    CHECK(typed.data() == wanted);
}

TEST_CASE("a window that nothing happens to stops drawing", "[shell][window]") {
    const auto opened = open_small_window();
    Window& window = opened->window;
    steps_until_idle(window, draw_page);
    const auto frames = window.measures().frames;
    window.draw_after(0.05);
    // What other windows of the display do may end a wait before its time; nothing is drawn then.
    do window.wait();
    while (window.step(draw_page) == Step::idle);
    CHECK(window.measures().frames == frames + 1);
}

TEST_CASE("another thread wakes the window", "[shell][window]") {
    const auto opened = open_small_window();
    Window& window = opened->window;
    steps_until_idle(window, draw_page);
    std::thread worker{window.waker()};
    window.wait();
    worker.join();
    CHECK(window.step(draw_page) == Step::drew);
}

TEST_CASE("a wake-up after the window is gone does no harm", "[shell][window]") {
    auto opened = open_small_window();
    const auto wake = opened->window.waker();
    opened.reset();
    wake();
}

TEST_CASE("a picture shows what was drawn, from the first row down", "[shell][window]") {
    const auto opened = open_small_window();
    const auto picture = opened->window.picture(draw_page);
    REQUIRE(picture.ok());
    REQUIRE(picture->width == 320);
    REQUIRE(picture->height == 200);
    REQUIRE(picture->rgb.size() == 320u * 200u * 3u);
    const ImVec4 page = widgets::palette().page;
    const auto channel = [&](std::size_t index) { return int{picture->rgb[index]}; };
    CHECK(std::abs(channel(0) - static_cast<int>(page.x * 255)) <= 1);
    bool accent = false;  // the button lies in the upper half
    for (std::size_t at = 0; at < 320u * 120u * 3u; at += 3)
        accent = accent || (channel(at) == 0x17 && channel(at + 1) == 0x60);
    CHECK(accent);

    const auto path = std::filesystem::temp_directory_path() / "bordereau_window_test.png";
    REQUIRE(write_png(*picture, path.string()).ok());
    CHECK(std::filesystem::file_size(path) > 100);
    std::filesystem::remove(path);
    CHECK_FALSE(write_png(*picture, "/nowhere/picture.png").ok());
}

TEST_CASE("files dropped onto the window are drawn for and handed over once", "[shell][window]") {
    const auto opened = open_small_window();
    Window& window = opened->window;
    steps_until_idle(window, draw_page);
    // What the display server's message ends in: the window's own callback.
    GLFWwindow* handle = glfwGetCurrentContext();
    const GLFWdropfun callback = glfwSetDropCallback(handle, nullptr);
    REQUIRE(callback != nullptr);
    glfwSetDropCallback(handle, callback);
    std::array<const char*, 2> paths{"/home/amina/room.jpg", "/home/amina/plan.pdf"};
    callback(handle, 2, paths.data());
    CHECK(window.step(draw_page) == Step::drew);
    CHECK(window.take_dropped() ==
          std::vector<std::string>{"/home/amina/room.jpg", "/home/amina/plan.pdf"});
    CHECK(window.take_dropped().empty());
}

TEST_CASE("a closed window says so", "[shell][window]") {
    const auto opened = open_small_window();
    opened->window.close();
    CHECK(opened->window.step(draw_page) == Step::closed);
}

TEST_CASE("without a display a sentence says what to do instead", "[shell][window]") {
    std::optional<std::string> kept;
    if (const char* display = std::getenv("DISPLAY")) kept = display;
    ::setenv("DISPLAY", ":987", 1);
    const auto window = Window::open({}, text::Type::plain());
    if (kept)
        ::setenv("DISPLAY", kept->c_str(), 1);
    else
        ::unsetenv("DISPLAY");
    REQUIRE_FALSE(window.ok());
    CHECK(window.error().code == ErrorCode::io);
    CHECK(window.error().detail.find("no display") != std::string::npos);
}

}  // namespace bordereau::shell
