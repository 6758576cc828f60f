#include "app/shell/input_method.h"

#include <dlfcn.h>

#include <array>
#include <cstdarg>
#include <optional>
#include <string_view>

#include <X11/Xlib.h>

// GLFW keeps its input method to itself and neither tells where the caret is nor which keys were
// taken. It looks up these two functions of Xlib by name, and finds them here first; both go on to
// Xlib's own. This holds as long as GLFW is a library of its own.
extern "C" {
__attribute__((visibility("default"))) XIC XCreateIC(XIM method, ...);
__attribute__((visibility("default"))) Bool XFilterEvent(XEvent* event, ::Window window);
}

namespace bordereau::shell {
namespace {

struct Context {
    XIC handle = nullptr;
    bool placed = false;            // a place can be set
    std::optional<bool> composing;  // as the method was told
    XICCallback gone{};             // GLFW's, of a method that ends
    XICCallback noticed{};          // ours, which calls GLFW's
    KeyCourse course = KeyCourse::fresh;
    std::array<Time, 256> taken_at{};  // by key code
};

// Xlib calls without anything of ours at hand; a process has one window.
Context& context() {
    static Context the_one;
    return the_one;
}

template <class Function>
Function next(const char* name) {
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

Bool on_gone(XIC handle, XPointer, XPointer data) {
    Context& mine = context();
    if (mine.handle == handle) mine.handle = nullptr;
    return mine.gone.callback == nullptr ||
           mine.gone.callback(handle, mine.gone.client_data, data) != 0;
}

// What GLFW asks for, and what else it gives along.
struct Wanted {
    ::Window client = 0, focus = 0;
};

bool offers(XIM method, XIMStyle style) {
    XIMStyles* styles = nullptr;
    if (XGetIMValues(method, XNQueryInputStyle, &styles, nullptr) != nullptr || styles == nullptr)
        return false;
    bool found = false;
    for (int i = 0; i < styles->count_styles; ++i)
        found = found || styles->supported_styles[i] == style;
    XFree(styles);
    return found;
}

XFontSet some_fonts(::Display* display) {
    char** missing = nullptr;
    int count = 0;
    XFontSet fonts =
        XCreateFontSet(display, "-*-*-*-*-*-*-*-*-*-*-*-*-*-*", &missing, &count, nullptr);
    if (missing != nullptr) XFreeStringList(missing);
    return fonts;
}

// The style in which the method shows what is composed in a small window at the caret. The set of
// fonts must be named; methods draw with their own.
XIC created_at_caret(XIM method, const Wanted& wanted) {
    constexpr XIMStyle style = XIMPreeditPosition | XIMStatusNothing;
    if (!offers(method, style)) return nullptr;
    XFontSet fonts = some_fonts(XDisplayOfIM(method));
    if (fonts == nullptr) return nullptr;
    XPoint spot{0, 0};
    XVaNestedList place = XVaCreateNestedList(0, XNSpotLocation, &spot, XNFontSet, fonts, nullptr);
    static const auto create = next<XIC (*)(XIM, ...)>("XCreateIC");
    XIC made = create(method, XNInputStyle, style, XNClientWindow, wanted.client, XNFocusWindow,
                      wanted.focus, XNDestroyCallback, &context().noticed, XNPreeditAttributes,
                      place, nullptr);
    XFree(place);
    return made;
}

XIC created(XIM method, const Wanted& wanted) {
    constexpr XIMStyle plain = XIMPreeditNothing | XIMStatusNothing;
    Context& mine = context();
    mine.handle = created_at_caret(method, wanted);
    mine.placed = mine.handle != nullptr;
    mine.composing.reset();
    static const auto create = next<XIC (*)(XIM, ...)>("XCreateIC");
    if (mine.handle == nullptr)
        mine.handle =
            create(method, XNInputStyle, plain, XNClientWindow, wanted.client, XNFocusWindow,
                   wanted.focus, XNDestroyCallback, &mine.noticed, nullptr);
    return mine.handle;
}

// An event that comes back has the time of the one that was taken. GLFW leaves such out as told
// already, so the taken one is made a little older.
void note(XKeyEvent& event, bool filtered) {
    Context& mine = context();
    Time& taken_at = mine.taken_at[event.keycode & 0xFF];
    if (filtered) {
        mine.course = KeyCourse::taken;
        taken_at = event.time;
        --event.time;
    } else {
        const bool same = event.keycode != 0 && event.time != 0 && event.time == taken_at;
        mine.course = same ? KeyCourse::returned : KeyCourse::fresh;
    }
}

}  // namespace

KeyTold MethodKeys::tell(int key, KeyAction action, KeyCourse course) {
    if (action == KeyAction::release) {
        waiting_.erase(key);
        return told_.erase(key) != 0 ? KeyTold::as_it_is : KeyTold::nothing;
    }
    if (course == KeyCourse::taken) {
        if (!told_.contains(key)) waiting_.insert(key);
        return KeyTold::nothing;
    }
    const bool waited = waiting_.erase(key) != 0;
    if (course == KeyCourse::returned && !waited)
        return told_.contains(key) ? KeyTold::nothing : KeyTold::tap;
    const bool known = !told_.insert(key).second;
    return action == KeyAction::press || known ? KeyTold::as_it_is : KeyTold::press;
}

KeyCourse course_of_key() {
    return context().course;
}

void compose_at(int x, int y) {
    Context& mine = context();
    if (mine.handle == nullptr) return;
    if (mine.placed) {
        XPoint spot{static_cast<short>(x), static_cast<short>(y)};
        XVaNestedList place = XVaCreateNestedList(0, XNSpotLocation, &spot, nullptr);
        XSetICValues(mine.handle, XNPreeditAttributes, place, nullptr);
        XFree(place);
    }
    if (mine.composing == true) return;
    XSetICFocus(mine.handle);
    mine.composing = true;
}

// Also after the window got the keyboard, when GLFW lets the method begin.
void stop_composing() {
    Context& mine = context();
    if (mine.handle == nullptr) return;
    XUnsetICFocus(mine.handle);
    mine.composing = false;
}

}  // namespace bordereau::shell

XIC XCreateIC(XIM method, ...) {
    using namespace bordereau::shell;
    Wanted wanted;
    context().gone = {};
    va_list values;
    va_start(values, method);
    while (const char* name = va_arg(values, const char*)) {
        const std::string_view value = name;
        if (value == XNClientWindow)
            wanted.client = va_arg(values, ::Window);
        else if (value == XNFocusWindow)
            wanted.focus = va_arg(values, ::Window);
        else if (value == XNDestroyCallback)
            context().gone = *va_arg(values, XICCallback*);
        else
            (void)va_arg(values, XPointer);
    }
    va_end(values);
    context().noticed = {nullptr, on_gone};
    return created(method, wanted);
}

Bool XFilterEvent(XEvent* event, ::Window window) {
    using namespace bordereau::shell;
    static const auto filter = next<Bool (*)(XEvent*, ::Window)>("XFilterEvent");
    const bool key = event->type == KeyPress;
    // A method may clear the fields of what it takes.
    const XKeyEvent before = event->xkey;
    const Bool filtered = filter(event, window);
    if (key) {
        if (filtered) event->xkey = before;
        note(event->xkey, filtered != 0);
    }
    return filtered;
}
