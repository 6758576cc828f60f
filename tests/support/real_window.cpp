#include "tests/support/real_window.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "storage/base/text.h"

namespace bordereau::test {
namespace {

constexpr std::chrono::seconds kPatience{60};

std::string cell(std::string_view escaped) {
    std::string out;
    for (std::size_t at = 0; at < escaped.size(); ++at) {
        if (escaped[at] != '\\' || at + 1 == escaped.size()) {
            out += escaped[at];
            continue;
        }
        const char next = escaped[++at];
        out += next == 't' ? '\t' : next == 'n' ? '\n' : next;
    }
    return out;
}

Shown item_of(std::string_view line) {
    const auto cells = split(line, '\t');
    if (cells.size() != 7) FAIL("not an item: " << line);
    Shown item{cell(cells[0]), cell(cells[1]), cell(cells[2]), cell(cells[3]), cell(cells[4])};
    std::sscanf(std::string{cells[5]}.c_str(), "%d %d %d %d", &item.left, &item.top, &item.right,
                &item.bottom);
    for (const std::string_view mark : words_of(cells[6])) {
        item.visible = item.visible || mark == "visible";
        item.enabled = item.enabled || mark == "enabled";
        item.checked = item.checked || mark == "checked";
        item.focused = item.focused || mark == "focused";
        item.stop = item.stop || mark == "stop";
    }
    return item;
}

[[noreturn]] void become(const std::vector<std::string>& words,
                         const std::vector<std::string>& environment, int out) {
    dup2(out, STDOUT_FILENO);
    for (const std::string& variable : environment) {
        const std::size_t equals = variable.find('=');
        setenv(variable.substr(0, equals).c_str(), variable.substr(equals + 1).c_str(), 1);
    }
    std::vector<char*> raw;
    for (const std::string& word : words) raw.push_back(const_cast<char*>(word.c_str()));
    raw.push_back(nullptr);
    execv(raw[0], raw.data());
    _exit(127);
}

}  // namespace

RealWindow::RealWindow(VirtualDisplay& display, const RealWindowOptions& options)
    : display_(display), width_(options.width), height_(options.height) {
    start(options);
    display_.take_window();
    display_.resize_window(options.width, options.height);
    settle();
}

RealWindow::~RealWindow() {
    if (process_ > 0) {
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
    }
    close(out_);
}

void RealWindow::start(const RealWindowOptions& options) {
    std::array<int, 2> ends{};
    REQUIRE(pipe2(ends.data(), O_CLOEXEC) == 0);
    std::vector<std::string> environment{
        "DISPLAY=" + display_.name(),  "LANG=" + options.language, "LC_ALL=C.UTF-8",
        "ASAN_OPTIONS=detect_leaks=0",  // of the display's driver; see driver_leaks.cpp
        "XMODIFIERS=@im=none",         "BORDEREAU_NARRATE=1"};
    environment.insert(environment.end(), options.environment.begin(), options.environment.end());
    const std::vector<std::string> words{BORDEREAU_BINARY_DIR "/app/bordereau", "--notebook",
                                         options.notebook.string()};
    process_ = fork();
    REQUIRE(process_ >= 0);
    if (process_ == 0) become(words, environment, ends[1]);
    close(ends[1]);
    out_ = ends[0];
}

// Takes the next whole picture from what was read; false where there is none yet.
bool RealWindow::read_picture() {
    constexpr std::string_view kEnd = "\nend\n";
    const std::size_t end = unread_.find(kEnd);
    if (end == std::string::npos) return false;
    const std::string picture = unread_.substr(0, end);
    unread_.erase(0, end + kEnd.size());
    items_.clear();
    long long frames = 0;
    for (const std::string_view line : split(picture, '\n')) {
        if (items_.empty() && line.starts_with("picture "))
            std::sscanf(std::string{line}.c_str(), "picture %lld %d %d", &frames, &pointer_x_,
                        &pointer_y_);
        else
            items_.push_back(item_of(line));
    }
    frames_ = frames;
    return true;
}

void RealWindow::give_up(std::string_view what) {
    std::string there;
    for (const Shown& item : items_)
        if (item.visible) there += (item.label.empty() ? item.id : item.label) + " | ";
    if (const char* folder = std::getenv("BORDEREAU_PICTURES"))
        (void)shell::write_png(picture(), std::string{folder} + "/given_up.png");
    FAIL("waited in vain for " << what << "; shown: " << there);
    std::abort();  // FAIL() throws, which compilers are not told
}

void RealWindow::wait_until(std::string_view what, const std::function<bool()>& holds) {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    std::array<char, 65536> bytes{};
    while (true) {
        while (read_picture()) {
        }
        if (holds()) return;
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now());
        pollfd ready{out_, POLLIN, 0};
        if (left.count() <= 0 || poll(&ready, 1, static_cast<int>(left.count())) != 1)
            give_up(what);
        const ssize_t got = read(out_, bytes.data(), bytes.size());
        if (got <= 0) give_up(std::string{what} + ", but the program has ended");
        unread_.append(bytes.data(), static_cast<std::size_t>(got));
    }
}

// All events arrive in one order: when the pointer has come to its new place, the rest has too.
// GLFW does not tell of the corner itself.
void RealWindow::settle() {
    const int x = pointer_x_ == 1 && pointer_y_ == 0 ? 2 : 1;
    display_.move(x, 0);
    wait_until("the pointer", [&] { return pointer_x_ == x && pointer_y_ == 0; });
}

void RealWindow::wait_for(std::string_view name) {
    wait_until(name, [&] { return shows(name); });
}

void RealWindow::wait_without(std::string_view name) {
    wait_until(std::string{"the end of "}.append(name), [&] { return !shows(name); });
}

const Shown* RealWindow::find(std::string_view name) const {
    const Shown* hidden = nullptr;
    for (const Shown& item : items_) {
        if (item.id != name && item.label != name) continue;
        if (item.visible) return &item;
        hidden = &item;
    }
    return hidden;
}

const Shown& RealWindow::item(std::string_view name) const {
    const Shown* found = find(name);
    INFO("item: " << name);
    REQUIRE(found != nullptr);
    return *found;
}

bool RealWindow::shows(std::string_view name) const {
    const Shown* found = find(name);
    return found != nullptr && found->visible;
}

const Shown* RealWindow::focused() const {
    for (const Shown& item : items_)
        if (item.focused) return &item;
    return nullptr;
}

void RealWindow::press(std::string_view chord) {
    display_.press(chord);
    settle();
}

void RealWindow::type(std::string_view utf8) {
    display_.type(utf8);
    settle();
}

void RealWindow::click(std::string_view name) {
    const Shown& found = item(name);
    INFO("item: " << name);
    REQUIRE(found.visible);
    click(found);
}

void RealWindow::click_at(int x, int y, int times) {
    display_.move(x, y);
    wait_until("the pointer", [&] { return pointer_x_ == x && pointer_y_ == y; });
    for (int click = 0; click < times; ++click) {
        display_.button(true);
        display_.button(false);
    }
    settle();
}

// What stands at the edges may lie below a line of the frame.
const Shown& RealWindow::bring_into_sight(std::string_view what, const Search& search) {
    constexpr int kMostTurns = 100, kTop = 60, kBottom = 10;
    for (int turn = 0; turn < kMostTurns; ++turn) {
        const Shown* found = search();
        const bool above = found != nullptr && found->top < kTop;
        if (found != nullptr && !above && found->bottom < height_ - kBottom) return *found;
        display_.move(width_ * 3 / 4, height_ / 2);
        display_.wheel(above ? 3 : -5);
        settle();
    }
    give_up(what);
}

void RealWindow::click(const Shown& item) {
    click_at((item.left + item.right) / 2, (item.top + item.bottom) / 2);
}

shell::Picture RealWindow::picture() {
    return display_.picture();
}

int RealWindow::wait_for_end() {
    int status = 0;
    waitpid(process_, &status, 0);
    process_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace bordereau::test
