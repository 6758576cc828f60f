#include "app/shell/input_method.h"

#include <dlfcn.h>
#include <langinfo.h>

#include <array>
#include <cstdarg>
#include <optional>
#include <string_view>
#include <utility>

#include <X11/Xlib.h>

#include "app/shell/preedit.h"
#include "storage/base/text.h"

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
    bool on_the_spot = false;       // the program shows what is composed
    std::optional<XPoint> place;    // not told yet
    bool asked = false;             // the method has a key and has not answered
    std::optional<bool> composing;  // as the method was told
    XICCallback gone{};             // GLFW's, of a method that ends
    XICCallback noticed{};          // ours, which calls GLFW's
    KeyCourse course = KeyCourse::fresh;
    std::array<Time, 256> taken_at{};  // by key code
    Preedit preedit;
    bool preedit_changed = false;
    // Ours, of what is composed; Xlib keeps their addresses.
    XICCallback begins{}, drawn{}, moved{}, ends{};
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

void forget_composed() {
    Context& mine = context();
    if (mine.preedit.composed().empty()) return;
    mine.preedit.clear();
    mine.preedit_changed = true;
}

Bool on_gone(XIC handle, XPointer, XPointer data) {
    Context& mine = context();
    if (mine.handle == handle) mine.handle = nullptr;
    forget_composed();
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

// Texts come in the encoding of the locale, which is that of the program only where it is UTF-8.
std::u32string letters_in(const XIMText& text) {
    if (text.encoding_is_wchar != 0) {
        if (text.string.wide_char == nullptr) return {};
        return {text.string.wide_char, text.string.wide_char + text.length};
    }
    return text.string.multi_byte == nullptr ? std::u32string{} : to_utf32(text.string.multi_byte);
}

PreeditChange change_of(const XIMPreeditDrawCallbackStruct& drawn) {
    PreeditChange change{drawn.caret, drawn.chg_first, drawn.chg_length, std::nullopt, {}};
    // Without a text the part is deleted; a text without letters changes its marks.
    const bool marks_only = drawn.text != nullptr && drawn.text->string.multi_byte == nullptr;
    if (drawn.text == nullptr || !marks_only) change.letters.emplace();
    if (drawn.text == nullptr) return change;
    if (!marks_only) change.letters = letters_in(*drawn.text);
    if (drawn.text->feedback == nullptr) return change;
    constexpr XIMFeedback standing_out = XIMReverse | XIMHighlight;
    for (int at = 0; at < drawn.text->length; ++at)
        change.chosen.push_back((drawn.text->feedback[at] & standing_out) != 0);
    return change;
}

CaretMove move_of(XIMCaretDirection direction) {
    switch (direction) {
        case XIMForwardChar: return CaretMove::forward;
        case XIMBackwardChar: return CaretMove::back;
        case XIMLineStart: return CaretMove::to_start;
        case XIMLineEnd: return CaretMove::to_end;
        case XIMAbsolutePosition: return CaretMove::to;
        default: return CaretMove::none;
    }
}

constexpr int kAnyLength = -1;

Bool on_begin(XIC, XPointer, XPointer) {
    forget_composed();
    return kAnyLength;
}
Bool on_end(XIC, XPointer, XPointer) {
    forget_composed();
    return True;
}
Bool on_draw(XIC, XPointer, XPointer data) {
    if (data == nullptr) return False;
    Context& mine = context();
    mine.asked = false;
    mine.preedit.change(change_of(*reinterpret_cast<XIMPreeditDrawCallbackStruct*>(data)));
    mine.preedit_changed = true;
    return True;
}
Bool on_move(XIC, XPointer, XPointer data) {
    if (data == nullptr) return False;
    Context& mine = context();
    auto& moved = *reinterpret_cast<XIMPreeditCaretCallbackStruct*>(data);
    moved.position = mine.preedit.move(move_of(moved.direction), moved.position);
    mine.preedit_changed = true;
    return True;
}

void set_callbacks() {
    Context& mine = context();
    mine.begins = {nullptr, on_begin};
    mine.drawn = {nullptr, on_draw};
    mine.moved = {nullptr, on_move};
    mine.ends = {nullptr, on_end};
}

// The style in which the program shows what is composed.
XIC created_on_the_spot(XIM method, const Wanted& wanted) {
    constexpr XIMStyle style = XIMPreeditCallbacks | XIMStatusNothing;
    if (std::string_view{nl_langinfo(CODESET)} != "UTF-8" || !offers(method, style)) return nullptr;
    set_callbacks();
    Context& mine = context();
    XVaNestedList calls = XVaCreateNestedList(
        0, XNPreeditStartCallback, &mine.begins, XNPreeditDrawCallback, &mine.drawn,
        XNPreeditCaretCallback, &mine.moved, XNPreeditDoneCallback, &mine.ends, nullptr);
    static const auto create = next<XIC (*)(XIM, ...)>("XCreateIC");
    XIC made =
        create(method, XNInputStyle, style, XNClientWindow, wanted.client, XNFocusWindow,
               wanted.focus, XNDestroyCallback, &mine.noticed, XNPreeditAttributes, calls, nullptr);
    XFree(calls);
    return made;
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
    mine.handle = created_on_the_spot(method, wanted);
    mine.on_the_spot = mine.handle != nullptr;
    mine.place.reset();
    if (mine.handle == nullptr) mine.handle = created_at_caret(method, wanted);
    mine.placed = mine.handle != nullptr;
    mine.composing.reset();
    if (mine.placed) return mine.handle;
    static const auto create = next<XIC (*)(XIM, ...)>("XCreateIC");
    mine.handle = create(method, XNInputStyle, plain, XNClientWindow, wanted.client, XNFocusWindow,
                         wanted.focus, XNDestroyCallback, &mine.noticed, nullptr);
    return mine.handle;
}

// Where the program shows what is composed, Xlib waits for the answer, and what a method tells in
// the meantime is put off until it tells something else (libX11, imCallbk.c). So the place is told
// while nothing is to be expected; the list then stands where the composing began.
void tell_place() {
    Context& mine = context();
    const bool busy = mine.on_the_spot && (mine.asked || !mine.preedit.composed().empty());
    if (!mine.place || !mine.placed || busy || mine.handle == nullptr) return;
    XVaNestedList place = XVaCreateNestedList(0, XNSpotLocation, &*mine.place, nullptr);
    XSetICValues(mine.handle, XNPreeditAttributes, place, nullptr);
    XFree(place);
    mine.place.reset();
}

// An event that comes back has the time of the one that was taken. GLFW leaves such out as told
// already, so the taken one is made a little older.
void note(XKeyEvent& event, bool filtered) {
    Context& mine = context();
    Time& taken_at = mine.taken_at[event.keycode & 0xFF];
    if (filtered) {
        mine.course = KeyCourse::taken;
        mine.asked = true;
        taken_at = event.time;
        --event.time;
    } else {
        const bool same = event.keycode != 0 && event.time != 0 && event.time == taken_at;
        mine.course = same ? KeyCourse::returned : KeyCourse::fresh;
        mine.asked = false;
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
    mine.place = XPoint{static_cast<short>(x), static_cast<short>(y)};
    tell_place();
    if (mine.composing == true) return;
    XSetICFocus(mine.handle);
    mine.composing = true;
}

// Also after the window got the keyboard, when GLFW lets the method begin.
void stop_composing() {
    Context& mine = context();
    if (mine.handle == nullptr) return;
    drop_composed();
    XUnsetICFocus(mine.handle);
    mine.composing = false;
}

const text::Composed& composed() {
    return context().preedit.composed();
}

// The method gives back what it was composing, or calls once more to say that there is nothing.
void drop_composed() {
    Context& mine = context();
    mine.asked = false;
    if (mine.preedit.composed().empty()) return;
    if (mine.handle != nullptr)
        if (char* rest = XmbResetIC(mine.handle)) XFree(rest);
    forget_composed();
}

bool take_composed_change() {
    tell_place();
    return std::exchange(context().preedit_changed, false);
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
