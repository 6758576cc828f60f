#include "tests/support/virtual_display.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <utility>
#include <vector>

#include "storage/base/text.h"
// Last: its macros are words of ours.
#include <X11/XKBlib.h>
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>

namespace bordereau::test {
namespace {

constexpr int kPatienceMs = 60'000;

struct Stroke {
    unsigned code = 0;
    bool shift = false;
    unsigned group = 0;
};

// The letter that a key sends; 0 for keys that send none.
char32_t letter_of(KeySym key) {
    if (key >= 0x20 && key <= 0xFF) return static_cast<char32_t>(key);
    if ((key & 0xFF000000) == 0x01000000) return static_cast<char32_t>(key & 0xFFFFFF);
    // The old names of Arabic letters follow ISO 8859-6, as the Unicode block does.
    if (key >= 0x5AC && key <= 0x5F2) return static_cast<char32_t>(0x600 + (key & 0xFF) - 0xA0);
    return 0;
}

}  // namespace

struct VirtualDisplay::State {
    ::Display* display = nullptr;
    ::Window window = 0;
    std::map<char32_t, Stroke> letters;
    unsigned group = 0;
};

VirtualDisplay::VirtualDisplay(int width, int height, const std::string& layouts)
    : state_(std::make_unique<State>()) {
    start_server(width, height);
    REQUIRE(std::system(("setxkbmap -display " + name() + " " + layouts).c_str()) == 0);
    state_->display = XOpenDisplay(name().c_str());
    REQUIRE(state_->display != nullptr);
    XSelectInput(state_->display, DefaultRootWindow(state_->display), SubstructureNotifyMask);
    XSync(state_->display, 0);
    read_layouts();
}

VirtualDisplay::~VirtualDisplay() {
    if (state_->display != nullptr) XCloseDisplay(state_->display);
    if (server_ <= 0) return;
    kill(server_, SIGTERM);
    waitpid(server_, nullptr, 0);
}

// The server chooses a free number and tells it when it can be used.
void VirtualDisplay::start_server(int width, int height) {
    std::array<int, 2> told{};
    REQUIRE(pipe(told.data()) == 0);
    const std::string screen = std::to_string(width) + "x" + std::to_string(height) + "x24";
    const std::string fd = std::to_string(told[1]);
    server_ = fork();
    REQUIRE(server_ >= 0);
    if (server_ == 0) {
        close(told[0]);
        const int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDERR_FILENO);
        execlp("Xvfb", "Xvfb", "-displayfd", fd.c_str(), "-screen", "0", screen.c_str(),
               "-nolisten", "tcp", "-noreset", nullptr);
        _exit(127);
    }
    close(told[1]);
    std::string number;
    for (char c = 0; read(told[0], &c, 1) == 1 && c != '\n';) number += c;
    close(told[0]);
    REQUIRE_FALSE(number.empty());
    number_ = std::atoi(number.c_str());
}

void VirtualDisplay::read_layouts() {
    int least = 0, most = 0;
    XDisplayKeycodes(state_->display, &least, &most);
    for (const unsigned group : {0u, 1u})
        for (int code = least; code <= most; ++code)
            for (const unsigned level : {0u, 1u}) {
                const KeySym key = XkbKeycodeToKeysym(state_->display, static_cast<KeyCode>(code),
                                                      static_cast<int>(group), level);
                if (const char32_t letter = letter_of(key))
                    state_->letters.try_emplace(
                        letter, Stroke{static_cast<unsigned>(code), level == 1, group});
            }
}

void VirtualDisplay::set_scale(int percent) {
    const std::string said = "Xft.dpi:\t" + std::to_string(96 * percent / 100) + "\n";
    XChangeProperty(state_->display, DefaultRootWindow(state_->display), XA_RESOURCE_MANAGER,
                    XA_STRING, 8, PropModeReplace,
                    reinterpret_cast<const unsigned char*>(said.data()),
                    static_cast<int>(said.size()));
    XSync(state_->display, 0);
}

void VirtualDisplay::take_window() {
    XEvent event;
    do {
        if (XPending(state_->display) == 0) {
            pollfd ready{ConnectionNumber(state_->display), POLLIN, 0};
            REQUIRE(poll(&ready, 1, kPatienceMs) == 1);
        }
        XNextEvent(state_->display, &event);
    } while (event.type != MapNotify);
    state_->window = event.xmap.window;
    XSetInputFocus(state_->display, state_->window, RevertToPointerRoot, CurrentTime);
    XSync(state_->display, 0);
}

void VirtualDisplay::resize_window(int width, int height) {
    XMoveResizeWindow(state_->display, state_->window, 0, 0, static_cast<unsigned>(width),
                      static_cast<unsigned>(height));
    XSync(state_->display, 0);
}

void VirtualDisplay::close_window() {
    XEvent event{};
    event.xclient.type = ClientMessage;
    event.xclient.window = state_->window;
    event.xclient.message_type = XInternAtom(state_->display, "WM_PROTOCOLS", 0);
    event.xclient.format = 32;
    event.xclient.data.l[0] =
        static_cast<long>(XInternAtom(state_->display, "WM_DELETE_WINDOW", 0));
    XSendEvent(state_->display, state_->window, 0, NoEventMask, &event);
    XFlush(state_->display);
}

void VirtualDisplay::key(unsigned code, bool down) {
    XTestFakeKeyEvent(state_->display, code, down, CurrentTime);
}

void VirtualDisplay::stroke(unsigned code, bool shift, unsigned group) {
    const unsigned shift_code = XKeysymToKeycode(state_->display, XK_Shift_L);
    if (std::exchange(state_->group, group) != group)
        XkbLockGroup(state_->display, XkbUseCoreKbd, group);
    if (shift) key(shift_code, true);
    key(code, true);
    key(code, false);
    if (shift) key(shift_code, false);
}

void VirtualDisplay::press(std::string_view chord) {
    std::vector<unsigned> held;
    for (std::string_view part : split(chord, '+')) {
        if (part == "ctrl") part = "Control_L";
        if (part == "shift") part = "Shift_L";
        if (part == "alt") part = "Alt_L";
        const KeySym name = XStringToKeysym(std::string{part}.c_str());
        INFO("key " << part);
        REQUIRE(name != NoSymbol);
        held.push_back(XKeysymToKeycode(state_->display, name));
        REQUIRE(held.back() != 0);
    }
    for (const unsigned code : held) key(code, true);
    for (auto code = held.rbegin(); code != held.rend(); ++code) key(*code, false);
    XFlush(state_->display);
}

void VirtualDisplay::type(std::string_view utf8) {
    for (std::size_t at = 0; at < utf8.size();) {
        const char32_t letter = next_code_point(utf8, at);
        if (letter == '\n' || letter == '\t') {
            press(letter == '\n' ? "Return" : "Tab");
            continue;
        }
        const auto found = state_->letters.find(letter);
        INFO("letter U+" << std::hex << static_cast<unsigned>(letter));
        REQUIRE(found != state_->letters.end());
        stroke(found->second.code, found->second.shift, found->second.group);
    }
    XFlush(state_->display);
}

void VirtualDisplay::move(int x, int y) {
    XTestFakeMotionEvent(state_->display, -1, x, y, CurrentTime);
    XFlush(state_->display);
}

void VirtualDisplay::button(bool down, unsigned which) {
    XTestFakeButtonEvent(state_->display, which, down, CurrentTime);
    XFlush(state_->display);
}

void VirtualDisplay::wheel(int lines) {
    for (int turn = 0; turn < std::abs(lines); ++turn)
        for (const bool down : {true, false}) button(down, lines < 0 ? 5 : 4);
}

shell::Picture VirtualDisplay::picture() {
    ::Display* display = state_->display;
    XWindowAttributes window{};
    REQUIRE(XGetWindowAttributes(display, state_->window, &window) != 0);
    const auto width = static_cast<unsigned>(window.width);
    const auto height = static_cast<unsigned>(window.height);
    XImage* image = XGetImage(display, state_->window, 0, 0, width, height, AllPlanes, ZPixmap);
    REQUIRE(image != nullptr);
    shell::Picture picture{window.width, window.height, {}};
    picture.rgb.reserve(std::size_t{width} * height * 3);
    for (int y = 0; y < window.height; ++y)
        for (int x = 0; x < window.width; ++x) {
            const unsigned long pixel = XGetPixel(image, x, y);
            for (const int shift : {16, 8, 0})
                picture.rgb.push_back(static_cast<std::uint8_t>(pixel >> shift));
        }
    XDestroyImage(image);
    return picture;
}

}  // namespace bordereau::test
