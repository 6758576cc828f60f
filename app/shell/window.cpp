#include "app/shell/window.h"

#include <GLFW/glfw3.h>
#include <imgui.h>
#include <imgui_impl_glfw.h>
#include <imgui_impl_opengl3.h>
#include <imgui_internal.h>
#include <langinfo.h>

#include <algorithm>
#include <atomic>
#include <clocale>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string_view>
#include <utility>

#include "app/shell/input_method.h"
#include "app/shell/pace.h"
#include "storage/base/wiped_memory.h"

namespace bordereau::shell {
namespace {

// Asked of GLFW right after a call has failed.
std::string reason() {
    const char* words = nullptr;
    glfwGetError(&words);
    return words ? words : "no reason given";
}

struct Terminate {
    void operator()(const bool*) const { glfwTerminate(); }
};
struct DestroyWindow {
    void operator()(GLFWwindow* window) const { glfwDestroyWindow(window); }
};
using Library = std::unique_ptr<const bool, Terminate>;
using Handle = std::unique_ptr<GLFWwindow, DestroyWindow>;

constexpr bool kStarted = true;

// Input methods write in the encoding of the locale: in another than UTF-8 some letters are lost.
void use_utf8() {
    std::setlocale(LC_CTYPE, "");
    if (std::string_view{nl_langinfo(CODESET)} != "UTF-8") std::setlocale(LC_CTYPE, "C.UTF-8");
}

Result<Library> start_glfw() {
    use_utf8();
    if (glfwInit() == GLFW_TRUE) return Library{&kStarted};
    return Error{ErrorCode::io, "there is no display to open a window on (" + reason() +
                                    "); start from a graphical session, or use the subcommands"};
}

Result<Handle> open_window(const WindowOptions& options) {
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 0);
    glfwWindowHint(GLFW_VISIBLE, options.visible ? GLFW_TRUE : GLFW_FALSE);
    glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
    GLFWwindow* window =
        glfwCreateWindow(options.width, options.height, options.title.c_str(), nullptr, nullptr);
    if (window) return Handle{window};
    return Error{ErrorCode::io, "no window with OpenGL 3 can be opened (" + reason() + ")"};
}

// What other threads may touch. Outlives the window, since a worker may wake it too late.
struct Wakeup {
    std::mutex mutex;
    bool open = true;
    std::atomic<bool> wanted = false;
};

}  // namespace

struct Window::State {
    text::Type type;
    Library library;
    Handle window;
    ImGuiContext* context = nullptr;
    Pace pace;
    std::shared_ptr<Wakeup> wakeup = std::make_shared<Wakeup>();
    const Draw* draw = nullptr;  // while step() or picture() runs
    MethodKeys method_keys;
    bool composing = false;  // a field is edited
    ImGuiID field = 0;       // that was active when the last frame was drawn
    std::int64_t frames = 0;
    std::vector<std::string> dropped;

    explicit State(text::Type moved) : type(std::move(moved)) {}
    ~State();
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void frame();
    void present() { glfwSwapBuffers(window.get()); }
    Picture read_back() const;
};

namespace {

Window::State* state_of(GLFWwindow* window) {
    return static_cast<Window::State*>(glfwGetWindowUserPointer(window));
}

struct KeyEvent {
    int key, scancode, modifiers;
};

void pass_key(GLFWwindow* window, const KeyEvent& event, int action) {
    Window::State& state = *state_of(window);
    const bool modifier = event.key >= GLFW_KEY_LEFT_SHIFT && event.key <= GLFW_KEY_RIGHT_SUPER;
    const bool draw_first =
        state.pace.key(modifier ? KeyKind::modifier : KeyKind::ordinary, action != GLFW_RELEASE);
    if (draw_first && state.draw) {
        state.frame();
        state.present();
    }
    ImGui_ImplGlfw_KeyCallback(window, event.key, event.scancode, action, event.modifiers);
}

void on_key(GLFWwindow* window, int key, int scancode, int action, int modifiers) {
    Window::State& state = *state_of(window);
    const KeyEvent event{key, scancode, modifiers};
    const KeyAction what = action == GLFW_PRESS     ? KeyAction::press
                           : action == GLFW_RELEASE ? KeyAction::release
                                                    : KeyAction::repeat;
    state.pace.event();
    const bool escapes = key == GLFW_KEY_ESCAPE && !composed().empty();
    if (escapes && what != KeyAction::release && course_of_key() != KeyCourse::taken)
        return drop_composed();
    switch (state.method_keys.tell(scancode, what, course_of_key())) {
        case KeyTold::nothing:
            // Dear ImGui hears with keys only which modifiers GLFW holds for pressed. A Control
            // that came back after it was let go would stay so, and letters that follow come to
            // nothing.
            if (what == KeyAction::release) pass_key(window, event, action);
            return;
        case KeyTold::as_it_is: return pass_key(window, event, action);
        case KeyTold::press: return pass_key(window, event, GLFW_PRESS);
        case KeyTold::tap:
            pass_key(window, event, GLFW_PRESS);
            return pass_key(window, event, GLFW_RELEASE);
    }
}

void on_event(GLFWwindow* window) {
    state_of(window)->pace.event();
}

void on_drop(GLFWwindow* window, int count, const char** paths) {
    Window::State& state = *state_of(window);
    state.dropped.assign(paths, paths + count);
    state.pace.event();
}

// When the window gets the keyboard GLFW lets an input method begin, also where nothing is edited.
void on_focus(GLFWwindow* window, int focused) {
    on_event(window);
    if (focused == GLFW_FALSE) drop_composed();
    if (!state_of(window)->composing) stop_composing();
}

// A press puts the caret elsewhere.
void on_button(GLFWwindow* window, int, int action, int) {
    on_event(window);
    if (action == GLFW_PRESS) drop_composed();
}

void on_caret(ImGuiContext*, ImGuiViewport*, ImGuiPlatformImeData* caret) {
    state_of(glfwGetCurrentContext())->composing = caret->WantVisible;
    if (!caret->WantVisible) return stop_composing();
    compose_at(static_cast<int>(caret->InputPos.x),
               static_cast<int>(caret->InputPos.y + caret->InputLineHeight));
}

// Dear ImGui's own callbacks are installed after these and call them first.
void install_callbacks(GLFWwindow* window) {
    glfwSetCharCallback(window, [](GLFWwindow* w, unsigned) { on_event(w); });
    glfwSetMouseButtonCallback(window, on_button);
    glfwSetCursorPosCallback(window, [](GLFWwindow* w, double, double) { on_event(w); });
    glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int) { on_event(w); });
    glfwSetScrollCallback(window, [](GLFWwindow* w, double, double) { on_event(w); });
    glfwSetWindowFocusCallback(window, on_focus);
    glfwSetDropCallback(window, on_drop);
    glfwSetWindowCloseCallback(window, on_event);
    glfwSetWindowRefreshCallback(window, on_event);
    glfwSetFramebufferSizeCallback(window, [](GLFWwindow* w, int, int) { on_event(w); });
    glfwSetWindowContentScaleCallback(window, [](GLFWwindow* w, float, float) { on_event(w); });
}

void set_up_imgui(GLFWwindow* window, text::Type& type) {
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.ConfigInputTextCursorBlink = false;  // a blinking caret would draw for ever
    io.ConfigWindowsMoveFromTitleBarOnly = true;
    io.ConfigErrorRecoveryEnableAssert = true;
    type.add_to(*io.Fonts);
    ImGui_ImplGlfw_InitForOpenGL(window, true);
    glfwSetKeyCallback(window, on_key);  // passes on what an input method left
    ImGui::GetPlatformIO().Platform_SetImeDataFn = on_caret;
    ImGui_ImplOpenGL3_Init("#version 130");
}

// A modal window dims what is behind it over several frames.
bool is_fading() {
    const ImGuiContext& context = *ImGui::GetCurrentContext();
    return context.DimBgRatio > 0 && context.DimBgRatio < 1;
}

// Dear ImGui takes fast typing one key a frame: what is left must not wait for the next event.
bool has_input_left() {
    return !ImGui::GetCurrentContext()->InputEventsQueue.empty();
}

}  // namespace

Window::State::~State() {
    {
        const std::lock_guard lock{wakeup->mutex};
        wakeup->open = false;
    }
    if (!context) return;
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
    ImGui::DestroyContext(context);
}

namespace {

// Of what is drawn where, whatever the pictures in it show.
std::uint64_t number_of(const ImDrawData& drawn) {
    std::uint64_t number = 1;
    for (const ImDrawList* list : drawn.CmdLists) {
        const auto bytes = static_cast<std::size_t>(list->VtxBuffer.size_in_bytes());
        const std::string_view corners{reinterpret_cast<const char*>(list->VtxBuffer.Data), bytes};
        number = number * 31 + std::hash<std::string_view>{}(corners);
    }
    return number;
}

}  // namespace

void Window::State::frame() {
    type.begin_frame();
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    ImGui::NewFrame();
    (*draw)();
    ImGui::Render();

    int width = 0, height = 0;
    glfwGetFramebufferSize(window.get(), &width, &height);
    glViewport(0, 0, width, height);
    const ImVec4& ground = ImGui::GetStyle().Colors[ImGuiCol_WindowBg];
    glClearColor(ground.x, ground.y, ground.z, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    ++frames;
    pace.drew(number_of(*ImGui::GetDrawData()));
    if (std::exchange(field, ImGui::GetActiveID()) != ImGui::GetActiveID()) drop_composed();
    if (is_fading() || has_input_left()) pace.event();
}

Picture Window::State::read_back() const {
    Picture picture;
    glfwGetFramebufferSize(window.get(), &picture.width, &picture.height);
    const auto row = static_cast<std::size_t>(picture.width) * 3;
    picture.rgb.resize(row * static_cast<std::size_t>(picture.height));
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, picture.width, picture.height, GL_RGB, GL_UNSIGNED_BYTE, picture.rgb.data());
    // OpenGL counts rows from the bottom.
    for (int top = 0, bottom = picture.height - 1; top < bottom; ++top, --bottom) {
        const auto upper = picture.rgb.begin() + static_cast<std::ptrdiff_t>(row) * top;
        const auto lower = picture.rgb.begin() + static_cast<std::ptrdiff_t>(row) * bottom;
        std::swap_ranges(upper, upper + static_cast<std::ptrdiff_t>(row), lower);
    }
    return picture;
}

Window::Window(std::unique_ptr<State> state) : state_(std::move(state)) {}
Window::Window(Window&&) noexcept = default;
Window& Window::operator=(Window&&) noexcept = default;
Window::~Window() = default;

Result<Window> Window::open(const WindowOptions& options, text::Type type) {
    auto state = std::make_unique<State>(std::move(type));
    auto library = start_glfw();
    if (!library) return std::move(library).error();
    state->library = std::move(*library);
    auto window = open_window(options);
    if (!window) return std::move(window).error();
    state->window = std::move(*window);

    glfwMakeContextCurrent(state->window.get());
    glfwSwapInterval(1);
    glfwSetWindowUserPointer(state->window.get(), state.get());
    install_callbacks(state->window.get());
    // Passphrases are typed through its buffers.
    ImGui::SetAllocatorFunctions([](std::size_t size, void*) { return take_memory(size); },
                                 [](void* memory, void*) { give_back_wiped(memory); });
    state->context = ImGui::CreateContext();
    set_up_imgui(state->window.get(), state->type);
    return Window{std::move(state)};
}

Step Window::step(const Draw& draw) {
    state_->draw = &draw;
    glfwPollEvents();
    if (take_composed_change()) state_->pace.event();
    state_->pace.tick(glfwGetTime());
    if (state_->wakeup->wanted.exchange(false)) state_->pace.event();
    Step step = Step::idle;
    if (glfwWindowShouldClose(state_->window.get()) == GLFW_TRUE) {
        step = Step::closed;
    } else if (state_->pace.due() &&
               glfwGetWindowAttrib(state_->window.get(), GLFW_ICONIFIED) == GLFW_FALSE) {
        state_->frame();
        state_->present();
        step = Step::drew;
    }
    state_->draw = nullptr;
    return step;
}

// Events that arrive here are only noted; the next step() draws them.
void Window::wait() {
    const double patience = state_->pace.patience(glfwGetTime());
    if (patience < 0)
        glfwWaitEvents();
    else if (patience > 0)
        glfwWaitEventsTimeout(patience);
}

std::function<void()> Window::waker() const {
    return [wakeup = state_->wakeup] {
        const std::lock_guard lock{wakeup->mutex};
        if (!wakeup->open) return;
        wakeup->wanted = true;
        glfwPostEmptyEvent();
    };
}

void Window::draw_after(double seconds) {
    state_->pace.after(glfwGetTime(), seconds);
}

void Window::close() {
    glfwSetWindowShouldClose(state_->window.get(), GLFW_TRUE);
}

void Window::stay_open() {
    glfwSetWindowShouldClose(state_->window.get(), GLFW_FALSE);
    state_->pace.event();
}

std::vector<std::string> Window::take_dropped() {
    return std::exchange(state_->dropped, {});
}

const text::Composed& Window::composed() const {
    return shell::composed();
}

text::Type& Window::type() {
    return state_->type;
}

float Window::content_scale() const {
    float x = 1, y = 1;
    glfwGetWindowContentScale(state_->window.get(), &x, &y);
    return std::max(x, 1.0f);
}

void Window::set_title(const std::string& title) {
    glfwSetWindowTitle(state_->window.get(), title.c_str());
}

Result<Picture> Window::picture(const Draw& draw) {
    // Layout settles within the frames that an event asks for; fading takes more, but not for ever.
    constexpr int most_frames = 60;
    state_->draw = &draw;
    glfwPollEvents();
    state_->pace.event();
    for (int drawn = 0; state_->pace.due() && drawn < most_frames; ++drawn) {
        if (drawn > 0) state_->present();
        state_->frame();
    }
    state_->draw = nullptr;
    // The back buffer, before it is shown: the front one may be lost by then.
    Picture picture = state_->read_back();
    state_->present();
    if (picture.rgb.empty()) return Error{ErrorCode::io, "the window has no size"};
    return picture;
}

void Window::resize(int width, int height) {
    glfwSetWindowSize(state_->window.get(), width, height);
    glfwPollEvents();
}

Window::Measures Window::measures() const {
    return {state_->frames};
}

}  // namespace bordereau::shell
